import type { Machine } from './machines.ts';

/** Where connections come from: each has an address of its own. */
export type Source = 'katello' | 'functions';

/** Resolves a name, and through a balancer, to the machine that a new connection reaches at this moment. */
export interface Names {
  /** `null`: the name does not resolve, or nothing answers there. */
  connect(hostName: string, source: Source): Machine | null;
}
