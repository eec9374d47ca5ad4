import type { ContentCounts } from '../domain/content-counts.ts';
import type { ForemanTask } from '../domain/task.ts';

/** Whether Katello itself is well. */
export interface KatelloHealth {
  /** As `/katello/api/status` gives it, `4.21.0`. */
  readonly version: string;
  /** Services that `/katello/api/ping` does not call ok, each with its message. */
  readonly failing: readonly string[];
}

/** A Smart Proxy with content, as Katello knows it ("capsule" in its API). */
export interface Capsule {
  readonly id: number;
  readonly name: string;
  /** The registered address of the smart-proxy API, `https://name:9090`. */
  readonly url: string;
  readonly features: readonly CapsuleFeature[];
  readonly lifecycleEnvironments: readonly string[];
  readonly downloadPolicy: string;
}

export interface CapsuleFeature {
  readonly name: string;
  readonly capabilities: readonly string[];
}

export interface SyncStatus {
  readonly unsyncableContentTypes: readonly string[];
  /** Sync tasks with result `pending`, whoever started them. */
  readonly activeTasks: readonly ForemanTask[];
}

/**
 * `complete` forgets Katello's sync history and reads everything again (`skip_metadata_check`), which
 * is what an empty instance needs; `light` is Katello's plain sync.
 */
export type SyncScope = 'complete' | 'light';

/**
 * Katello, as far as a rebuild needs it. Every call throws `KatelloUnavailable` when nothing certain
 * came back (connection, time-out, 502, 503, 500), `KatelloRejectsCredentials` on 401, `KatelloForbids`
 * on 403, `KatelloRefused` on other 4xx, `UnexpectedAnswer` when the JSON has another shape.
 */
export interface ContentPort {
  health(): Promise<KatelloHealth>;
  /** By exact name; `null` when Katello does not know it or it has no Pulpcore feature. */
  findCapsule(name: string): Promise<Capsule | null>;
  syncStatus(capsuleId: number): Promise<SyncStatus>;
  /** Asks Foreman to import the features anew; `FeaturesNotRefreshed` when Foreman cannot reach 9090. */
  refreshFeatures(capsuleId: number): Promise<Capsule>;
  /**
   * Starts a sync, or returns the one that the same `requestId` has started before: Katello has no
   * idempotency key, so the client looks before it posts, and looks again when an answer was lost.
   * `requestId` is 1 to 255 letters, digits and hyphens, or the call throws `BadRequest`. A sync that
   * Katello refused to plan was never started: the same `requestId` starts it again.
   */
  startSync(capsuleId: number, scope: SyncScope, requestId: string): Promise<ForemanTask>;
  /** Sync and count tasks of this capsule that one of these request ids has started, ended or not. */
  findTasks(capsuleId: number, requestIds: readonly string[]): Promise<readonly ForemanTask[]>;
  /** Starts a fresh count of what is on the proxy (`update_counts`), with the same look-first rule. */
  startCount(capsuleId: number, requestId: string): Promise<ForemanTask>;
  /** `null` when Katello no longer knows the task. */
  readTask(taskId: string): Promise<ForemanTask | null>;
  readCounts(capsuleId: number): Promise<ContentCounts>;
  /** Cancels running tasks and halts paused ones; asks, does not wait. */
  stopTasks(tasks: readonly ForemanTask[]): Promise<void>;
}
