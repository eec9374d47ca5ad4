import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type CancelDocument, cancelText } from '../../cli/commands/cancel.ts';
import { type HistoryDocument, historyText } from '../../cli/commands/history.ts';
import { type PlanDocument, planText } from '../../cli/commands/plan.ts';
import { type StartDocument, startText } from '../../cli/commands/start.ts';
import { type StatusDocument, statusText } from '../../cli/commands/status.ts';
import {
  type AdvisedFailure,
  type ExecutionReference,
  executionLink,
  groupLink,
  taskLink,
} from '../../cli/document.ts';
import { printable } from '../../functions/domain/printable.ts';
import { closing } from '../../sandbox/rehearse/closing.ts';
import { Narrator } from '../../terminal/narrator.ts';
import { type Style, styleFor } from '../../terminal/style.ts';
import { aProxy, aResult, aStory, phasesFrom } from '../sandbox/report/a-story.ts';
import { hostileText, unsafeSigns } from './texts.ts';

/** Our own colours are the only escape sequences, and line breaks the only control characters. */
const expectHarmless = (shown: string): void => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what colours are made of
  const rest = shown.replaceAll(/\u001b\[(\d+(;\d+)*)?m/g, '').replaceAll('\n', '');
  expect(rest).not.toMatch(unsafeSigns);
};

/** With colours off, no escape sequence at all is ours. */
const expectHarmlessIn = (render: (style: Style) => readonly string[]): void => {
  expectHarmless(render(styleFor({ columns: 80 }, true)).join('\n'));
  const plain = render(styleFor({ columns: 80 }, false)).join('\n');
  expect(plain).not.toContain('\u001b');
  expectHarmless(plain);
};

const at = '2026-11-01T12:00:00.000Z';
const orNull = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.option(arbitrary, { nil: null });

const execution: fc.Arbitrary<ExecutionReference> = fc
  .record({ name: hostileText, arn: hostileText })
  .map((one) => ({ ...one, link: executionLink(one.arn) }));
const failure: fc.Arbitrary<AdvisedFailure> = fc.record({
  name: hostileText,
  cause: hostileText,
  advice: hostileText,
});

const planDocument: fc.Arbitrary<PlanDocument> = fc.record({
  fleet: hostileText,
  at: fc.constant(at),
  execution,
  plan: orNull(
    fc.record({
      status: fc.constant('dry-run' as const),
      fleet: hostileText,
      reason: fc.constant('manual' as const),
      proxies: fc.array(hostileText, { maxLength: 3 }),
      verdicts: fc.array(
        fc.record({
          name: hostileText,
          due: hostileText,
          why: hostileText,
          startBy: fc.constantFrom(null, at),
        }),
        { maxLength: 3 },
      ),
      concurrency: fc.nat(20),
      hasCanary: fc.boolean(),
      imageId: orNull(hostileText),
      imageSource: fc.constantFrom('given', 'fresh', 'bake'),
      baseImage: hostileText,
      foremanVersion: hostileText,
      katelloVersion: hostileText,
      features: hostileText,
      startAt: hostileText,
    }),
  ),
  failure: orNull(failure),
});

const startDocument: fc.Arbitrary<StartDocument> = fc.record({
  fleet: hostileText,
  execution,
  outcome: fc.constantFrom('started', 'rebuilt', 'nothing-due', 'failed'),
  seconds: orNull(fc.nat()),
  failure: orNull(failure),
  image: orNull(hostileText),
  proxies: fc.array(
    fc.record({
      name: hostileText,
      outcome: fc.constantFrom('rebuilt', 'failed', 'not-attempted'),
      seconds: orNull(fc.nat()),
      failure: orNull(failure),
      execution: orNull(execution),
    }),
    { maxLength: 3 },
  ),
});

const historyDocument: fc.Arbitrary<HistoryDocument> = fc.record({
  fleet: hostileText,
  executions: fc.array(
    fc
      .record({
        proxy: orNull(hostileText),
        result: fc.constantFrom('running', 'failed', 'stopped', 'rebuilt'),
        seconds: fc.nat(),
        failure: orNull(failure),
        reference: execution,
      })
      .map(({ reference, ...entry }) => ({
        ...reference,
        ...entry,
        machine: 'rebuild-proxy' as const,
        reason: 'manual' as const,
        startedAt: at,
        endedAt: null,
      })),
    { maxLength: 3 },
  ),
});

const cancelDocument: fc.Arbitrary<CancelDocument> = fc.record({
  fleet: hostileText,
  stopped: fc.constant([]),
  proxies: fc.array(
    fc.record({
      name: hostileText,
      outcome: fc.constantFrom('rolled-back', 'not-rolled-back'),
      stopped: fc.constant(null),
      rollback: execution,
      serving: orNull(hostileText),
      failure: orNull(failure),
    }),
    { maxLength: 3 },
  ),
});

