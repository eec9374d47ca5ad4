import { ledgerKeys } from '../../../functions/adapters/aws/dynamo-ledger.ts';
import { tagNames } from '../../../functions/domain/resource-names.ts';
import { machineName } from '../../names.ts';
import { ec2Arn, executionArn, stateMachineArn } from '../../resource-arns.ts';
import { both, type Grant, onTagged, reading } from './grant.ts';

const onLedger =
  (key: string, ...actions: readonly string[]): Grant =>
  ({ ledger }) => [
    {
      actions: actions.map((action) => `dynamodb:${action}`),
      resources: [ledger.tableArn],
      conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [key] } },
    },
  ];

export const ledgerGrants = {
  'ledger.read': onLedger(ledgerKeys.proxy('*'), 'GetItem'),
  'ledger.update': onLedger(ledgerKeys.proxy('*'), 'GetItem', 'PutItem'),
  'ledger.lockHolder': onLedger(ledgerKeys.lock('*'), 'GetItem'),
  'ledger.claim': onLedger(ledgerKeys.claim('*'), 'PutItem'),
  'ledger.fulfil': onLedger(ledgerKeys.claim('*'), 'PutItem'),
} as const;

const describing: Grant = ({ stack, settings: { fleet } }) => [
  {
    actions: ['states:DescribeExecution'],
    resources: [executionArn(stack, machineName(fleet.fleet, 'rebuild-proxy'))],
    wildcard: 'The executions of one state machine.',
  },
];

const listing: Grant = ({ stack, settings: { fleet } }) => [
  {
    actions: ['states:ListExecutions'],
    resources: [stateMachineArn(stack, machineName(fleet.fleet, 'rebuild-fleet'))],
  },
];

export const executionGrants = {
  'executions.isRunning': describing,
  'executions.running': listing,
} as const;

const theDocument: Grant = ({ stack, bootReportDocument }) => [
  {
    actions: ['ssm:SendCommand'],
    resources: [
      stack.formatArn({ service: 'ssm', resource: 'document', resourceName: bootReportDocument }),
    ],
  },
];

const toInstances: Grant = ({ stack, settings: { fleet } }) => [
  {
    actions: ['ssm:SendCommand'],
    resources: [ec2Arn(stack, 'instance')],
    conditions: { StringEquals: { [`ssm:resourceTag/${tagNames.fleet}`]: fleet.fleet } },
    wildcard: onTagged,
  },
];

export const bootGrants = {
  'boot.read': both(
    reading(
      'ssm:DescribeInstanceInformation',
      'ssm:ListCommandInvocations',
      'ssm:GetCommandInvocation',
    ),
    theDocument,
    toInstances,
  ),
} as const;
