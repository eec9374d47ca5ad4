import { ledgerKeys } from '../../../functions/adapters/aws/dynamo-ledger.ts';
import { contentReportPrefix, tagNames } from '../../../functions/domain/resource-names.ts';
import { machineName } from '../../names.ts';
import { documentArn, ec2Arn, executionArn, stateMachineArn } from '../arns.ts';
import { both, type Grant, onTagged, reading } from './grant.ts';

const onLedger =
  (key: string, ...actions: readonly string[]): Grant =>
  ({ ledger }) => [
    {
      actions: actions.map((action) => `dynamodb:${action}`),
      resources: [ledger],
      conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [key] } },
    },
  ];

export const ledgerGrants = {
  'ledger.read': onLedger(ledgerKeys.proxy('*'), 'GetItem'),
  'ledger.update': onLedger(ledgerKeys.proxy('*'), 'GetItem', 'PutItem'),
  'ledger.readContent': onLedger(ledgerKeys.content('*', '*'), 'GetItem'),
  'ledger.writeContent': onLedger(ledgerKeys.content('*', '*'), 'PutItem'),
  'ledger.lockHolder': onLedger(ledgerKeys.lock('*'), 'GetItem'),
  'ledger.claim': onLedger(ledgerKeys.claim('*'), 'PutItem'),
  'ledger.fulfil': onLedger(ledgerKeys.claim('*'), 'PutItem'),
} as const;

const describing: Grant = ({ place, fleet }) => [
  {
    actions: ['states:DescribeExecution'],
    resources: [executionArn(place, machineName(fleet.fleet, 'rebuild-proxy'))],
    wildcard: 'The executions of one state machine.',
  },
];

const listing: Grant = ({ place, fleet }) => [
  {
    actions: ['states:ListExecutions'],
    resources: [stateMachineArn(place, machineName(fleet.fleet, 'rebuild-fleet'))],
  },
];

export const executionGrants = {
  'executions.isRunning': describing,
  'executions.inputOf': describing,
  'executions.running': listing,
} as const;

const running =
  (document: 'bootReportDocument' | 'contentReportDocument'): Grant =>
  (context) => [
    { actions: ['ssm:SendCommand'], resources: [documentArn(context.place, context[document])] },
  ];

const toInstances: Grant = ({ place, fleet }) => [
  {
    actions: ['ssm:SendCommand'],
    resources: [ec2Arn(place, 'instance')],
    conditions: { StringEquals: { [`ssm:resourceTag/${tagNames.fleet}`]: fleet.fleet } },
    wildcard: onTagged,
  },
];

const readingReports: Grant = ({ artifactsBucket }) => [
  {
    actions: ['s3:GetObject'],
    resources: [`${artifactsBucket}/${contentReportPrefix('*')}*`],
    wildcard: 'One object for each report of each instance.',
  },
];

export const commandGrants = {
  'boot.read': both(
    reading(
      'ssm:DescribeInstanceInformation',
      'ssm:ListCommandInvocations',
      'ssm:GetCommandInvocation',
    ),
    running('bootReportDocument'),
    toInstances,
  ),
  'contentReports.start': both(running('contentReportDocument'), toInstances),
  'contentReports.read': both(reading('ssm:GetCommandInvocation'), readingReports),
} as const;
