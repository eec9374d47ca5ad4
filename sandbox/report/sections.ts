import { count, duration, elapsedClock, plural } from '../../terminal/figures.ts';
import type { StoryEvent } from '../../terminal/story-event.ts';
import type { RunResult, Story } from '../run/story.ts';
import { html, type Markup, nothing } from './markup.ts';
import { costItems, invariantsLine, outcomeTone, runTone, type Tone, verdict } from './wording.ts';

const tile = (label: string, value: string, tone: Tone | 'warn' = 'neutral'): Markup =>
  html`<div class="tile ${tone}"><dt>${label}</dt><dd>${value}</dd></div>
`;

const clientTile = ({ proxies }: RunResult, view: 'incomplete' | 'down', label: string): Markup => {
  const seconds = proxies.reduce((sum, proxy) => sum + proxy.clientSeconds[view], 0);
  return tile(label, duration(seconds), seconds === 0 ? 'good' : view === 'down' ? 'bad' : 'warn');
};

export const summary = ({ title, description, startedAt, result }: Story): Markup => {
  const { proxies, invariants } = result;
  const renewed = proxies.filter(({ outcome }) => outcomeTone[outcome] === 'good').length;
  const violations = invariants.violations.length;
  return html`<header><p class="eyebrow">Simulated fleet rebuild</p><h1>${title}</h1>
<p class="verdict ${runTone[result.outcome]}">${verdict(result)}</p>
<p class="description">${description}</p>
<dl class="tiles">
${tile('Rebuilt or healed', `${count(renewed)} of ${count(proxies.length)}`)}${clientTile(result, 'down', 'Outage')}${clientTile(result, 'incomplete', 'Incomplete content')}${tile('Invariant violations', count(violations), violations === 0 ? 'good' : 'bad')}${tile('Virtual time', duration(result.virtualSeconds))}</dl>
<p class="facts">Virtual start <time datetime="${startedAt}">${startedAt.replace('T', ' ').replace(/(:\d\d)(\.\d+)?Z$/, '$1 UTC')}</time> · seed ${result.seed} · ${imageWords(result)}</p></header>`;
};

const imageWords = ({ image }: RunResult): Markup => {
  if (image.candidate === null) return html`no candidate image`;
  const id = html`candidate image <code>${image.candidate}</code>`;
  return image.promoted === null ? html`${id}, not promoted` : html`${id}, promoted`;
};

export const slackMessages = ({ slack }: RunResult): Markup =>
  html`<section aria-labelledby="slack"><h2 id="slack">Slack messages</h2>
${
  slack.length === 0
    ? html`<p class="none">No messages.</p>`
    : html`<ol class="slack">${slack.map(
        ({ atSeconds, text }) =>
          html`<li><span class="clock">${elapsedClock(atSeconds)}</span><p>${text}</p></li>
`,
      )}</ol>`
}</section>`;

const violationItems = ({ invariants }: RunResult): Markup =>
  invariants.violations.length === 0
    ? nothing
    : html`<ol class="violations">${invariants.violations.map(
        ({ invariant, atSeconds, proxy, text }) =>
          html`<li><span class="clock">${elapsedClock(atSeconds)}</span><p><b>${proxy ?? 'Fleet'}: ${invariant}</b><br>${text}</p></li>
`,
      )}</ol>`;

export const invariantsAndCost = (result: RunResult): Markup => {
  const { length } = result.invariants.violations;
  return html`<div class="pair"><section aria-labelledby="invariants"><h2 id="invariants">Invariants</h2>
<p class="verdict-line ${length === 0 ? 'good' : 'bad'}">${invariantsLine(result)}</p>${violationItems(result)}</section>
<section aria-labelledby="cost"><h2 id="cost">Cost</h2><dl class="cost">${costItems(result).map(
    ([value, unit]) => html`<div><dd>${count(value)}</dd><dt>${unit}</dt></div>
`,
  )}</dl></section></div>`;
};

const eventRow = ({ atSeconds, proxy, kind, text }: StoryEvent): Markup =>
  html`<tr><td class="clock">${elapsedClock(atSeconds)}</td><td>${proxy ?? 'fleet'}</td><td>${kind}</td><td>${text}</td></tr>
`;

export const eventList = ({ events }: Story): Markup => {
  const shown = events.filter(({ text }) => text !== '');
  return html`<section aria-labelledby="events"><h2 id="events">Events</h2><details><summary>${plural(shown.length, 'event')} in chronological order</summary>
<div class="scroll" tabindex="0" role="region" aria-labelledby="events"><table class="events"><thead><tr><th scope="col">Virtual time</th><th scope="col">Proxy</th><th scope="col">Kind</th><th scope="col">What happened</th></tr></thead>
<tbody>${shown.map(eventRow)}</tbody></table></div></details></section>`;
};
