import type { InstanceContent } from '../../functions/domain/content-report.ts';
import type { LifecycleState } from '../../functions/domain/group.ts';
import type { KnownContent } from '../../functions/domain/known-content.ts';
import { emptyRecord, type Phase, type RestorePoint } from '../../functions/domain/record.ts';
import type { Run } from '../../functions/domain/run.ts';
import type { ReportAnswer } from '../../functions/ports/content-reports.ts';
import { World } from './world.ts';

export const executionId = 'arn:aws:states:eu-central-1:1:execution:rebuild-proxy-europe:run-1';
export const controlName = 'berlin-control.example.com';

/** One repository, with as much as Katello counts. */
export const someRepositories: InstanceContent = {
  'rhel-9-production': {
    type: 'rpm',
    policy: 'on_demand',
    published: true,
    counts: { 'rpm.package': 1000, 'rpm.advisory': 100 },
    artifacts: { wanted: 1000, present: 0 },
    metadata: { wanted: 8, present: 8 },
  },
};

/** A report that has arrived. */
export const aReport = (
  instanceId: string,
  repositories = someRepositories,
  problems: readonly string[] = [],
): ReportAnswer => ({
  status: 'done',
  report: {
    version: 1,
    instanceId,
    takenAt: '2026-11-02T12:00:00Z',
    repositories,
    gateway: null,
    problems: [...problems],
  },
});

/** What the incumbent held, by both witnesses. */
export const aBaseline = (changes: Partial<KnownContent> = {}): KnownContent => ({
  owner: executionId,
  isFresh: true,
  katello: { '14': { rpm: 1000, erratum: 100 } },
  instance: { ...someRepositories },
  gateway: null,
  ...changes,
});

export const aRestorePoint = (changes: Partial<RestorePoint> = {}): RestorePoint => ({
  owner: executionId,
  takenAt: '2026-11-02T11:00:00.000Z',
  reason: 'scheduled',
  sizes: { min: 1, max: 2, desired: 1 },
  launchTemplate: { id: 'lt-1', version: '1' },
  suspends: ['AZRebalance', 'AlarmNotification', 'ScheduledActions'],
  incumbent: { id: 'i-old', privateIp: '10.0.0.1', protectedFromScaleIn: false },
  capsuleId: 2,
  ...changes,
});

/** The incumbent serves, nothing is under way. */
export const aProxyAtRest = (): World => {
  const world = new World();
  world.lock = { executionArn: executionId, reason: 'scheduled', takenAt: world.now };
  world.add('i-old', 'InService', { launchedAt: new Date('2026-10-15T12:00:00.000Z') });
  world.addresses.set(controlName, '10.0.0.1');
  world.imageParameters.set('/smart-proxy-rebuilder/europe/images/current', 'ami-2');
  world.images = [
    {
      id: 'ami-2',
      available: true,
      state: 'current',
      architecture: 'x86_64',
      createdAt: new Date('2026-11-01T00:00:00.000Z'),
      katelloVersion: '4.21',
      features: ['pulpcore', 'registration', 'templates', 'logs'],
      sourceImage: 'ami-0ba5e000',
      snapshotIds: [],
    },
  ];
  return world;
};

interface Standing {
  readonly incumbent?: LifecycleState | 'gone';
  readonly replacement?: LifecycleState;
}

/** A rebuild that has launched its replacement. */
export const aRebuild = ({
  incumbent = 'InService',
  replacement = 'Pending:Wait',
}: Standing = {}): World => {
  const world = aProxyAtRest();
  world.records.set('berlin', { ...emptyRecord, restorePoint: aRestorePoint() });
  world.knownContent.set('baseline', aBaseline());
  world.reports.set('i-old', aReport('i-old'));
  world.reports.set('i-new', aReport('i-new'));
  world.add('i-new', replacement);
  world.instance('i-new').launchTemplate = { id: 'lt-1', version: '2' };
  world.templateVersions.set('2', {
    version: '2',
    description: 'smart-proxy-rebuilder candidate of run-1',
    imageId: 'ami-2',
  });
  world.group.suspendedProcesses = aRestorePoint().suspends;
  world.group.sizes = { min: 1, max: 3, desired: incumbent === 'InService' ? 2 : 1 };
  world.instance('i-old').protectedFromScaleIn = true;
  if (incumbent === 'gone') world.remove('i-old');
  else world.instance('i-old').lifecycleState = incumbent;
  return world;
};

type Changes = Partial<Record<keyof Run, unknown>>;

/** The run's section of content that has passed the gate, of a proxy whose gateway is not used. */
export const filledContent = {
  status: 'ready',
  countTaskId: null,
  report: null,
  filled: true,
  gatewayRow: null,
};

/** The record of an execution; `began` says how many seconds ago each phase did. */
export const aRun = (
  world: World,
  began: Partial<Record<Phase, number>> = {},
  { request, plan, ...changes }: Changes = {},
): object => ({
  execution: { id: executionId, name: 'run-1', startedAt: '2026-11-02T11:00:00.000Z' },
  request: {
    proxy: 'berlin',
    reason: 'scheduled',
    imageId: null,
    instanceId: null,
    ...Object(request),
  },
  phases: Object.fromEntries(
    Object.entries(began).map(([phase, seconds]) => [
      phase,
      { startedAt: new Date(world.now.getTime() - seconds * 1000).toISOString() },
    ]),
  ),
  plan: {
    status: 'ready',
    incumbent: { id: 'i-old', privateIp: '10.0.0.1' },
    adopt: null,
    imageId: 'ami-2',
    launchTemplate: { id: 'lt-1', version: '1' },
    capsuleId: 2,
    expectedSeconds: {},
    ...Object(plan),
  },
  baseline: { status: 'ready', countTaskId: null, report: null, usesGateway: false },
  launch: { status: 'ready', instanceId: 'i-new', privateIp: '10.0.0.2' },
  provision: {
    status: 'ready',
    admitFirst: false,
    certificate: { file: 'a.crt', subject: 'CN=a', expiresAt: '2046-11-02T12:00:00Z' },
  },
  admit: { status: 'ready' },
  ...changes,
});
