import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import type { CancelDocument } from '../../cli/commands/cancel.ts';
import type { HistoryDocument } from '../../cli/commands/history.ts';
import type { PlanDocument } from '../../cli/commands/plan.ts';
import type { StartDocument } from '../../cli/commands/start.ts';
import type { StatusDocument } from '../../cli/commands/status.ts';
import type { ProxyStatus } from '../../cli/proxy-status.ts';
import { stepRunBy } from '../../statemachine/readers/tasks.ts';
import { titleWhere } from '../statemachine/titles.ts';
import { type Called, deaf, inWorld, type Operator } from './operator-world.ts';

const all = ['eu-north', 'eu-south', 'eu-west'];
const rebuildingAWave = titleWhere('rebuild-fleet', ({ Type }) => Type === 'Map');
const waitingForTheSync = titleWhere(
  'rebuild-proxy',
  (state) => state.Type === 'Wait' && stepRunBy(state.Next) === 'checkSync',
);

const servingOf = ({ simulation }: Operator, proxy: string): readonly string[] =>
  [...simulation.world.aws.groups.values()]
    .filter(({ settings }) => settings.proxy === proxy)
    .flatMap((group) => group.members().map(({ id, state }) => `${id} ${state}`));

const incumbentOf = ({ simulation }: Operator, proxy: string): string =>
  `${simulation.world.proxies.get(proxy)?.instanceId} InService`;

const proxyIn = ({ proxies }: StatusDocument, name: string): ProxyStatus => {
  const found = proxies.find((proxy) => proxy.name === name);
  if (found === undefined) throw new Error(`no proxy ${name}`);
  return found;
};

/** A rebuild of the whole fleet, in the middle of the canary's sync. */
const inTheMiddleOfASync = async (operator: Operator): Promise<void> => {
  await operator.call('start');
  await operator.untilPhase('eu-north', 'fill');
  await operator.sleep(4000);
};

describe('plan', () => {
  test('shows which proxies are due, their latest start and the image, and changes nothing', async () => {
    const world = await inWorld(async (operator) => {
      const { exitCode, stdout } = await operator.call('plan');

      expect(exitCode).toBe(0);
      expect(stdout).toMatch(
        /▶ 1 {2}eu-north {2}rebuild {2}by 2026-01-1\d \d\d:\d\d \(in [ \w]+\)/,
      );
      expect(stdout).toContain('eu-north alone as the canary, then 2 proxies at a time');
      expect(stdout).toContain('from a new image baked from ami-0ba5e0000000000b');
      const document = (await operator.json('plan')) as PlanDocument;
      expect(document.plan).toMatchObject({ status: 'dry-run', proxies: all });
    });

    expect(world.executions.all().map(({ machine }) => machine)).toEqual([
      'rebuild-fleet',
      'rebuild-fleet',
    ]);
  });

  test('says who is not due, and rebuilds those too that are named', async () => {
    await inWorld(
      async (operator) => {
        expect((await operator.call('plan')).stdout).toMatch(
          /– +eu-west +not now +by .* 3\.0 days old, due from day 18/,
        );
        const named = (await operator.json(
          'plan --proxies eu-west --image ami-0123456789abcdef0',
        )) as PlanDocument;
        expect(named.plan).toMatchObject({
          proxies: ['eu-west'],
          imageId: 'ami-0123456789abcdef0',
          imageSource: 'given',
        });
      },
      { ageDays: 3 },
    );
  });
});

describe('start --wait', () => {
  test('tells what happens and, in the end, what came of it', async () => {
    await inWorld(async (operator) => {
      const { exitCode, stdout } = await operator.call('start --proxies eu-north --wait');

      expect(exitCode).toBe(0);
      expect(stdout).toMatch(
        /▶ inspect.*▶ provision.*▶ fill.*▶ changeover.*▶ soak.*✔ manual-\w+-eu-north succeeded/s,
      );
      expect(stdout).toMatch(/sync \[█+░+\] +\d+ %/);
      expect(stdout).toContain('✔ rebuilt  eu-north  in 3 h');
      expect(servingOf(operator, 'eu-north')).not.toContain(incumbentOf(operator, 'eu-north'));
    });
  });

  test('ends in exit code 1 and the failure of the proxy when the rebuild fails', async () => {
    await inWorld(
      async (operator) => {
        const { exitCode, stdout } = await operator.call('start --wait --json');

        expect(exitCode).toBe(1);
        const document = JSON.parse(stdout) as StartDocument;
        expect(document).toMatchObject({
          outcome: 'failed',
          proxies: [
            { name: 'eu-north', outcome: 'failed', failure: { name: 'ProvisioningFailed' } },
            { name: 'eu-south', outcome: 'not-attempted', execution: null },
            { name: 'eu-west', outcome: 'not-attempted', execution: null },
          ],
        });
        const { stdout: text } = await operator.call('history --limit 2');
        expect(text).toContain('ProvisioningFailed');
      },
      { faults: [{ fault: 'install-fails' }] },
    );
  });

  test('says so when no proxy is due', async () => {
    await inWorld(
      async (operator) => {
        const { exitCode, stdout } = await operator.call('start --wait');

        expect(exitCode).toBe(0);
        expect(stdout).toContain('No proxy of europe is due; nothing was changed');
      },
      { ageDays: 3 },
    );
  });
});

