import { below, heading, type Style } from '../../terminal/style.ts';
import type { ExecutionStatus } from './executions.ts';
import type { AdvisedFailure, ExecutionReference } from './outcome.ts';
import { failureLines, joined, linkLine, table } from './text.ts';

export interface CancelledProxy {
  readonly name: string;
  readonly outcome: 'put-back' | 'not-put-back';
  /** `null` when an earlier rebuild was cut off, and not by this command. */
  readonly stopped: ExecutionReference | null;
  readonly restore: ExecutionReference;
  /** The instance that serves now. */
  readonly serving: string | null;
  readonly failure: AdvisedFailure | null;
}

export interface CancelDocument {
  readonly fleet: string;
  readonly stopped: readonly (ExecutionReference & { readonly status: ExecutionStatus })[];
  readonly proxies: readonly CancelledProxy[];
}

export const cancelText = ({ fleet, stopped, proxies }: CancelDocument, style: Style): string => {
  const title = heading(`Cancelled in ${fleet}`, style);
  if (stopped.length === 0 && proxies.length === 0)
    return joined([title, 'Nothing was running, and nothing had to be put back.']);
  const rows = table(
    proxies.map(({ name, outcome, serving }) => [
      outcome === 'put-back'
        ? { text: '✔ everything is put back', colours: ['green'] }
        : { text: '✖ not put back', colours: ['bold', 'red'] },
      { text: name, colours: ['bold'] },
      serving === null ? 'nothing serves' : `${serving} serves`,
    ]),
    style,
  );
  return joined([
    '',
    title,
    ...(proxies.length === 0 ? ['Stopped; nothing had to be put back.'] : []),
    ...proxies.flatMap(({ name, outcome, failure, restore }, index) => [
      rows[index] ?? '',
      ...failureLines(failure, style),
      ...(outcome === 'put-back'
        ? []
        : below(`Then try again: npm run rebuilder -- cancel --proxy ${name}`, style)),
      linkLine('restore', restore.link, style),
    ]),
  ]);
};
