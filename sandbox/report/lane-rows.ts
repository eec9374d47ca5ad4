import type { Lane, Mark, Story, Wait } from '../run/story.ts';
import type { PhaseSpan } from '../world/phase-log.ts';
import { outcomeTone, outcomeWords, type Tone } from './wording.ts';

/** One row of a lane: a phase, a reason to wait, a fault or a decision, with every time at which there was one. */
export interface Row {
  readonly kind: 'phase' | 'wait' | Mark['kind'];
  readonly name: string;
  /** Oldest first; a fault or a decision takes no time. */
  readonly spans: readonly Omit<PhaseSpan, 'name'>[];
}

/** What the timeline shows of a proxy, or of the fleet as a whole. */
export interface LaneRows {
  readonly title: string;
  readonly outcome: { readonly words: string; readonly tone: Tone } | null;
  /** In the order in which each began first. */
  readonly rows: readonly Row[];
  readonly clients: Lane['clients'];
}

const rowsOf = (
  phases: readonly PhaseSpan[],
  marks: readonly Mark[],
  waits: readonly Wait[] = [],
): readonly Row[] => {
  const entries = [
    ...phases.map((phase) => ({ kind: 'phase' as const, ...phase })),
    ...waits.map(({ reason, ...span }) => ({ kind: 'wait' as const, name: reason, ...span })),
    ...marks.map(({ kind, text, atSeconds }) => ({
      kind,
      name: text,
      startSeconds: atSeconds,
      endSeconds: atSeconds,
    })),
  ].toSorted((one, other) => one.startSeconds - other.startSeconds);
  const rows = Map.groupBy(entries, ({ kind, name }) => `${kind} ${name}`).values();
  return [...rows].flatMap(([first, ...more]) =>
    first === undefined ? [] : [{ kind: first.kind, name: first.name, spans: [first, ...more] }],
  );
};

/** Events of the fleet as a whole, such as a failed bake or Katello being down, are marks of its lane. */
const fleetMarks = ({ events }: Story): readonly Mark[] =>
  events.flatMap(({ atSeconds, kind, proxy, text }) =>
    proxy === null && text !== '' && (kind === 'fault' || kind === 'decision')
      ? [{ atSeconds, kind, text }]
      : [],
  );

export const laneRows = (story: Story): readonly LaneRows[] => [
  {
    title: 'Fleet',
    outcome: null,
    rows: rowsOf(story.fleetPhases, fleetMarks(story)),
    clients: [],
  },
  ...story.lanes.map(({ proxy, phases, waits, marks, clients }): LaneRows => {
    const outcome = story.result.proxies.find(({ name }) => name === proxy)?.outcome;
    return {
      title: proxy,
      outcome:
        outcome === undefined ? null : { words: outcomeWords(outcome), tone: outcomeTone[outcome] },
      rows: rowsOf(phases, marks, waits),
      clients,
    };
  }),
];
