import { ledgerKeys } from '../../functions/adapters/aws/dynamo-ledger.ts';
import type { MachineName } from '../../functions/domain/resource-names.ts';
import type { StepName } from '../../functions/steps/register.ts';
import { stepsRunBy } from '../../statemachine/readers/tasks.ts';
import { machineName } from '../names.ts';
import { eventRuleArn, executionArn, type Place, stateMachineArn } from './arns.ts';
import type { GrantContext } from './grant-context.ts';
import type { Permission } from './permission.ts';

export interface MachineContext extends Pick<GrantContext, 'place' | 'fleet' | 'ledger'> {
  /** ARN of the CodeBuild project. */
  readonly bakeProject: string;
  /** ARN of the function of a step. */
  readonly functionArn: (step: StepName) => string;
}

const invoking = (machine: MachineName, { functionArn }: MachineContext): Permission => ({
  actions: ['lambda:InvokeFunction'],
  resources: stepsRunBy(machine).map(functionArn),
});

const locking = ({ ledger }: MachineContext): readonly Permission[] => [
  {
    actions: ['dynamodb:PutItem', 'dynamodb:DeleteItem'],
    resources: [ledger],
    conditions: {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [ledgerKeys.lock('*')] },
    },
  },
];

const following = (place: Place, rule: string): Permission => ({
  actions: ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
  resources: [eventRuleArn(place, rule)],
});

/** Running a nested execution to its end: Step Functions follows it by a rule of its own. */
const nesting = ({ place, fleet }: MachineContext): readonly Permission[] => {
  const machine = machineName(fleet.fleet, 'rebuild-proxy');
  return [
    { actions: ['states:StartExecution'], resources: [stateMachineArn(place, machine)] },
    {
      actions: ['states:DescribeExecution', 'states:StopExecution'],
      resources: [executionArn(place, machine)],
      wildcard: 'The executions of one state machine.',
    },
    following(place, 'StepFunctionsGetEventsForStepFunctionsExecutionRule'),
  ];
};

const building = ({ place, bakeProject }: MachineContext): readonly Permission[] => [
  {
    actions: ['codebuild:StartBuild', 'codebuild:StopBuild', 'codebuild:BatchGetBuilds'],
    resources: [bakeProject],
  },
  following(place, 'StepFunctionsGetEventForCodeBuildStartBuildRule'),
];

/** What a state machine may do: run its steps, and what its service integrations need. */
export const permissionsOfMachine: Readonly<
  Record<MachineName, (context: MachineContext) => readonly Permission[]>
> = {
  'rebuild-fleet': (context) => [
    ...nesting(context),
    ...building(context),
    invoking('rebuild-fleet', context),
  ],
  'rebuild-proxy': (context) => [...locking(context), invoking('rebuild-proxy', context)],
};
