import type { MachineName } from '../../functions/domain/resource-names.ts';
import type { Reason } from '../../functions/domain/sections.ts';
import { duration } from '../../terminal/figures.ts';
import type { Colour } from '../../terminal/stream.ts';
import { below, heading, type Style } from '../../terminal/style.ts';
import { instant } from './moments.ts';
import type { AdvisedFailure, ExecutionReference } from './outcome.ts';
import { type Cell, joined, linkLine, table } from './text.ts';

export type HistoryResult =
  | 'running'
  | 'rebuilt'
  | 'healed'
  | 'put-back'
  | 'nothing-to-do'
  | 'failed'
  | 'stopped';

export interface HistoryEntry extends ExecutionReference {
  readonly machine: MachineName;
  /** `null` of an execution of the whole fleet. */
  readonly proxy: string | null;
  readonly reason: Reason | null;
  readonly result: HistoryResult;
  readonly startedAt: string;
  readonly endedAt: string | null;
  /** Until now, while it runs. */
  readonly seconds: number;
  readonly failure: AdvisedFailure | null;
}

export interface HistoryDocument {
  readonly fleet: string;
  /** Newest first. */
  readonly executions: readonly HistoryEntry[];
}

const looks: Readonly<
  Record<HistoryResult, { readonly text: string; readonly colours: readonly Colour[] }>
> = {
  running: { text: '▶ running', colours: ['bold'] },
  rebuilt: { text: '✔ rebuilt', colours: ['green'] },
  healed: { text: '✔ healed', colours: ['green'] },
  'put-back': { text: '✔ put back', colours: ['green'] },
  'nothing-to-do': { text: '– nothing to do', colours: ['dim'] },
  failed: { text: '✖ failed', colours: ['red'] },
  stopped: { text: '✖ stopped', colours: ['yellow'] },
};

const row = ({
  startedAt,
  proxy,
  reason,
  result,
  seconds,
  name,
}: HistoryEntry): readonly (Cell | string)[] => [
  { text: instant(startedAt), colours: ['dim'] },
  proxy === null ? { text: 'the fleet', colours: ['bold'] } : proxy,
  reason ?? '',
  looks[result],
  duration(seconds),
  { text: name, colours: ['dim'] },
];

export const historyText = ({ fleet, executions }: HistoryDocument, style: Style): string => {
  const title = heading(`What ran in ${fleet}, newest first, in UTC`, style);
  if (executions.length === 0) return joined([title, 'Nothing.']);
  const rows = table(executions.map(row), style);
  return joined([
    title,
    ...executions.flatMap(({ failure, link }, index) => [
      rows[index] ?? '',
      ...(failure === null
        ? []
        : [
            ...below(`${failure.name}: ${failure.cause.split('\n')[0] ?? ''}`, style, 'red'),
            linkLine('execution', link, style),
          ]),
    ]),
  ]);
};
