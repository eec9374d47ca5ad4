import type { SimulatedRequest } from './http.ts';
import type { KatelloState } from './katello-state.ts';
import type { Load } from './load.ts';

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
  readonly answer: (katello: KatelloState, input: RouteInput) => unknown;
  /** What the answer makes Foreman load, asked before it is made; without it, next to nothing. */
  readonly load?: (katello: KatelloState, input: RouteInput) => Load;
}