const running = { reason: 'manual' as const, startedAt: at };
const statusDocument: fc.Arbitrary<StatusDocument> = fc
  .tuple(hostileText, hostileText, hostileText, execution)
  .map(([one, other, third, reference]) => ({
    fleet: one,
    region: other,
    at,
    limitDays: 21,
    executions: [{ ...running, execution: reference, state: third, proxies: [one, other] }],
    proxies: [null, reference].map((rebuild) => ({
      name: one,
      launchedAt: at,
      ageDays: 1,
      limitAt: at,
      startBy: at,
      due: 'now' as const,
      why: other,
      instances: [{ id: third, lifecycleState: 'InService' as const, healthy: false }],
      lastRebuild: null,
      rebuild: rebuild && {
        ...running,
        execution: rebuild,
        state: third,
        phase: null,
        phaseStartedAt: null,
        expectedSeconds: null,
        waitingFor: one,
        sync: {
          taskId: other,
          scope: 'complete' as const,
          attempt: 1,
          progress: 0.5,
          startedAt: at,
          link: taskLink('https://katello.example.com', other),
        },
      },
      refill: {
        since: at,
        attempt: 1,
        isGivenUp: false,
        link: taskLink('https://katello.example.com', other),
      },
      isLeftBehind: true,
      link: groupLink(other, third),
    })),
  }));

describe('what the command line shows of texts of others', () => {
  test('as a plan holds no escape sequence of theirs', () => {
    fc.assert(
      fc.property(planDocument, (one) => expectHarmlessIn((style) => planText(one, style))),
      { numRuns: 60 },
    );
  });
  test('as the end of a rebuild holds no escape sequence of theirs', () => {
    fc.assert(
      fc.property(startDocument, (one) => expectHarmlessIn((style) => startText(one, style))),
      { numRuns: 60 },
    );
  });
  test('as history holds no escape sequence of theirs', () => {
    fc.assert(
      fc.property(historyDocument, (one) => expectHarmlessIn((style) => historyText(one, style))),
      { numRuns: 60 },
    );
  });
  test('as what was cancelled holds no escape sequence of theirs', () => {
    fc.assert(
      fc.property(cancelDocument, (one) => expectHarmlessIn((style) => cancelText(one, style))),
      { numRuns: 60 },
    );
  });
  test('as status holds no escape sequence of theirs', () => {
    fc.assert(
      fc.property(statusDocument, (one) => expectHarmlessIn((style) => statusText(one, style))),
      { numRuns: 60 },
    );
  });
});

describe('what the sandbox tells of texts of others', () => {
  test('as it happens holds no escape sequence of theirs', () => {
    const event = fc.record({
      atSeconds: fc.nat(1_000_000),
      proxy: orNull(hostileText),
      kind: fc.constantFrom('phase', 'fault', 'slack', 'sync-progress', 'failed'),
      text: hostileText,
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 5 }), fc.boolean(), (events, coloured) => {
        const written: string[] = [];
        const stream = { columns: 80, write: (text: string) => written.push(text) };
        const narrator = new Narrator(stream, { proxies: ['berlin'], coloured });
        for (const one of events) narrator.tell(one);
        const shown = written.join('');
        if (!coloured) expect(shown).not.toContain('\u001b');
        expectHarmless(shown);
      }),
      { numRuns: 60 },
    );
  });

  test('at its end holds no escape sequence of theirs', () => {
    fc.assert(
      fc.property(hostileText, hostileText, fc.boolean(), (one, other, coloured) => {
        const result = aResult({
          image: { candidate: one, promoted: other },
          slack: [{ atSeconds: 1, text: one }],
          invariants: {
            checked: 1,
            violations: [{ invariant: one, atSeconds: 1, proxy: other, text: one }],
          },
          proxies: [
            aProxy({
              name: one,
              failure: { name: other, cause: one },
              incumbent: other,
              replacement: one,
              serving: other,
              images: { before: one, after: other },
              phases: phasesFrom(0, [one, 9]),
            }),
          ],
        });
        const options = { coloured, reportPath: '/tmp/report.html', columns: 80 };
        const shown = closing(aStory({ result }), options);
        if (!coloured) expect(shown).not.toContain('\u001b');
        expectHarmless(shown);
      }),
      { numRuns: 60 },
    );
  });
});

// biome-ignore format: one line a text.
test.each([
  ['\u001b[1;31mred\u001b[0m', 'red'],
  ['\u001b]8;;https://evil.example\u0007here\u001b]8;;\u0007', 'here'],
  ['\u001b]8;;https://evil.example\u001b\\here\u001b]8;;\u001b\\', 'here'],
  ['\u001b]0;a title that never ends', '0;a title that never ends'],
  ['\u009b2Jgone', 'gone'],
  ['\u001b(Bplain\u001bc', 'plain'],
  ['a\u001b', 'a'],
  ['\u001b\u001b[2J[2Jx', '[2Jx'],
  ['\u001b[\u001b[31mx', 'x'],
  ['a\tb\nc\rd', 'a b\ncd'],
])('%j is shown as %j', (text, shown) => {
  expect(printable(text)).toBe(shown);
});

test.each([
  ['brackets', '\u001b['.repeat(50_000)],
  ['parameters', `\u001b[${'1;'.repeat(50_000)}`],
  ['commands without end', '\u001b]8;;x'.repeat(20_000)],
])('a long text of %s is read in time', (_what, text) => {
  const before = performance.now();
  expect(printable(text)).not.toContain('\u001b');

  expect(performance.now() - before).toBeLessThan(2000);
});
