import type { Definition } from './asl.ts';
import { changeOver } from './rebuild-proxy/change-over.ts';
import { fill } from './rebuild-proxy/fill.ts';
import { inspect } from './rebuild-proxy/inspect.ts';
import { launch } from './rebuild-proxy/launch.ts';
import { lock } from './rebuild-proxy/lock.ts';
import { rollback } from './rebuild-proxy/rollback.ts';
import { scope } from './scope.ts';

/** Rebuilds one proxy, from taking the lock to the closing message. */
export const rebuildProxy = {
  Comment:
    'Rebuilds, heals or rolls back one proxy. Input: {"proxy": "<name>", "reason": "scheduled" | "manual" | "heal" | "rollback", "imageId": "ami-..." (optional)}. After any failure the rebuild is rolled back and the old instance keeps serving.',
  TimeoutSeconds: 259_200,
  ...scope('Record execution', lock, inspect, launch, fill, changeOver, rollback),
} as const satisfies Definition;
