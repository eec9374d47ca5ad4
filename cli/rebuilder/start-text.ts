import { printable } from '../../functions/domain/printable.ts';
import { duration, plural } from '../../terminal/figures.ts';
import type { Colour } from '../../terminal/stream.ts';
import { heading, type Style } from '../../terminal/style.ts';
import type { AdvisedFailure, ExecutionReference } from './outcome.ts';
import { failureLines, joined, linkLine, table } from './text.ts';

export interface RebuiltProxy {
  readonly name: string;
  readonly outcome: 'rebuilt' | 'failed' | 'not-attempted';
  readonly seconds: number | null;
  readonly failure: AdvisedFailure | null;
  readonly execution: ExecutionReference | null;
}

export interface StartDocument {
  readonly fleet: string;
  readonly execution: ExecutionReference;
  /** `started`: nobody has waited for the end. */
  readonly outcome: 'started' | 'rebuilt' | 'nothing-due' | 'failed';
  readonly seconds: number | null;
  readonly failure: AdvisedFailure | null;
  /** The image that the proxies were rebuilt from. */
  readonly image: string | null;
  readonly proxies: readonly RebuiltProxy[];
}

const words: Readonly<
  Record<RebuiltProxy['outcome'], { readonly text: string; readonly colours: readonly Colour[] }>
> = {
  rebuilt: { text: '✔ rebuilt', colours: ['green'] },
  failed: { text: '✖ not rebuilt', colours: ['red'] },
  'not-attempted': { text: '– not attempted', colours: ['yellow'] },
};

const proxyLines = (proxies: readonly RebuiltProxy[], style: Style): readonly string[] => {
  const rows = table(
    proxies.map(({ name, outcome, seconds }) => [
      words[outcome],
      { text: name, colours: ['bold'] },
      seconds === null ? '' : `in ${duration(seconds)}`,
    ]),
    style,
  );
  return proxies.flatMap(({ failure, execution }, index) => [
    rows[index] ?? '',
    ...failureLines(failure, style),
    ...(failure === null || execution === null
      ? []
      : [linkLine('execution', execution.link, style)]),
  ]);
};

const verdict = ({ outcome, fleet, seconds, proxies }: StartDocument): string => {
  const took = seconds === null ? '' : ` in ${duration(seconds)}`;
  const rebuilt = proxies.filter((proxy) => proxy.outcome === 'rebuilt').length;
  if (outcome === 'nothing-due') return `Nobody of ${fleet} was due; nothing was changed`;
  return outcome === 'rebuilt'
    ? `${plural(rebuilt, 'proxy', 'proxies')} of ${fleet} rebuilt${took}`
    : `${rebuilt} of ${plural(proxies.length, 'proxy', 'proxies')} of ${fleet} rebuilt${took}`;
};

export const startText = (document: StartDocument, style: Style): string => {
  const { execution, outcome, failure, image, proxies, fleet } = document;
  if (outcome === 'started')
    return joined([
      `Watch it with: npm run rebuilder -- status --fleet-name ${printable(fleet)}`,
      linkLine('execution', execution.link, style).trimStart(),
    ]);
  return joined([
    '',
    heading('Result', style),
    style.paint(printable(verdict(document)), 'bold', outcome === 'failed' ? 'red' : 'green'),
    // What one proxy met is said with the proxy.
    ...(proxies.some((proxy) => proxy.failure !== null) ? [] : failureLines(failure, style)),
    ...proxyLines(proxies, style),
    ...(image === null ? [] : [`From the image ${printable(image)}`]),
    linkLine('execution', execution.link, style).trimStart(),
  ]);
};
