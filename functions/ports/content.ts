import type { ContentCounts, RepositoryNames } from '../domain/content-counts.ts';
import type { KatelloAccess } from '../domain/katello-access.ts';
import type { ForemanTask } from '../domain/task.ts';

/** Whether Katello itself is healthy. */
export interface KatelloHealth {
  /** As returned by `/katello/api/status`, such as `4.21.0`. */
  readonly version: string;
  /** Services that `/katello/api/ping` does not report as ok, each with its message. */
  readonly failing: readonly string[];
}

/** A Smart Proxy with content as registered in Katello ("capsule" in its API). */
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

/**
 * `complete` ignores Katello's sync history and reads everything again (`skip_metadata_check`), which an empty
 * instance needs; `light` is Katello's plain sync.
 */
export type SyncScope = 'complete' | 'light';

/**
 * The part of Katello that a rebuild needs. Every call throws `KatelloUnavailable` when the outcome is unknown
 * (connection, time-out, 500, 502, 503), `KatelloRejectsCredentials` on 401, `KatelloForbids` on 403,
 * `CertificateRefused` when the certificate is not trusted, `KatelloRefused` on other 4xx, `UnexpectedAnswer` when the JSON has an unexpected shape.
 */
export interface ContentPort {
  health(): Promise<KatelloHealth>;
  /** Throws `KatelloNameMismatch` when the server at Katello's address has no certificate for Katello's own name. */
  verifyName(): Promise<void>;
  /** What the user that the controller logs in as may do and see. */
  access(): Promise<KatelloAccess>;
  /** By exact name; `null` when Katello does not have it or it has no Pulpcore feature. */
  findCapsule(name: string): Promise<Capsule | null>;
  /** Sync tasks of this proxy with result `pending`, whoever started them; at least one of them, if there are any. */
  activeSyncs(capsuleId: number): Promise<readonly ForemanTask[]>;
  /** Types of the content that the last count found repositories of, such as `yum`. */
  contentTypes(capsuleId: number): Promise<readonly string[]>;
  /** Asks Foreman to import the features again; throws `FeaturesNotRefreshed` when Foreman cannot reach 9090. */
  refreshFeatures(capsuleId: number): Promise<Capsule>;
  /**
   * Starts a sync, or returns the one that was started with the same `requestId`: Katello has no idempotency
   * key, so the client looks before it posts, and again when a response was lost. `requestId` is 1 to 255
   * letters, digits and hyphens, or the call throws `BadRequest`. A sync that Katello refused to plan was
   * never started; the same `requestId` starts it again.
   */
  startSync(capsuleId: number, scope: SyncScope, requestId: string): Promise<ForemanTask>;
  /** This capsule's sync and count tasks that were started with one of these request ids and have not stopped. */
  findTasks(capsuleId: number, requestIds: readonly string[]): Promise<readonly ForemanTask[]>;
  /** Starts a new count of the proxy's content (`update_counts`), also idempotent by `requestId`. */
  startCount(capsuleId: number, requestId: string): Promise<ForemanTask>;
  /** Whether Katello has the task and it has not ended. Costs Foreman a count of rows. */
  isUnderWay(taskId: string): Promise<boolean>;
  /** `null` when Katello no longer has the task. Foreman loads its whole plan. */
  readTask(taskId: string): Promise<ForemanTask | null>;
  /** What the last count found. */
  readCounts(capsuleId: number): Promise<ContentCounts>;
  /** Names of the repositories that were counted, for people. Slow on a busy Katello. */
  repositoryNames(capsuleId: number): Promise<RepositoryNames>;
  /**
   * The number of hosts on which jobs of remote execution (Ansible's as well) are running through the proxy with this
   * name, whoever started them; with `startedBefore`, only those that Foreman started before then. Throws
   * `CapsuleNotFound` when Foreman does not show the proxy: that is no proof that nothing is running.
   */
  runningJobs(name: string, startedBefore?: Date): Promise<number>;
  /** Cancels running tasks and halts paused ones; does not wait for them to end. */
  stopTasks(tasks: readonly ForemanTask[]): Promise<void>;
}
