import { resourceNames } from '../../functions/domain/resource-names.ts';
import type { Execution, Json } from '../asl/execution.ts';
import type { Executions } from '../asl/executions.ts';
import type { LaunchDetail } from '../aws/simulated-aws.ts';
import type { World } from './world.ts';

/** Each restore carries the input of what it followed, so that the rule's pattern can count them. */
const restoresInARow = 2;

/** The EventBridge rules of a deployment: what starts a heal, and what starts a restore. */
export class EventRules {
  readonly #world: World;
  readonly #executions: Executions;

  constructor(world: World, executions: Executions) {
    this.#world = world;
    this.#executions = executions;
    world.aws.onLaunch((detail) => this.#heal(detail));
  }

  /** Of every launch, those of a rebuild included: the lock sorts them out. */
  #heal({ AutoScalingGroupName, EC2InstanceId }: LaunchDetail): void {
    const { fleet, proxies } = this.#world.fleet;
    const proxy = proxies.find(
      ({ name }) => resourceNames.group(fleet, name) === AutoScalingGroupName,
    );
    if (proxy === undefined) return;
    const input = { proxy: proxy.name, reason: 'heal', instanceId: EC2InstanceId };
    this.#executions.start('rebuild-proxy', `heal-${EC2InstanceId}`, input);
  }

  /** Of every execution that ended badly. */
  executionEnded(execution: Execution): void {
    if (execution.machine !== 'rebuild-proxy') return;
    if (execution.status === 'SUCCEEDED' || execution.status === 'RUNNING') return;
    const interruptedInput = JSON.stringify(execution.input);
    // A restore is followed by another, but a third one in a row that failed is not: the sweep comes daily.
    const followed = interruptedInput.match(/interruptedInput/g)?.length ?? 0;
    if (followed > restoresInARow) return;
    const input: Json = { reason: 'restore', interruptedInput, interrupted: execution.arn };
    this.#executions.start('rebuild-proxy', `restore-${execution.name}`.slice(0, 80), input);
  }
}
