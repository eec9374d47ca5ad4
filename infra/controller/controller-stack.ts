import { Stack, type StackProps, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ledgerKeys } from '../../functions/adapters/aws/dynamo-ledger.ts';
import { tagNames } from '../../functions/domain/resource-names.ts';
import { executionArn, stateMachineArn } from '../arns.ts';
import type { CodeSource } from '../bundling/code.ts';
import { type Machine, machineName } from '../names.ts';
import type { Permission } from '../permission.ts';
import type { Settings } from '../settings.ts';
import type { Shared } from '../shared/shared-stack.ts';
import { Bake } from './bake.ts';
import { stepsOf } from './definition.ts';
import { Events } from './events.ts';
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

  constructor(scope: Construct, id: string, props: ControllerStackProps) {
    super(scope, id, props);
    const { settings, shared } = props;
    this.#settings = settings;
    Tags.of(this).add(tagNames.fleet, settings.fleet.fleet);
    this.ledger = new Ledger(this, 'Ledger');
    this.bake = new Bake(this, 'Bake', settings);
    this.steps = this.#steps(props);
    this.rebuildProxy = this.#workflow('RebuildProxy', 'rebuild-proxy', [this.#lock()]);
    this.rebuildFleet = this.#workflow('RebuildFleet', 'rebuild-fleet', [
      ...this.#nested(),
      ...this.#building(),
    ]);
    const rebuildFleetArn = this.rebuildFleet.machine.stateMachineArn;
    const rebuildProxyArn = this.rebuildProxy.machine.stateMachineArn;
    this.starter = new Starter(this, 'Starter', [rebuildFleetArn, rebuildProxyArn]);
    const { fleet } = settings;
    const { starter } = this;
    new Events(this, 'Events', { fleet, rebuildFleetArn, rebuildProxyArn, starter });
    const { createdOnce } = shared;
    new Schedules(this, 'Schedules', { fleet, rebuildFleetArn, starter, createdOnce });
  }

  #steps({ settings, code, shared }: ControllerStackProps): StepFunctions {
    const { ledger } = this;
    const estate = {
      stack: this as Stack,
      settings,
      ledgerArn: ledger.table.tableArn,
      bootReportDocument: shared.bootReport.documentName,
    };
    return new StepFunctions(this, 'Steps', {
      settings,
      code,
      estate,
      ledger,
      network: shared.network,
    });
  }

  #workflow(id: string, machine: Machine, permissions: readonly Permission[]): Workflow {
    const names = stepsOf(machine);
    const functions = names.map((name) => this.steps.byStep[name]);
    const arns = names.map((name) => [name, this.steps.byStep[name].resource.functionArn]);
    return new Workflow(this, id, {
      settings: this.#settings,
      machine,
      functions,
      permissions,
      substitutions: {
        ...Object.fromEntries(arns),
        partition: this.partition,
        ledgerTable: this.ledger.table.tableName,
        bakeProject: this.bake.project.ref,
        rebuildProxyMachine: stateMachineArn(this, this.#nameOf('rebuild-proxy')),
      },
    });
  }

  #nameOf(machine: Machine): string {
    return machineName(this.#settings.fleet.fleet, machine);
  }

  #lock(): Permission {
    return {
      actions: ['dynamodb:PutItem', 'dynamodb:DeleteItem'],
      resources: [this.ledger.table.tableArn],
      conditions: {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [ledgerKeys.lock('*')] },
      },
    };
  }

  /** Running a nested execution to its end: Step Functions follows it by a rule of its own. */
  #nested(): readonly Permission[] {
    return [
      {
        actions: ['states:StartExecution'],
        resources: [stateMachineArn(this, this.#nameOf('rebuild-proxy'))],
      },
      {
        actions: ['states:DescribeExecution', 'states:StopExecution'],
        resources: [executionArn(this, this.#nameOf('rebuild-proxy'))],
        wildcard: 'The executions of one state machine.',
      },
      this.#following('StepFunctionsGetEventsForStepFunctionsExecutionRule'),
    ];
  }

  #building(): readonly Permission[] {
    return [
      {
        actions: ['codebuild:StartBuild', 'codebuild:StopBuild', 'codebuild:BatchGetBuilds'],
        resources: [this.bake.project.attrArn],
      },
      this.#following('StepFunctionsGetEventForCodeBuildStartBuildRule'),
    ];
  }

  #following(rule: string): Permission {
    return {
      actions: ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
      resources: [this.formatArn({ service: 'events', resource: 'rule', resourceName: rule })],
    };
  }
}
