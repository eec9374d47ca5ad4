import { CfnOutput, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { machineName } from '../../deployment/names.ts';
import { stateMachineArn } from '../../deployment/permissions/arns.ts';
import { permissionsOfMachine } from '../../deployment/permissions/machines.ts';
import {
  type MachineName,
  resourceNames,
  tagNames,
} from '../../functions/domain/resource-names.ts';
import type { StepName } from '../../functions/steps/register.ts';
import { stepsRunBy } from '../../statemachine/readers/tasks.ts';
import type { CodeSource } from '../bundling/code.ts';
import { HealthMetrics } from '../observability/health-metrics.ts';
import { Observability } from '../observability/observability.ts';
import type { Settings } from '../settings.ts';
import type { Shared } from '../shared/shared-stack.ts';
import { Bake } from './bake.ts';
import { type ControllerParts, grantContextOf } from './controller-parts.ts';
import { Events } from './events.ts';
import { KeepAwake } from './keep-awake.ts';
import { Ledger } from './ledger.ts';
import { Schedules } from './schedules.ts';
import { Starter } from './starter.ts';
import { StepFunctions } from './step-functions.ts';
import { Workflow } from './workflow.ts';

export interface ControllerStackProps extends StackProps {
  readonly settings: Settings;
  readonly code: CodeSource;
  readonly shared: Shared;
}

/** Everything that rebuilds the proxies of one fleet. */
export class ControllerStack extends Stack {
  readonly ledger: Ledger;
  readonly bake: Bake;
  readonly steps: StepFunctions;
  readonly rebuildProxy: Workflow;
  readonly rebuildFleet: Workflow;
  readonly starter: Starter;
  readonly #settings: Settings;
  readonly #parts: ControllerParts;

  constructor(scope: Construct, id: string, props: ControllerStackProps) {
    super(scope, id, props);
    const { settings, shared } = props;
    this.#settings = settings;
    Tags.of(this).add(tagNames.fleet, settings.fleet.fleet);
    this.ledger = new Ledger(this, 'Ledger');
    this.bake = new Bake(this, 'Bake', settings, shared.artifacts.exported);
    this.#parts = this.#makeParts(shared);
    const parts = { parts: this.#parts, code: props.code, network: shared.network };
    this.steps = new StepFunctions(this, 'Steps', { settings, ...parts });
    new KeepAwake(this, 'KeepAwake', this.steps);
    this.rebuildProxy = this.#workflow('RebuildProxy', 'rebuild-proxy');
    this.rebuildFleet = this.#workflow('RebuildFleet', 'rebuild-fleet');
    const rebuildFleetArn = this.rebuildFleet.machine.stateMachineArn;
    const rebuildProxyArn = this.rebuildProxy.machine.stateMachineArn;
    this.#publish();
    new CfnOutput(this, 'BakeProject', { value: this.bake.project.ref });
    this.starter = new Starter(this, 'Starter', [rebuildFleetArn, rebuildProxyArn]);
    const { fleet } = settings;
    const { starter } = this;
    const machines = { 'rebuild-fleet': rebuildFleetArn, 'rebuild-proxy': rebuildProxyArn };
    new Events(this, 'Events', { fleet, machines, starter });
    const { bootstrapResources } = shared;
    new Schedules(this, 'Schedules', { fleet, rebuildFleetArn, starter, bootstrapResources });
    new Observability(this, 'Observability', {
      settings,
      steps: this.steps,
      healthMetrics: new HealthMetrics(this, 'HealthMetrics', parts),
      rebuildFleet: this.rebuildFleet,
      rebuildProxy: this.rebuildProxy,
      starter,
    });
  }

  #makeParts(shared: Shared): ControllerParts {
    return {
      stack: this,
      settings: this.#settings,
      ledger: this.ledger.table,
      bootReportDocument: shared.bootReport.documentName,
      artifactsBucket: shared.artifacts.exported,
      contentReportDocument: shared.contentReport.documentName,
    };
  }

  #workflow(id: string, machine: MachineName): Workflow {
    const names = stepsRunBy(machine);
    const functionArn = (name: StepName): string => this.steps.byStep[name].resource.functionArn;
    return new Workflow(this, id, {
      settings: this.#settings,
      machine,
      permissions: permissionsOfMachine[machine]({
        ...grantContextOf(this.#parts),
        bakeProject: this.bake.project.attrArn,
        functionArn,
      }),
      substitutions: {
        ...Object.fromEntries(names.map((name) => [name, functionArn(name)])),
        partition: this.partition,
        ledgerTable: this.ledger.table.tableName,
        bakeProject: this.bake.project.ref,
        rebuildProxyMachine: stateMachineArn(this, this.#nameOf('rebuild-proxy')),
      },
    });
  }

  /** For those who start executions by hand, or look at what is remembered. */
  #publish(): void {
    const { fleet } = this.#settings.fleet;
    const values = {
      RebuildFleetParameter: [
        resourceNames.stateMachineParameter(fleet, 'rebuild-fleet'),
        this.rebuildFleet.machine.stateMachineArn,
      ],
      RebuildProxyParameter: [
        resourceNames.stateMachineParameter(fleet, 'rebuild-proxy'),
        this.rebuildProxy.machine.stateMachineArn,
      ],
      LedgerTableParameter: [
        resourceNames.ledgerTableParameter(fleet),
        this.ledger.table.tableName,
      ],
    } as const;
    for (const [id, [parameterName, stringValue]] of Object.entries(values))
      new StringParameter(this, id, { parameterName, stringValue });
  }

  #nameOf(machine: MachineName): string {
    return machineName(this.#settings.fleet.fleet, machine);
  }
}
