import { duration } from '../../terminal/figures.ts';
import type { ProxyResult } from '../run/story.ts';
import type { ClientView } from '../world/client-probe.ts';
import { html, type Markup, nothing } from './markup.ts';
import { familyOf } from './phase-looks.ts';
import { outcomeTone, outcomeWords } from './wording.ts';

const clientHeads: Readonly<Record<ClientView, string>> = {
  served: 'Clients served',
  incomplete: 'Incomplete',
  down: 'Down',
};

/** Old above new; an id that has not changed stands once. */
const oldAndNew = (before: string | null, after: string | null, serving: string | null): Markup => {
  const id = (value: string) =>
    html`<code>${value}</code>${value === serving ? html` <span class="serving">serves</span>` : nothing}`;
  const old =
    before === null
      ? html`<span class="none">none</span>`
      : html`<span class="id">${id(before)}</span>`;
  return after === null || after === before
    ? old
    : html`${old}<br><span class="id"><span class="arrow">→</span> ${id(after)}</span>`;
};

const clientCell = (view: ClientView, seconds: number): Markup => {
  const alarming = seconds === 0 ? '' : { served: '', incomplete: ' warn', down: ' bad' }[view];
  return html`<td role="cell" class="number${alarming}" data-label="${clientHeads[view]}">${duration(seconds)}</td>`;
};

const phaseList = ({ phases }: ProxyResult): Markup =>
  phases.length === 0
    ? nothing
    : html`<ol class="phases" aria-label="Time per phase">${phases.map(
        ({ name, startSeconds, endSeconds }) =>
          html`<li class="${familyOf(name)}">${name} <b>${duration(endSeconds - startSeconds)}</b></li>`,
      )}</ol>`;

const failureText = ({ failure }: ProxyResult): Markup =>
  failure === null
    ? nothing
    : html`<p class="failure"><b>${failure.name}</b> <span>${failure.cause}</span></p>`;

const rows = (proxy: ProxyResult): Markup => {
  const { clientSeconds, images } = proxy;
  const more = html`${failureText(proxy)}${phaseList(proxy)}`;
  return html`<tbody role="rowgroup"><tr role="row">
<th role="rowheader" scope="row">${proxy.name}</th>
<td role="cell" data-label="Outcome"><span class="badge ${outcomeTone[proxy.outcome]}">${outcomeWords(proxy.outcome)}</span></td>
<td role="cell" data-label="Instance">${oldAndNew(proxy.incumbent, proxy.replacement, proxy.serving)}</td>
<td role="cell" data-label="Image">${oldAndNew(images.before, images.after, null)}</td>
${(['served', 'incomplete', 'down'] as const).map((view) => clientCell(view, clientSeconds[view]))}
</tr>${more.text === '' ? nothing : html`<tr role="row" class="more"><td role="cell" colspan="7">${more}</td></tr>`}</tbody>
`;
};

export const resultTable = (proxies: readonly ProxyResult[]): Markup => {
  return html`<section aria-labelledby="proxies"><h2 id="proxies">Proxies</h2>
<table role="table" class="results"><thead role="rowgroup">
<tr role="row"><th role="columnheader" scope="col">Proxy</th><th role="columnheader" scope="col">Outcome</th><th role="columnheader" scope="col">Instance</th><th role="columnheader" scope="col">Image</th>${Object.values(clientHeads).map((head) => html`<th role="columnheader" scope="col" class="number">${head}</th>`)}</tr></thead>
${proxies.map(rows)}</table></section>`;
};
