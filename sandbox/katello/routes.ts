import type { SimulatedRequest } from './http.ts';
import { capsuleRoutes } from './routes-capsule.ts';
import { healthRoutes } from './routes-health.ts';
import { smartProxyRoutes } from './routes-smart-proxy.ts';
import { taskRoutes } from './routes-task.ts';
import type { SimulatedKatello } from './simulated-katello.ts';

export interface RouteInput {
  readonly request: SimulatedRequest;
  readonly parameters: readonly string[];
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: RegExp;
  readonly status: number;
  readonly permission: string | null;
  /** Answered without a login. */
  readonly isOpen?: boolean;
  readonly answer: (katello: SimulatedKatello, input: RouteInput) => unknown;
}

export const routes: readonly Route[] = [
  ...healthRoutes,
  ...smartProxyRoutes,
  ...capsuleRoutes,
  ...taskRoutes,
];
