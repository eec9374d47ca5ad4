import { describe, expect, test } from '@jest/globals';
import type { ProxyOutcome } from '../../../sandbox/run/story.ts';
import { closings, exampleNames, proxyOf, runExample } from './run.ts';

interface Expected {
  readonly outcome: 'succeeded' | 'failed';
  /** Of the proxy that the scenario is about. */
  readonly proxy: string;
  readonly proxyOutcome: ProxyOutcome;
  readonly failure: string | null;
  /** Of the run, where it ends before any proxy is rebuilt. */
  readonly ofRun?: string;
}

const rebuilt = { outcome: 'succeeded', proxyOutcome: 'rebuilt', failure: null } as const;
const healed = { outcome: 'succeeded', proxyOutcome: 'healed', failure: null } as const;
/** The run ends before an image is baked. */
const notBegun = (failure: string) =>
  ({ outcome: 'failed', proxyOutcome: 'not-attempted', failure: null, ofRun: failure }) as const;
/** Something else in the run has failed. */
const besides = { outcome: 'failed' } as const;
const restored = (failure: string) =>
  ({ outcome: 'failed', proxyOutcome: 'rolled-back', failure }) as const;

const expected: Readonly<Record<string, Expected>> = {
  'abandoned-lock': { ...rebuilt, ...besides, proxy: 'eu-north' },
  'aborted-in-the-console': { ...restored(''), failure: null, proxy: 'eu-south' },
  'aborted-while-nobody-serves': { ...healed, ...besides, proxy: 'eu-north' },
  'api-throttled': { ...rebuilt, proxy: 'eu-north' },
  'bake-fails': {
    outcome: 'failed',
    proxy: 'eu-north',
    proxyOutcome: 'not-attempted',
    failure: null,
  },
  'certificate-lacks-name': { ...restored('CertificateNameMissing'), proxy: 'eu-north' },
  'certificates-expire-heal': { ...healed, proxy: 'eu-north' },
  'certificates-expire-soon': { ...restored('CertificatesExpire'), proxy: 'eu-north' },
  'certificates-expired': { ...restored('CertificatesExpire'), proxy: 'eu-north' },
  'clock-change-night': { ...rebuilt, proxy: 'eu-north' },
  'closed-path': { ...restored('FenceBroken'), proxy: 'eu-north' },
  'content-published': { ...rebuilt, proxy: 'eu-north' },
  'deployment-in-the-middle': { ...rebuilt, proxy: 'eu-north' },
  'dies-unnoticed': { ...healed, ...besides, proxy: 'eu-north' },
  'dies-while-healing': { ...healed, ...besides, proxy: 'eu-north' },
  'disk-full': { ...restored('SyncFailed'), proxy: 'eu-west' },
  'download-policies': { ...rebuilt, proxy: 'eu-north' },
  'files-missing': { ...restored('ContentMissing'), proxy: 'eu-north' },
  'first-launch-stopped': { ...rebuilt, ...besides, proxy: 'eu-north' },
  'executor-restarts': { ...rebuilt, proxy: 'eu-north' },
  'gateway-list-never-arrives': { ...restored('GatewayIncomplete'), proxy: 'eu-north' },
  'gateway-push-lost-once': { ...rebuilt, proxy: 'eu-north' },
  heal: { ...healed, proxy: 'eu-north' },
  'health-replacement': { ...rebuilt, proxy: 'eu-north' },
  'incumbent-dies-mid-sync': { ...rebuilt, proxy: 'eu-north' },
  'installer-fails': { ...restored('ProvisioningFailed'), proxy: 'eu-north' },
  'jobs-interrupted': { ...rebuilt, proxy: 'eu-west' },
  'jobs-drained': { ...rebuilt, proxy: 'eu-west' },
  'jobs-stop-the-rebuild': { ...restored('JobsRunning'), proxy: 'eu-north' },
  'katello-down-for-an-hour': { ...rebuilt, proxy: 'eu-north' },
  'katello-rejects-credentials': { ...notBegun('KatelloRejectsCredentials'), proxy: 'eu-north' },
  'katello-has-another-name': { ...notBegun('KatelloNameMismatch'), proxy: 'eu-north' },
  'katello-of-another-ca': { ...notBegun('CertificateRefused'), proxy: 'eu-north' },
  'large-site': { ...rebuilt, proxy: 'eu-north' },
  'late-event': { ...rebuilt, proxy: 'eu-north' },
  'lost-event': { ...rebuilt, proxy: 'eu-north' },
  'max-lifetime': { ...healed, proxy: 'eu-south' },
  'never-healthy': { ...restored('ReplacementUnhealthy'), proxy: 'eu-north' },
  'no-capacity': { ...restored('LaunchFailed'), proxy: 'eu-north' },
  'normal-cycle': { ...rebuilt, proxy: 'eu-north' },
  'old-address': { ...rebuilt, proxy: 'eu-north' },
  'overlapping-starts': { ...rebuilt, ...besides, proxy: 'eu-north' },
  'permission-denied': { ...restored('AwsForbids'), proxy: 'eu-north' },
  'permission-lost': { ...restored('KatelloForbids'), proxy: 'eu-north' },
  'proxies-of-another-ca': { ...notBegun('CertificateRefused'), proxy: 'eu-north' },
  'published-before-a-rollback': { ...restored('SyncCancelled'), proxy: 'eu-north' },
  'pinned-resolver': { ...restored('ContentContradicted'), proxy: 'eu-north' },
  'redriven-beside-a-rebuild': { ...rebuilt, ...besides, proxy: 'eu-north' },
  'replacement-dies-in-soak': { ...restored('ReplacementUnhealthy'), proxy: 'eu-north' },
  'slack-down': { ...rebuilt, proxy: 'eu-north' },
  'small-repository-empty': { ...restored('ContentMissing'), proxy: 'eu-north' },
  'token-rotated': { ...rebuilt, proxy: 'eu-north' },
  'sync-cancelled': { ...restored('SyncCancelled'), proxy: 'eu-north' },
  'sync-fails-once': { ...rebuilt, proxy: 'eu-north' },
  'sync-hangs': { ...restored('SyncTimedOut'), proxy: 'eu-north' },
  'sync-incomplete': { ...restored('ContentMissing'), proxy: 'eu-north' },
  'sync-pauses-forever': { ...restored('SyncPaused'), proxy: 'eu-west' },
  'user-without-location': { ...notBegun('KatelloForbids'), proxy: 'eu-north' },
};

