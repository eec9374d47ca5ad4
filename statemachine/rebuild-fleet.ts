import type { FailureName } from '../functions/domain/failures.ts';
import type { Definition, PassState } from './asl.ts';
import { choose, is } from './choices.ts';
import { pathTo, type RecordPath } from './record-path.ts';
import { retries } from './retries.ts';
import { scope } from './scope.ts';
import { fail, noteExecution, succeed } from './states.ts';
import { announce, catchTo, failuresLeadTo } from './tasks.ts';

const failed = 'Announce failure';
const { step } = failuresLeadTo(failed);

/** Turns an error into a named failure. */
const nameFailure = (failure: FailureName, cause: RecordPath, comment?: string) =>
  ({
    Type: 'Pass',
    ...(comment && { Comment: comment }),
    Parameters: { Error: failure, 'Cause.$': pathTo(cause) },
    ResultPath: '$.failure',
    Next: failed,
  }) as const;

const plan = {
  'Record execution': noteExecution('Plan rebuild'),
  'Plan rebuild': step('planFleet', {
    timeoutSeconds: 300,
    next: 'Rebuild due?',
    onFailure: 'Planning failed',
  }),
  'Rebuild due?': choose(
    [
      [is('plan.status', 'go'), 'Announce start'],
      [is('plan.status', 'wait'), 'Wait for maintenance window'],
      [is('plan.status', 'dry-run'), 'Examine Katello for the plan'],
      [is('plan.status', 'busy'), 'Already running'],
    ],
    'Nothing to do',
  ),
  'Wait for maintenance window': {
    Type: 'Wait',
    TimestampPath: '$.plan.startAt',
    Next: 'Plan rebuild',
  },
  'Examine Katello for the plan': step('examineKatello', {
    timeoutSeconds: 300,
    next: 'Nothing to do',
    onFailure: 'Planning failed',
  }),
  'Already running': succeed(),
  'Nothing to do': succeed('No proxy is due, or this is a dry run. The output contains the plan.'),
  'Planning failed': fail('failure', 'Nothing was changed.'),
} as const;

const bake = {
  'Announce start': announce('announceStart', 'Examine Katello'),
  'Examine Katello': step('examineKatello', {
    timeoutSeconds: 300,
    comment: 'What would stop every rebuild is found before an image is baked.',
    next: 'Image available?',
  }),
  'Image available?': choose([[is('plan.imageSource', 'bake'), 'Bake image']], 'Verify image'),
  'Bake image': {
    Type: 'Task',
    Resource: 'arn:${partition}:states:::codebuild:startBuild.sync',
    TimeoutSeconds: 14_400,
    Parameters: {
      ProjectName: '${bakeProject}',
      EnvironmentVariablesOverride: [
        { Name: 'FLEET', 'Value.$': '$.plan.fleet' },
        { Name: 'FOREMAN_VERSION', 'Value.$': '$.plan.foremanVersion' },
        { Name: 'KATELLO_VERSION', 'Value.$': '$.plan.katelloVersion' },
        { Name: 'FEATURES', 'Value.$': '$.plan.features' },
        { Name: 'BASE_IMAGE', 'Value.$': '$.plan.baseImage' },
        { Name: 'EXECUTION', 'Value.$': '$.execution.name' },
      ],
    },
    ResultSelector: { 'variables.$': '$.Build.ExportedEnvironmentVariables' },
    ResultPath: '$.bake',
    Retry: retries.bake,
    Catch: [catchTo('Record bake failure', 'bakeFailure')],
    Next: 'Verify baked image',
  },
  'Record bake failure': nameFailure(
    'BakeFailed',
    'bakeFailure.Cause',
    'Step Functions reports every failed build as States.TaskFailed.',
  ),
  'Verify baked image': step('verifyImage', { next: 'Announce image' }),
  'Announce image': announce('announceImage', 'Choose next wave'),
  'Verify image': step('verifyImage', { next: 'Choose next wave' }),
} as const;

const noteResult = (failure: object): PassState<never> => ({
  Type: 'Pass',
  Parameters: { 'proxy.$': '$.proxy', ...failure },
  End: true,
});

const oneProxy = {
  'Rebuild proxy': {
    Type: 'Task',
    Resource: 'arn:${partition}:states:::states:startExecution.sync:2',
    TimeoutSeconds: 273_600,
    Parameters: {
      StateMachineArn: '${rebuildProxyMachine}',
      'Name.$': '$.name',
      Input: {
        'proxy.$': '$.proxy',
        'reason.$': '$.reason',
        'imageId.$': '$.imageId',
        'AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID.$': '$.startedBy',
      },
    },
    ResultPath: null,
    Retry: retries.nested,
    Catch: [catchTo('Record failure')],
    Next: 'Record success',
  },
  'Record success': noteResult({ failure: null }),
  'Record failure': noteResult({ 'failure.$': '$.failure' }),
} as const;

const waves = {
  'Choose next wave': step('chooseWave', { timeoutSeconds: 60, next: 'Waves left?' }),
  'Waves left?': choose(
    [
      [is('wave.status', 'wave'), 'Rebuild wave'],
      [is('wave.status', 'done'), 'Promote image'],
    ],
    'Reject unproven image',
  ),
  'Rebuild wave': {
    Type: 'Map',
    Comment:
      'The canary alone, then the others in parallel. A failure ends only its own rebuild, but no further wave starts.',
    ItemsPath: '$.wave.rebuilds',
    ItemSelector: {
      'proxy.$': '$$.Map.Item.Value.proxy',
      'imageId.$': '$.image.id',
      'reason.$': '$.plan.reason',
      'name.$': '$$.Map.Item.Value.name',
      'startedBy.$': '$.execution.id',
    },
    ItemProcessor: {
      ProcessorConfig: { Mode: 'INLINE' },
      ...scope('Rebuild proxy', oneProxy),
    },
    ResultPath: '$.waveResults',
    Catch: [catchTo(failed)],
    Next: 'Choose next wave',
  },
} as const;

const end = {
  'Promote image': step('promoteImage', {
    comment: 'Every due proxy runs this image. It becomes the current image of the fleet.',
    next: 'Prune old images',
  }),
  'Prune old images': step('pruneImages', {
    timeoutSeconds: 300,
    comment: 'A surplus image costs little; the next run prunes again.',
    next: 'Announce summary',
    onFailure: 'Announce summary',
    failureInto: 'pruningFailure',
  }),
  'Announce summary': announce('announceSummary', 'Done'),
  Done: succeed(),
  'Reject unproven image': step('rejectImage', {
    next: 'Record failed proxy',
    onFailure: 'Record failed proxy',
    failureInto: 'rejectionFailure',
  }),
  'Record failed proxy': nameFailure('ProxyNotRebuilt', 'wave.cause'),
  [failed]: announce('announceSummary', 'Fleet rebuild failed'),
  'Fleet rebuild failed': fail(
    'failure',
    'Each failed proxy was rolled back by its own execution. Images in use are untouched.',
  ),
};

/** Rebuilds the proxies of a fleet that are due, in waves. */
export const rebuildFleet = {
  Comment:
    'Rebuilds the proxies of a fleet. Input: {} for the proxies that are due, or any of {"proxies": ["<name>"], "imageId": "ami-...", "dryRun": true, "force": true}.',
  TimeoutSeconds: 1_209_600,
  ...scope('Record execution', plan, bake, waves, end),
} as const satisfies Definition;
