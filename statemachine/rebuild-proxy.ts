import type { Definition } from './asl.ts';
import { changeOver } from './rebuild-proxy/change-over.ts';
import { fill } from './rebuild-proxy/fill.ts';
import { inspect } from './rebuild-proxy/inspect.ts';
import { launch } from './rebuild-proxy/launch.ts';
import { lock } from './rebuild-proxy/lock.ts';
import { rollback } from './rebuild-proxy/rollback.ts';
import { scope } from './scope.ts';

/** Rebuilds one proxy, from the lock to the message that closes it. */
export const rebuildProxy = {
  Comment:
    'Rebuilds, heals or rollbacks one proxy. Input: {"proxy": "<name>", "reason": "scheduled" | "manual" | "heal" | "rollback", "imageId": "ami-..." (optional)}. Whatever fails, the old instance keeps serving and everything is put back.',
  TimeoutSeconds: 259_200,
  ...scope('Record execution', lock, inspect, launch, fill, changeOver, rollback),
} as const satisfies Definition;