test.each([
  [
    'eu-north',
    /Compared: metadata of 26 repositories \(on_demand\); packages are fetched when a client asks first/,
  ],
  [
    'eu-west',
    /Compared: metadata of 26 repositories \(streamed\); packages are fetched whenever a client asks/,
  ],
  [
    'eu-south',
    /Compared: metadata and files on disk of 6 repositories \(immediate\); metadata of 20 repositories \(on_demand\)/,
  ],
])('the closing message of %s says what its download policy means', async (proxy, words) => {
  const run = await runExample('download-policies');

  expect(closings(run, proxy)).toEqual([expect.stringMatching(words)]);
});

test('every example says here what comes of it', () => {
  expect(exampleNames).toEqual(Object.keys(expected).sort());
});

describe.each(Object.entries(expected))('%s', (name, { proxy: about, ...wanted }) => {
  test('ends as it should, with every promise kept', async () => {
    const run = await runExample(name);
    const proxy = proxyOf(run, about);

    expect(run.result.invariants.violations).toEqual([]);
    expect(run.result.outcome).toBe(wanted.outcome);
    expect(proxy.outcome).toBe(wanted.proxyOutcome);
    expect(proxy.failure?.name ?? null).toBe(wanted.failure);
    if (wanted.ofRun !== undefined) {
      expect(run.simulation.executions.all()[0]?.error?.name).toBe(wanted.ofRun);
      expect(run.story.events.map(({ kind }) => kind)).not.toContain('bake-started');
    }
    expect(proxy.serving).toBe(
      ['rebuilt', 'healed'].includes(wanted.proxyOutcome) ? proxy.replacement : proxy.incumbent,
    );
    if (wanted.failure !== null) {
      expect(closings(run, about)).toEqual([
        expect.stringContaining(`Failure: ${wanted.failure}: `),
      ]);
      expect(run.result.image.promoted).toBeNull();
    }
  });

  test('leaves a world in which a later run succeeds', async () => {
    const run = await runExample(name, {
      afterwards: (simulation) => simulation.start('rebuild-fleet', 'rebuild-2', { force: true }),
    });
    const later = run.simulation.executions
      .all()
      .find((execution) => execution.name === 'rebuild-2');

    expect(later?.error).toBeNull();
    expect(later?.status).toBe('SUCCEEDED');
    expect(run.result.invariants.violations).toEqual([]);
  });
});
