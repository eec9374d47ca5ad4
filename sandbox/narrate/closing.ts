import { count, virtualClock } from '../report/figures.ts';
import type { RunResult, Story } from '../report/story.ts';
import { costItems, invariantsLine, runTone, verdict } from '../report/wording.ts';
import { wrap } from './columns.ts';
import { proxyTable, toneColour } from './proxy-table.ts';
import { type Paint, painter, printable } from './terminal.ts';

export interface ClosingOptions {
  readonly coloured: boolean;
  /** Where the HTML report was written; `null` where none was. */
  readonly reportPath: string | null;
  /** Width of the terminal. Lines are never folded below 80 columns nor spread beyond 120. */
  readonly columns?: number | undefined;
}

const labelWidth = 12;

const heading = (text: string, columns: number, paint: Paint): string =>
  paint(`── ${text} `.padEnd(columns, '─'), 'dim');

const labelled = (label: string, text: string, columns: number, paint: Paint): string => {
  const lines = wrap(printable(text), columns - labelWidth);
  return paint(label.padEnd(labelWidth), 'bold') + lines.join(`\n${' '.repeat(labelWidth)}`);
};

const slackMessages = ({ slack }: RunResult, columns: number, paint: Paint): readonly string[] => {
  if (slack.length === 0) return ['none'];
  return slack.map(({ atSeconds, text }) => {
    const clock = virtualClock(atSeconds);
    const indent = ' '.repeat(clock.length + 2);
    const lines = wrap(printable(text).trim(), columns - indent.length);
    return `${paint(clock, 'dim')}  ${lines.join(`\n${indent}`)}`;
  });
};

const violations = ({ invariants }: RunResult, columns: number, paint: Paint): readonly string[] =>
  invariants.violations.map(({ atSeconds, proxy, invariant, text }) =>
    wrap(
      printable(`  ✖ ${virtualClock(atSeconds)}  ${proxy ?? 'fleet'}: ${invariant}: ${text}`),
      columns - 4,
    )
      .map((line, index) => paint(index === 0 ? `  ${line}` : `    ${line}`, 'red'))
      .join('\n'),
  );

const imageLine = ({ image }: RunResult): string => {
  if (image.candidate === null) return 'none baked or given';
  return image.promoted === null
    ? `${image.candidate} was not promoted`
    : `${image.promoted} is promoted`;
};

/** What the run came to: the last thing that the sandbox prints. Ends with a line break. */
export const closing = (story: Story, options: ClosingOptions): string => {
  const { result } = story;
  const paint = painter(options.coloured);
  const columns = Math.min(120, Math.max(80, options.columns ?? 100));
  const cost = costItems(result).map(([value, unit]) => `${count(value)} ${unit}`);
  const sections = [
    '',
    heading('Result', columns, paint),
    paint(`${verdict(result)} (seed ${result.seed})`, 'bold', toneColour[runTone[result.outcome]]),
    '',
    ...proxyTable(result.proxies, columns, paint),
    heading('Slack', columns, paint),
    ...slackMessages(result, columns, paint),
    '',
    heading('Run', columns, paint),
    labelled('Image', imageLine(result), columns, paint),
    labelled('Invariants', invariantsLine(result), columns, paint),
    ...violations(result, columns, paint),
    labelled('Cost', cost.join(' · '), columns, paint),
    ...(options.reportPath === null
      ? []
      : [paint('Report'.padEnd(labelWidth), 'bold') + options.reportPath]),
  ];
  return `${sections.join('\n')}\n`;
};
