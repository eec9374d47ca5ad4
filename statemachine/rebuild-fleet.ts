import type { FailureName } from '../functions/domain/failures.ts';
import type { Definition, PassState } from './asl.ts';
import { choose, is } from './choices.ts';
import { pathTo, type RecordPath } from './record-path.ts';
import { retries } from './retries.ts';
import { scope } from './scope.ts';
import { fail, noteExecution, succeed } from './states.ts';
import { announce, catchTo, failuresLeadTo } from './tasks.ts';

const failed = 'Tell Slack that it has failed';
const { step } = failuresLeadTo(failed);

/** Gives what has failed a name from the table of failures. */
const nameFailure = (failure: FailureName, cause: RecordPath, comment?: string) =>
  ({
    Type: 'Pass',
    ...(comment && { Comment: comment }),
    Parameters: { Error: failure, 'Cause.$': pathTo(cause) },
    ResultPath: '$.failure',
    Next: failed,
  }) as const;

const plan = {
  'Note who runs this': noteExecution('Plan who is rebuilt'),
  'Plan who is rebuilt': step('planFleet', {
    timeoutSeconds: 300,
    next: 'What is to be done?',
    onFailure: 'No plan could be made',
  }),
  'What is to be done?': choose(
    [
      [is('plan.status', 'go'), 'Tell Slack that it begins'],
      [is('plan.status', 'wait'), 'Wait for the window to open'],
      [is('plan.status', 'busy'), 'An earlier execution is at it'],
    ],
    'Nothing to change',
  ),
  'Wait for the window to open': {
    Type: 'Wait',
    TimestampPath: '$.plan.startAt',
    Next: 'Plan who is rebuilt',
  },
  'An earlier execution is at it': succeed(),
  'Nothing to change': succeed('Nobody is due, or it was a dry run: the output holds the plan.'),
  'No plan could be made': fail('failure', 'Nothing was changed.'),
} as const;

const bake = {
  'Tell Slack that it begins': announce('announceStart', 'Is there an image?'),
  'Is there an image?': choose(
    [[is('plan.imageSource', 'bake'), 'Bake an image']],
    'Verify the image',
  ),
  'Bake an image': {
    Type: 'Task',
    Resource: 'arn:${partition}:states:::codebuild:startBuild.sync',
    TimeoutSeconds: 14_400,
    Parameters: {
      ProjectName: '${bakeProject}',
      EnvironmentVariablesOverride: [
        { Name: 'FLEET', 'Value.$': '$.plan.fleet' },
        { Name: 'FOREMAN_VERSION', 'Value.$': '$.plan.foremanVersion' },
        { Name: 'KATELLO_VERSION', 'Value.$': '$.plan.katelloVersion' },
        { Name: 'BASE_IMAGE', 'Value.$': '$.plan.baseImage' },
        { Name: 'EXECUTION', 'Value.$': '$.execution.name' },
      ],
    },
    ResultSelector: { 'variables.$': '$.Build.ExportedEnvironmentVariables' },
    ResultPath: '$.bake',
    Retry: retries.bake,
    Catch: [catchTo('Name the failed bake', 'bakeFailure')],
    Next: 'Verify the baked image',
  },
  'Name the failed bake': nameFailure(
    'BakeFailed',
    'bakeFailure.Cause',
    'Step Functions calls every failed build States.TaskFailed.',
  ),
  'Verify the baked image': step('verifyImage', { next: 'Tell Slack which image was baked' }),
  'Tell Slack which image was baked': announce('announceImage', 'Choose the next wave'),
  'Verify the image': step('verifyImage', { next: 'Choose the next wave' }),
} as const;

const noteResult = (failure: object): PassState<never> => ({
  Type: 'Pass',
  Parameters: { 'proxy.$': '$.proxy', ...failure },
  End: true,
});

const oneProxy = {
  'Rebuild this proxy': {
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
    Catch: [catchTo('Note that it failed')],
    Next: 'Note that it is rebuilt',
  },
  'Note that it is rebuilt': noteResult({ failure: null }),
  'Note that it failed': noteResult({ 'failure.$': '$.failure' }),
} as const;

const waves = {
  'Choose the next wave': step('chooseWave', { timeoutSeconds: 60, next: 'Is a wave left?' }),
  'Is a wave left?': choose(
    [
      [is('wave.status', 'wave'), 'Rebuild a wave'],
      [is('wave.status', 'done'), 'Promote the image'],
    ],
    'Reject an unproven image',
  ),
  'Rebuild a wave': {
    Type: 'Map',
    Comment:
      'The canary alone, then the others side by side. One failure ends its own rebuild only; the next wave is then not begun.',
    ItemsPath: '$.wave.proxies',
    ItemSelector: {
      'proxy.$': '$$.Map.Item.Value',
      'imageId.$': '$.image.id',
      'reason.$': '$.plan.reason',
      'name.$': "States.Format('{}-{}', $.execution.name, $$.Map.Item.Value)",
      'startedBy.$': '$.execution.id',
    },
    ItemProcessor: {
      ProcessorConfig: { Mode: 'INLINE' },
      ...scope('Rebuild this proxy', oneProxy),
    },
    ResultPath: '$.waveResults',
    Catch: [catchTo(failed)],
    Next: 'Choose the next wave',
  },
} as const;

const end = {
  'Promote the image': step('promoteImage', {
    comment: 'Every due proxy runs it: from now on it is the one to launch from.',
    next: 'Prune old images',
  }),
  'Prune old images': step('pruneImages', {
    timeoutSeconds: 300,
    comment: 'An image too many costs cents; the next run tries again.',
    next: 'Tell Slack how it ended',
    onFailure: 'Tell Slack how it ended',
    failureInto: 'pruningFailure',
  }),
  'Tell Slack how it ended': announce('announceSummary', 'Done'),
  Done: succeed(),
  'Reject an unproven image': step('rejectImage', {
    next: 'Name the proxy that failed',
    onFailure: 'Name the proxy that failed',
    failureInto: 'rejectionFailure',
  }),
  'Name the proxy that failed': nameFailure('ProxyNotRebuilt', 'wave.cause'),
  [failed]: announce('announceSummary', 'The fleet was not rebuilt'),
  'The fleet was not rebuilt': fail(
    'failure',
    'Each proxy that failed has put itself back; images in use are untouched.',
  ),
};

/** Rebuilds whoever of a fleet is due, in waves. */
export const rebuildFleet = {
  Comment:
    'Rebuilds the proxies of a fleet that are due. Input: {} for whoever is due, or any of {"proxies": ["<name>"], "imageId": "ami-...", "dryRun": true, "force": true}.',
  TimeoutSeconds: 1_209_600,
  ...scope('Note who runs this', plan, bake, waves, end),
} as const satisfies Definition;
