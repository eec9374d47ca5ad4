import type { Story } from '../run/story.ts';
import { html } from './markup.ts';
import { resultTable } from './result-table.ts';
import { eventList, invariantsAndCost, slackMessages, summary } from './sections.ts';
import { stylesheet } from './stylesheet.ts';
import { timeline } from './timeline.ts';

/**
 * The report of a run as one HTML file that needs nothing beside it. Its policy forbids it to load or run
 * anything, so that no text of a log or a failure could make it do so even if it were not escaped. The same
 * story gives the same bytes.
 */
export const renderReport = (story: Story): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${story.title}: ${story.result.outcome.replaceAll('-', ' ')}</title>
<style>${stylesheet}</style>
</head>
<body>
<main>
${summary(story)}
${timeline(story)}
${resultTable(story.result.proxies)}
${slackMessages(story.result)}
${invariantsAndCost(story.result)}
${eventList(story)}
</main>
</body>
</html>
`.text;
