const light = `
--paper:#f7f6f3;--card:#fff;--ink:#1b2127;--muted:#55606b;--line:#dddfe0;--grid:#eceeef;
--good:#12664a;--bad:#b0261c;
--served:#2d8577;--incomplete:#985900;--down:#b0261c;--phase-edge:#00000059`;

const dark = `
--paper:#101417;--card:#181d22;--ink:#e9edf0;--muted:#a5b0ba;--line:#313a42;--grid:#232a31;
--good:#62d2a2;--bad:#ff8d7d;
--served:#3aa695;--incomplete:#f0b040;--down:#ff7a68;--phase-edge:#181d22`;

/**
 * The colours of the phases are light enough to carry dark text on light and on dark paper, and are distinguishable
 * for people who see no red or no green (after Paul Tol's `light` scheme).
 */
const phases: Readonly<Record<string, string>> = {
  prepare: '#d3d6d9',
  image: '#bbcc33',
  instance: '#eedd88',
  content: '#77aadd',
  switch: '#ffaabb',
  soak: '#99ddff',
  retire: '#44bb99',
  rollback: '#ee8866',
};

export const palette = `
:root{color-scheme:light dark;--on-phase:#14181b;${light}}
@media screen and (prefers-color-scheme:dark){:root{${dark}}}
${Object.entries(phases)
  .map(([family, colour]) => `.${family}{--phase:${colour}}`)
  .join('\n')}
`;
