import { describe, expect, test } from '@jest/globals';
import { proxyOf, runFaults } from './run.ts';

/** An administrator denies what the roles of the state machines allow. */
describe('a state machine', () => {
  test('that may not invoke functions waits until it may again', async () => {
    const run = await runFaults(
      [
        {
          fault: 'permission-denied',
          action: 'lambda:InvokeFunction',
          at: { phase: 'soak' },
          forSeconds: 1800,
        },
      ],
      { proxies: ['eu-north'] },
    );

    expect([...run.simulation.world.aws.iam.deniedActions.keys()]).toEqual([
      'lambda:InvokeFunction',
    ]);
    expect(run.result.invariants.violations).toEqual([]);
    expect(proxyOf(run, 'eu-north').outcome).toBe('rebuilt');
  });

  test('that may not start a build leaves every proxy alone and says why', async () => {
    const run = await runFaults([{ fault: 'permission-denied', action: 'codebuild:StartBuild' }], {
      proxies: ['eu-north'],
    });
    const messages = run.result.slack.map(({ text }) => text).join('\n');

    expect(run.result.invariants.violations).toEqual([]);
    expect(proxyOf(run, 'eu-north').outcome).not.toBe('rebuilt');
    expect(messages).toContain('codebuild:StartBuild');
  });
});
