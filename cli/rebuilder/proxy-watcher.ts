import type { Deployment } from './deployment.ts';
import type { DescribedExecution } from './executions.ts';
import type { Tell } from './outcome.ts';
import { positionOf } from './position.ts';

/** Tells what is new about executions of proxies, each time that it looks. */
export class ProxyWatcher {
  readonly #deployment: Deployment;
  readonly #tell: Tell;
  /** What was told last of an execution, by its ARN. */
  readonly #told = new Map<string, string>();

  constructor(deployment: Deployment, tell: Tell) {
    this.#deployment = deployment;
    this.#tell = tell;
  }

  async look(proxy: string, execution: DescribedExecution): Promise<void> {
    const { arn, name, status, failure } = execution;
    if (status !== 'RUNNING') {
      const kind = status === 'SUCCEEDED' ? 'done' : 'failed';
      const how = failure === null ? 'is done' : `${failure.name}: ${failure.cause.split('\n')[0]}`;
      this.#once(arn, 'ended', () => this.#tell({ proxy, kind, text: `${name} ${how}` }));
      return;
    }
    const { phase, sync } = await positionOf(this.#deployment, arn);
    if (phase !== null)
      this.#once(arn, phase, () => this.#tell({ proxy, kind: 'phase', text: phase }));
    if (sync !== null)
      this.#tell({ proxy, kind: 'sync-progress', text: `${Math.round(sync.progress * 100)} %` });
  }

  #once(arn: string, news: string, tell: () => void): void {
    if (this.#told.get(arn) === news) return;
    this.#told.set(arn, news);
    tell();
  }
}
