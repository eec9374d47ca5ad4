import type { Lane, Mark, ProxyResult, RunResult, Story } from '../../../sandbox/run/story.ts';
import type { PhaseSpan } from '../../../sandbox/world/phase-log.ts';

/** Phases one after the other, from their lengths in minutes. */
export const phasesFrom = (
  startSeconds: number,
  ...lengths: readonly (readonly [string, number])[]
): readonly PhaseSpan[] => {
  let at = startSeconds;
  return lengths.map(([name, lengthMinutes]) => {
    const span = { name, startSeconds: at, endSeconds: at + lengthMinutes * 60 };
    at = span.endSeconds;
    return span;
  });
};

export const aProxy = (overrides: Partial<ProxyResult> = {}): ProxyResult => ({
  name: 'berlin',
  outcome: 'rebuilt',
  failure: null,
  incumbent: 'i-0a1b2c3d4e5f60718',
  replacement: 'i-0f9e8d7c6b5a40312',
  serving: 'i-0f9e8d7c6b5a40312',
  images: { before: 'ami-0123456789abcdef0', after: 'ami-0fedcba9876543210' },
  clientSeconds: { served: 7200, incomplete: 0, down: 0 },
  phases: phasesFrom(600, ['inspect', 1], ['launch', 24], ['fill', 60], ['retire', 5]),
  ...overrides,
});

export const aResult = (overrides: Partial<RunResult> = {}): RunResult => ({
  outcome: 'succeeded',
  seed: 1,
  virtualSeconds: 7200,
  image: { candidate: 'ami-0fedcba9876543210', promoted: 'ami-0fedcba9876543210' },
  proxies: [aProxy()],
  invariants: { checked: 1234, violations: [] },
  slack: [{ atSeconds: 6000, text: 'berlin is rebuilt' }],
  cost: { stateTransitions: 210, functionInvocations: 180, awsCalls: 640, katelloCalls: 95 },
  ...overrides,
});

export const aLane = (overrides: Partial<Lane> = {}): Lane => ({
  proxy: 'berlin',
  phases: aProxy().phases,
  waits: [],
  marks: [],
  clients: [{ fromSeconds: 0, toSeconds: 7200, view: 'served' }],
  ...overrides,
});

export const aStory = (overrides: Partial<Story> = {}): Story => ({
  title: 'A normal cycle',
  description: 'Every proxy is rebuilt while its clients are served.',
  startedAt: '2026-03-01T01:00:00.000Z',
  result: aResult(),
  fleetPhases: phasesFrom(0, ['bake', 10]),
  lanes: [aLane()],
  events: [{ atSeconds: 600, proxy: 'berlin', kind: 'phase', text: 'inspect' }],
  ...overrides,
});

export const aMark = (overrides: Partial<Mark> = {}): Mark => ({
  atSeconds: 3600,
  kind: 'fault',
  text: 'The sync task ends in stopped/error',
  ...overrides,
});
