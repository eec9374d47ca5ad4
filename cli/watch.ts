import { NamedFailure } from '../functions/domain/failures.ts';
import { followsRefill } from '../statemachine/readers/progress.ts';
import type { Tell } from './command.ts';
import type { Deployment } from './deployment.ts';
import { type DescribedExecution, describeExecution } from './executions.ts';
import { positionOf } from './position.ts';

/** Between two looks at the execution of a proxy. */
export const lookEverySeconds = 5;

/** Polls an execution until it ends, or until what it was started for is over. */
export const untilEnded = async (
  deployment: Deployment,
  arn: string,
  everySeconds: number,
  onLook: (execution: DescribedExecution) => Promise<void> = () => Promise.resolve(),
  isOver: (execution: DescribedExecution) => Promise<boolean> = () => Promise.resolve(false),
): Promise<DescribedExecution> => {
  for (;;) {
    const execution = await describeExecution(deployment, arn);
    if (execution === null)
      throw new NamedFailure(
        'UnexpectedAnswer',
        `Step Functions no longer has the execution ${arn}`,
      );
    await onLook(execution);
    if (execution.status !== 'RUNNING' || (await isOver(execution))) return execution;
    await deployment.environment.sleep(everySeconds);
  }
};

/** Polls executions of proxies and reports what is new. */
export class ProxyWatcher {
  readonly #deployment: Deployment;
  readonly #tell: Tell;
  /** The last news reported about an execution, by its ARN. */
  readonly #lastNews = new Map<string, string>();

  constructor(deployment: Deployment, tell: Tell) {
    this.#deployment = deployment;
    this.#tell = tell;
  }

  async look(proxy: string, execution: DescribedExecution): Promise<void> {
    const { arn, name, status, failure } = execution;
    if (status !== 'RUNNING') {
      const kind = status === 'SUCCEEDED' ? 'done' : 'failed';
      const how =
        failure === null ? 'succeeded' : `${failure.name}: ${failure.cause.split('\n')[0]}`;
      if (this.#isNews(arn, 'ended')) this.#tell({ proxy, kind, text: `${name} ${how}` });
      return;
    }
    const { state, phase, sync } = await positionOf(this.#deployment, arn);
    if (followsRefill(state ?? '')) {
      const text = `${name} has rolled back; Katello is filling the proxy again`;
      if (this.#isNews(arn, 'rolled-back')) this.#tell({ proxy, kind: 'done', text });
      return;
    }
    if (phase !== null && this.#isNews(arn, phase))
      this.#tell({ proxy, kind: 'phase', text: phase });
    if (sync !== null)
      this.#tell({ proxy, kind: 'sync-progress', text: `${Math.round(sync.progress * 100)} %` });
  }

  #isNews(arn: string, news: string): boolean {
    if (this.#lastNews.get(arn) === news) return false;
    this.#lastNews.set(arn, news);
    return true;
  }
}
