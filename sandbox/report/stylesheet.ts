import { Markup } from './markup.ts';
import { palette } from './palette.ts';

const page = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
main{max-width:1320px;margin:0 auto;padding:clamp(20px,4vw,48px) clamp(14px,3vw,40px) 64px}
.shared{position:absolute}
h1{font-size:clamp(26px,4vw,38px);line-height:1.15;letter-spacing:-.02em;margin:.1em 0 .35em;font-weight:680;text-wrap:balance}
h2{font-size:19px;letter-spacing:-.01em;margin:0 0 14px;font-weight:650}
section{margin-top:44px}
p{margin:0 0 10px}
code{font:12.5px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
ol,ul,dl,dd{margin:0;padding:0}
ol,ul{list-style:none}
.eyebrow{color:var(--muted);font-size:12.5px;letter-spacing:.08em;text-transform:uppercase;margin:0}
.verdict{font-size:18px;font-weight:600;line-height:1.4}
.description{max-width:72ch;color:var(--muted);white-space:pre-line}
.facts,.none{color:var(--muted);font-size:13.5px}
.good{color:var(--good)}.bad{color:var(--bad)}.warn{color:var(--incomplete)}
.tiles{display:flex;flex-wrap:wrap;gap:1px;margin:26px 0 14px;background:var(--line);border:1px solid var(--line);border-radius:12px;overflow:hidden}
.tile{flex:1 1 148px;display:flex;flex-direction:column-reverse;justify-content:flex-end;background:var(--card);padding:14px 15px 13px;color:var(--ink)}
.tile dd{white-space:nowrap;font-size:clamp(19px,1.9vw,23px);font-weight:640;letter-spacing:-.02em;line-height:1.3}
.tile dt{color:var(--muted);font-size:13px;line-height:1.35}
.tile.good dd{color:var(--good)}.tile.bad dd{color:var(--bad)}.tile.warn dd{color:var(--incomplete)}
.clock{color:var(--muted);font-size:13px;white-space:nowrap}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,340px),1fr));column-gap:48px}
`;

const timeline = `
figure{margin:0;background:var(--card);border:1px solid var(--line);border-radius:12px;padding:4px clamp(10px,1.6vw,22px) 14px}
.lane{table-layout:fixed;font-size:13px;margin-top:14px}
.lane th,.lane td{padding:1px 14px 1px 0;line-height:18px;font-weight:400}
.lane thead th{border:0;padding:6px 14px 4px 0;white-space:normal;color:var(--muted)}
.lane thead th:first-child{width:27%;font-size:14px;font-weight:650;color:var(--ink)}
.lane thead th:first-child span{font-weight:500}
.lane thead .aside{width:112px}.lane thead .aside+.aside{width:136px}
.lane thead .track{width:auto}
.lane .track{padding-right:0}
.lane .took{color:var(--muted)}
.lane tbody tr:hover{background:var(--grid)}
.lane+.lane{border-top:1px solid var(--line)}
.track svg{display:block;overflow:visible}
.track text{font-size:12px;fill:var(--muted)}
line.tick{stroke:var(--line)}
.phase rect{fill:var(--phase);stroke:var(--phase-edge);stroke-width:1}
.wait rect{fill:var(--muted)}
.clients.served rect{fill:var(--served)}.clients.down rect{fill:var(--down)}.clients.incomplete rect{stroke:var(--incomplete);stroke-width:1}
.hatch-ground{fill:var(--card)}.hatch-line{fill:var(--incomplete)}
.mark line{stroke-width:4}
.mark.fault line{stroke:var(--bad)}.mark.decision line{stroke:var(--ink)}
.sign{padding:0 6px;font-size:11px;font-weight:650;color:var(--card);background:var(--ink);border-radius:9px}
.sign.wait{color:var(--muted);background:none;border:1px solid var(--line)}
.sign.fault{background:var(--bad);border-radius:3px}
.legend{display:flex;flex-wrap:wrap;gap:4px 18px;margin-top:16px;padding-top:12px;border-top:1px solid var(--line);font-size:13px}
.legend li{display:flex;align-items:center;gap:7px}
.key{flex:none}
`;

const tables = `
table{width:100%;border-collapse:collapse;font-size:14px}
th,td{text-align:left;vertical-align:top;padding:9px 14px 9px 0}
thead th{white-space:nowrap;color:var(--muted);font-size:12.5px;font-weight:550;border-bottom:1px solid var(--line);padding-bottom:7px}
.results tbody{border-bottom:1px solid var(--line)}
.results tbody th{font-weight:650;min-width:90px}
.results .id{white-space:nowrap}
.results .number{text-align:right;padding-left:10px;white-space:nowrap}
.results td.number:last-child,.results th.number:last-child{padding-right:0}
.results td.number.bad,.results td.number.warn{font-weight:700}
.results .more td{padding-top:0}
.badge{display:inline-block;padding:1px 9px;border:1px solid currentColor;border-radius:20px;font-size:12.5px;white-space:nowrap}
.badge.neutral{color:var(--muted)}
.serving{color:var(--good);font-size:12px}
.arrow{color:var(--muted)}
.phases{display:flex;flex-wrap:wrap;gap:5px 6px;font-size:12.5px;color:var(--on-phase)}
.phases li{padding:0 8px;border-radius:5px;background:var(--phase);border:1px solid var(--phase-edge);line-height:21px}
.failure{color:var(--bad);white-space:pre-wrap;max-width:100ch}
.slack li,.violations li{display:grid;grid-template-columns:108px 1fr;gap:0 14px;padding:9px 0;border-top:1px solid var(--line)}
.slack p,.violations p{white-space:pre-wrap;margin:0;max-width:90ch}
.cost{display:grid;grid-template-columns:repeat(2,1fr);gap:12px 24px}
.cost dd{font-size:19px;font-weight:620;line-height:1.3}.cost dt{color:var(--muted);font-size:13px}
.cost div{display:flex;flex-direction:column}
summary{cursor:pointer;padding:6px 0;color:var(--muted)}
summary:focus-visible,.scroll:focus-visible{outline:2px solid var(--ink);outline-offset:2px;border-radius:4px}
.scroll{overflow-x:auto}
.events{font-size:13px}.events td{padding:4px 16px 4px 0;border-top:1px solid var(--line);min-width:72px}.events td:last-child{min-width:220px}
`;

const narrowAndPrint = `
@media (max-width:1000px){
.results thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.results,.results tbody,.results tr,.results td,.results th{display:block;padding:0}
.results tbody{padding:12px 0}
.results tbody th{font-size:16px;margin-bottom:6px}
.results td[data-label]{display:grid;grid-template-columns:136px 1fr;gap:0 10px;padding:3px 0;text-align:left;white-space:normal}
.results td[data-label]::before{content:attr(data-label);color:var(--muted);font-size:13px;grid-row:span 3}
.results td br{display:none}
.results .more{margin-top:10px}
.results td>*{justify-self:start;grid-column:2}
}
@media (max-width:760px){
.lane tr{display:grid;grid-template-columns:1fr auto auto;gap:0 10px;padding:2px 0}
.lane th,.lane td{padding:0}
.lane thead th:first-child{width:auto;grid-column:1/-1}
.lane thead .aside{display:none}
.lane .track{grid-column:1/-1}
}
@media (max-width:600px){
.slack li,.violations li{grid-template-columns:1fr}
}
@media print{
:root{color-scheme:light}
body{font-size:11pt;background:none}
main{padding:0;max-width:none}
.tile{flex-basis:100px}
section{margin-top:24pt}
figure,tbody,.tile,li{break-inside:avoid}
h2{break-after:avoid}
details:not([open]){display:none}
section:has(>details:not([open])){display:none}
.phase rect,.phases li,.sign,.mark line,.wait rect,.clients rect{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
`;

/** Not escaped, since it holds no word of a story. */
export const stylesheet = new Markup(palette + page + timeline + tables + narrowAndPrint);
