import type { Lane, Mark, Story } from '../run/story.ts';
import type { PhaseSpan } from '../world/phase-log.ts';
import { outcomeTone, outcomeWords, type Tone } from './wording.ts';

/** A mark with the sign under which the list explains it: `F1` for a fault, `1` for a decision. */
export interface SignedMark extends Mark {
  readonly sign: string;
}

/** What one lane of the picture shows. */
export interface LaneView {
  readonly title: string;
  readonly outcome: { readonly words: string; readonly tone: Tone } | null;
  readonly phases: readonly PhaseSpan[];
  readonly marks: readonly SignedMark[];
  readonly clients: Lane['clients'];
}

const byTime = (a: { readonly atSeconds: number }, b: { readonly atSeconds: number }): number =>
  a.atSeconds - b.atSeconds;

/** Events of the fleet as a whole, such as a failed bake or Katello being down, are marks of its lane. */
const fleetMarks = ({ events }: Story): readonly Mark[] =>
  events.flatMap(({ atSeconds, kind, proxy, text }) =>
    proxy === null && text !== '' && (kind === 'fault' || kind === 'decision')
      ? [{ atSeconds, kind, text }]
      : [],
  );

/** Signs run through the whole report, so that each stands for one mark only. */
const signer = () => {
  const used = { fault: 0, decision: 0 };
  return (mark: Mark): SignedMark => {
    used[mark.kind] += 1;
    return { ...mark, sign: `${mark.kind === 'fault' ? 'F' : ''}${used[mark.kind]}` };
  };
};

export const laneViews = (story: Story): readonly LaneView[] => {
  const sign = signer();
  const signed = (marks: readonly Mark[]) => [...marks].sort(byTime).map(sign);
  const fleet: LaneView = {
    title: 'Fleet',
    outcome: null,
    phases: story.fleetPhases,
    marks: signed(fleetMarks(story)),
    clients: [],
  };
  const proxies = story.lanes.map((lane): LaneView => {
    const outcome = story.result.proxies.find(({ name }) => name === lane.proxy)?.outcome;
    return {
      title: lane.proxy,
      outcome:
        outcome === undefined ? null : { words: outcomeWords(outcome), tone: outcomeTone[outcome] },
      phases: lane.phases,
      marks: signed(lane.marks),
      clients: lane.clients,
    };
  });
  return [fleet, ...proxies];
};
