import type { Machine } from './machines.ts';

/** Resolves a name, and through a balancer, to the machine that a new connection reaches at this moment. */
export interface Names {
  /** `null`: the name does not resolve, or nothing answers there. */
  connect(hostName: string): Machine | null;
}