describe('in the middle of a sync', () => {
  test('status shows phase, progress, age and deadline, and cancel rolls back', async () => {
    const world = await inWorld(async (operator) => {
      await inTheMiddleOfASync(operator);
      const status = (await operator.json('status')) as StatusDocument;
      const { stdout: text } = await operator.call('status');
      const again = await operator.call('start');
      const before = servingOf(operator, 'eu-north');
      const cancelled = await operator.call('cancel');

      const [fleetExecution] = status.executions;
      expect(fleetExecution).toMatchObject({ state: rebuildingAWave, proxies: all });
      const { rebuild, ...north } = proxyIn(status, 'eu-north');
      expect(north).toMatchObject({
        limitAt: '2026-01-11T22:00:00.000Z',
        due: 'later',
        isLeftBehind: false,
      });
      expect(Date.parse(north.startBy ?? '')).toBeLessThan(Date.parse('2026-01-11T20:00:00Z'));
      expect(north.ageDays).toBeCloseTo(20.08, 1);
      expect(rebuild).toMatchObject({
        state: waitingForTheSync,
        phase: 'fill',
        expectedSeconds: 7200,
        waitingFor: expect.stringMatching(/^Katello's sync is running, \d+ %$/),
        sync: { scope: 'complete', attempt: 1 },
      });
      expect(rebuild?.sync?.progress).toBeGreaterThan(0.1);
      expect(proxyIn(status, 'eu-west').rebuild).toBeNull();
      expect(text).toMatch(/▶ manual: fill for 1 h 0\d min, usually 2 h 00 min/);
      expect(text).toContain(`\n    waiting: ${rebuild?.waitingFor}\n`);
      expect(text).toMatch(/sync \[█+░+\] +\d+ % {2}complete, attempt 1/);
      expect(text).toContain('https://eu-central-1.console.aws.amazon.com/states/home');

      expect(again).toMatchObject({
        exitCode: 1,
        stderr: expect.stringMatching(
          /^FleetRebuildInProgress: manual-\w+ has been rebuilding europe since/,
        ),
      });

      expect(before).toHaveLength(2);
      expect(cancelled.exitCode).toBe(0);
      expect(cancelled.stdout).toMatch(/◆ manual-\w+ stopped\n.*◆ manual-\w+-eu-north stopped/);
      expect(cancelled.stdout).toContain('✔ rolled back  eu-north');
      // Not a second after the command has said so, but when it says so.
      expect(servingOf(operator, 'eu-north')).toEqual([incumbentOf(operator, 'eu-north')]);
      expect(proxyIn((await operator.json('status')) as StatusDocument, 'eu-north')).toMatchObject({
        rebuild: null,
        isLeftBehind: false,
      });
    });

    expect(world.checker.violations).toEqual([]);
  });

  test('cancel starts the restore itself when nobody has within a minute', async () => {
    const world = await inWorld(async (operator) => {
      await inTheMiddleOfASync(operator);
      const begunAt = Date.now();
      const { exitCode, stdout } = await operator.call('cancel', deaf);

      expect(exitCode).toBe(0);
      expect(stdout).toContain('EventBridge has not started a rollback; starting one');
      expect(Date.now() - begunAt).toBeGreaterThan(60_000);
    });

    const own = world.executions.all().filter(({ name }) => name.startsWith('cancel-'));
    expect(own.map(({ status, input }) => ({ status, input }))).toEqual([
      {
        status: 'SUCCEEDED',
        input: {
          proxy: 'eu-north',
          reason: 'rollback',
          interrupted: expect.stringMatching(
            /:execution:smart-proxy-europe-rebuild-proxy:manual-.*-eu-north$/,
          ),
        },
      },
    ]);
  });

  test('cancel waits for a rollback that it has not seen and that still holds the lock', async () => {
    await inWorld(
      async (operator) => {
        await inTheMiddleOfASync(operator);
        // The function that rolls back is asleep, so that the rollback of EventBridge takes more than a minute.
        const { exitCode, stdout } = await operator.call('cancel --json', deaf);
        const { proxies } = JSON.parse(stdout) as CancelDocument;

        expect(exitCode).toBe(0);
        expect(proxies).toMatchObject([
          { outcome: 'rolled-back', rollback: { name: expect.stringMatching(/^rollback-/) } },
        ]);
        expect(servingOf(operator, 'eu-north')).toEqual([incumbentOf(operator, 'eu-north')]);
      },
      { idleDays: 21 },
    );
  });

  test('cancel of the execution of the fleet stops the rebuild that it has begun', async () => {
    await inWorld(async (operator) => {
      await inTheMiddleOfASync(operator);
      const { executions } = (await operator.json('status')) as StatusDocument;
      const name = executions[0]?.execution.name ?? '';
      const document = (await operator.json(`cancel ${name}`)) as CancelDocument;

      expect(document.stopped.map((stopped) => stopped.name)).toEqual([name, `${name}-eu-north`]);
      expect(document.proxies).toMatchObject([{ name: 'eu-north', outcome: 'rolled-back' }]);
      expect(await operator.call(`cancel ${name}`)).toMatchObject({
        exitCode: 2,
        stderr: `${name}: already ended; "status" lists what is running`,
      });
    });
  });

  test('cancel follows the next rollback when somebody stops the first', async () => {
    await inWorld(async (operator) => {
      await inTheMiddleOfASync(operator);
      const cancelling = operator.call('cancel');
      await operator.sleep(12);
      const [rollback] = operator.simulation.executions
        .all()
        .filter(({ name }) => name.startsWith('rollback-'));
      rollback?.stop();
      const { exitCode, stdout } = await cancelling;

      expect(exitCode).toBe(0);
      expect(stdout).toMatch(/✖ rollback-manual-.*Stopped.*✔ rollback-rollback-manual-/s);
      expect(servingOf(operator, 'eu-north')).toEqual([incumbentOf(operator, 'eu-north')]);
    });
  });

  test('cancel ends in exit code 1 when the rollback fails, and can then be tried again', async () => {
    await inWorld(
      async (operator) => {
        await inTheMiddleOfASync(operator);
        const failed = await operator.call('cancel --json');
        // Two more rollbacks follow by themselves, and fail as the first one did.
        await operator.sleep(6 * 3600);
        const again = (await operator.json('cancel --proxy eu-north')) as CancelDocument;

        expect(failed.exitCode).toBe(1);
        expect((JSON.parse(failed.stdout) as CancelDocument).proxies).toMatchObject([
          { name: 'eu-north', outcome: 'not-rolled-back', failure: { name: 'AwsUnavailable' } },
        ]);
        expect(again.proxies).toMatchObject([
          { name: 'eu-north', outcome: 'rolled-back', stopped: null },
        ]);
        expect(servingOf(operator, 'eu-north')).toEqual([incumbentOf(operator, 'eu-north')]);
      },
      {
        faults: [
          {
            fault: 'api-throttled',
            service: 'elasticloadbalancing',
            at: { phase: 'rollback' },
            forSeconds: 6 * 3600,
          },
        ],
      },
    );
  });

  test('history lists what was stopped and what rolled it back, newest first', async () => {
    await inWorld(async (operator) => {
      await operator.call('plan');
      await inTheMiddleOfASync(operator);
      await operator.call('cancel --proxy eu-north');
      // The fleet's own execution runs to its end, which is a failure.
      await operator.sleep(120);

      const whole = (await operator.json('history')) as HistoryDocument;
      expect(
        whole.executions.map(({ machine, proxy, reason, result }) => [
          machine,
          proxy,
          reason,
          result,
        ]),
      ).toEqual([
        // It follows the refill.
        ['rebuild-proxy', 'eu-north', 'rollback', 'running'],
        ['rebuild-proxy', 'eu-north', 'manual', 'stopped'],
        ['rebuild-fleet', null, 'manual', 'failed'],
      ]);
      const some = (await operator.json('history --proxy eu-north --limit 1')) as HistoryDocument;
      expect(some.executions).toEqual(whole.executions.slice(0, 1));
      const unimportant = (await operator.json('history --all')) as HistoryDocument;
      expect(unimportant.executions.map(({ result }) => result)).toContain('nothing-to-do');
      expect(unimportant.executions.at(-1)?.name).toMatch(/^plan-/);
    });
  });
});

describe('cancel', () => {
  test('does nothing where nothing runs', async () => {
    await inWorld(async (operator) => {
      const { exitCode, stdout } = await operator.call('cancel');

      expect(exitCode).toBe(0);
      expect(stdout).toContain('Nothing was running; nothing to roll back.');
    });
  });
});

describe('text', () => {
  test('has colours on a terminal only, and says the same without', async () => {
    await inWorld(async (operator) => {
      const environment = { SMART_PROXY_FLEET: 'europe' };
      const terminal = { isTTY: true, columns: 100 };
      const plain = await operator.call('status', environment);
      const coloured = await operator.call('status', environment, terminal);
      const unwanted = await operator.call('status', { ...environment, NO_COLOR: '1' }, terminal);

      expect(coloured.stdout).not.toBe(plain.stdout);
      expect(stripVTControlCharacters(coloured.stdout)).toBe(plain.stdout);
      expect(unwanted.stdout).toBe(plain.stdout);
    });
  });
});

describe('bad input', () => {
  test('is reported line by line on stderr, and as JSON for machines, with exit code 2', async () => {
    const calls: Called[] = [];
    const world = await inWorld(async ({ call }) => {
      calls.push(await call('start --proxies eu-nroth,eu-north,eu-east'));
      calls.push(await call('status --fleet-name asia --json'));
      calls.push(await call('cancel manual-1'));
      calls.push(await call('start --speed fast'));
    });

    const [proxies, fleet, execution, usage] = calls;
    expect(calls.map(({ exitCode }) => exitCode)).toEqual([2, 2, 2, 2]);
    expect(proxies?.stdout).toBe('');
    expect(proxies?.stderr.split('\n')).toEqual([
      '--proxies: fleet europe has no proxy eu-nroth. Proxies: eu-north, eu-south, eu-west',
      '--proxies: fleet europe has no proxy eu-east. Proxies: eu-north, eu-south, eu-west',
    ]);
    expect(fleet?.stderr).toMatch(/^--fleet-name: fleet asia is not deployed/);
    expect(JSON.parse(fleet?.stdout ?? '')).toEqual({ problems: fleet?.stderr.split('\n') });
    expect(execution?.stderr).toBe(
      'manual-1: no such execution in this fleet; "status" lists what is running',
    );
    expect(usage?.stderr).toMatch(/^--speed: unknown option/);
    expect(world.executions.all()).toEqual([]);
  });
});

test('start offers to cancel an execution that only waits for its maintenance window', async () => {
  await inWorld(
    async (operator) => {
      // Ten in the morning: the sweep finds everybody due, and the window closed.
      await operator.sleep(12 * 3600);
      operator.simulation.executions.start('rebuild-fleet', 'sweep', { reason: 'scheduled' });
      await operator.sleep(60);

      expect(await operator.call('start --proxies eu-south')).toMatchObject({
        exitCode: 1,
        stderr: expect.stringMatching(
          /^FleetRebuildInProgress: sweep has been waiting for its maintenance window since \S+ .* "cancel sweep"/,
        ),
      });
      expect(await operator.call('cancel sweep')).toMatchObject({ exitCode: 0 });
      expect(await operator.call('start --proxies eu-south')).toMatchObject({ exitCode: 0 });
    },
    { ageDays: 18.5 },
  );
});

describe('what AWS refuses', () => {
  test('is reported with its name and what to do, with exit code 1', async () => {
    await inWorld(
      async (operator) => {
        expect(await operator.call('status')).toMatchObject({
          exitCode: 1,
          stdout: '',
          stderr: expect.stringMatching(/^AwsUnavailable: .*ListExecutions.*\nAWS did not answer/s),
        });
        expect(await operator.json('status')).toMatchObject({
          failure: { name: 'AwsUnavailable', advice: expect.any(String) },
        });
      },
      { faults: [{ fault: 'api-throttled', service: 'states' }] },
    );
  });
});
