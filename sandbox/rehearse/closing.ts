import { printable } from '../../functions/domain/printable.ts';
import { wrap } from '../../terminal/columns.ts';
import { count, elapsedClock } from '../../terminal/figures.ts';
import { heading, type Style, styleFor } from '../../terminal/style.ts';
import { costItems, invariantsLine, runTone, verdict } from '../report/wording.ts';
import type { RunResult, Story } from '../run/story.ts';
import { proxyTable, toneColour } from './proxy-table.ts';

export interface ClosingOptions {
  readonly coloured: boolean;
  /** Where the HTML report was written; `null` where none was. */
  readonly reportPath: string | null;
  /** Width of the terminal. */
  readonly columns?: number | undefined;
}

const labelWidth = 12;

const labelled = (label: string, text: string, { columns, paint }: Style): string => {
  const lines = wrap(printable(text), columns - labelWidth);
  return paint(label.padEnd(labelWidth), 'bold') + lines.join(`\n${' '.repeat(labelWidth)}`);
};

const slackMessages = ({ slack }: RunResult, { columns, paint }: Style): readonly string[] => {
  if (slack.length === 0) return ['none'];
  return slack.map(({ atSeconds, text }) => {
    const clock = elapsedClock(atSeconds);
    const indent = ' '.repeat(clock.length + 2);
    const lines = wrap(printable(text).trim(), columns - indent.length);
    return `${paint(clock, 'dim')}  ${lines.join(`\n${indent}`)}`;
  });
};

const violations = ({ invariants }: RunResult, { columns, paint }: Style): readonly string[] =>
  invariants.violations.map(({ atSeconds, proxy, invariant, text }) =>
    wrap(
      printable(`  ✖ ${elapsedClock(atSeconds)}  ${proxy ?? 'fleet'}: ${invariant}: ${text}`),
      columns - 4,
    )
      .map((line, index) => paint(index === 0 ? `  ${line}` : `    ${line}`, 'red'))
      .join('\n'),
  );

const imageLine = ({ image }: RunResult): string => {
  if (image.candidate === null) return 'no candidate image';
  return image.promoted === null ? `${image.candidate} not promoted` : `${image.promoted} promoted`;
};

/** The result of the run, which the sandbox prints last. Ends with a line break. */
export const closing = (story: Story, options: ClosingOptions): string => {
  const { result } = story;
  const style = styleFor(options, options.coloured);
  const cost = costItems(result).map(([value, unit]) => `${count(value)} ${unit}`);
  const sections = [
    '',
    heading('Result', style),
    ...wrap(`${verdict(result)} (seed ${result.seed})`, style.columns).map((line) =>
      style.paint(line, 'bold', toneColour[runTone[result.outcome]]),
    ),
    '',
    ...proxyTable(result.proxies, style),
    heading('Slack', style),
    ...slackMessages(result, style),
    '',
    heading('Run', style),
    labelled('Image', imageLine(result), style),
    labelled('Invariants', invariantsLine(result), style),
    ...violations(result, style),
    labelled('Cost', cost.join(' · '), style),
    ...(options.reportPath === null
      ? []
      : [style.paint('Report'.padEnd(labelWidth), 'bold') + options.reportPath]),
  ];
  return `${sections.join('\n')}\n`;
};
