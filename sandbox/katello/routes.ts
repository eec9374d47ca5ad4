import type { Route } from './route.ts';
import { capsuleRoutes } from './routes-capsule.ts';
import { healthRoutes } from './routes-health.ts';
import { smartProxyRoutes } from './routes-smart-proxy.ts';
import { taskRoutes } from './routes-task.ts';
import { userRoutes } from './routes-user.ts';

export const routes: readonly Route[] = [
  ...healthRoutes,
  ...smartProxyRoutes,
  ...capsuleRoutes,
  ...taskRoutes,
  ...userRoutes,
];
