import type { Barrier, Origin } from '../network/paths.ts';
import type { Source } from '../network/proxy-network.ts';
import type { Machine } from './machines.ts';

/** Resolves a name, and through a balancer, to the machine that a new connection reaches at this moment. */
export interface Names {
  /** `null`: the name does not resolve, nothing answers there, or there is a barrier before it. */
  connect(hostName: string, source: Source, port: number): Machine | null;
  /** What keeps connections to a name and port from being made at all. */
  barrier(hostName: string, origin: Origin, port: number): Barrier | null;
}
