// The look of the page: light and dark, wide and narrow; nothing is fetched, and no mark depends on its colour alone.

const light =
  "--back:#fff;--card:#f6f8fa;--ink:#1f2328;--faint:#59636e;--rule:#d1d9e0;--code:#fff;--link:#0550ae;--error:#c1121f;--warning:#8a5a00;--note:#0550ae;--help:#116329;--mark-error:#ffd7d5;--mark-warning:#fdeaa8;--mark-note:#d4e8ff;--mark-also:#e6eaef;--live:#1a7f37;--resting:#6e7781;--stuck:#c1121f;--flat:#0550ae;--broken:#8250df"
const dark =
  "--back:#0d1117;--card:#161b22;--ink:#e6edf3;--faint:#9aa4af;--rule:#3d444d;--code:#0d1117;--link:#79b8ff;--error:#ff8580;--warning:#e3b341;--note:#79b8ff;--help:#56d364;--mark-error:#6e2b2b;--mark-warning:#574110;--mark-note:#17406b;--mark-also:#343b44;--live:#3fb950;--resting:#9aa4af;--stuck:#ff7b72;--flat:#79b8ff;--broken:#c297ff"

export const style = `:root{color-scheme:light dark;${light}}
@media(prefers-color-scheme:dark){:root{${dark}}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1rem clamp(.75rem,3vw,2.5rem) 4rem;max-width:78rem;background:var(--back);color:var(--ink);font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.5rem;margin:.5rem 0}h2{font-size:1.1rem;margin:0;display:inline}h3{font-size:1rem;margin:1.5rem 0 .5rem}
code,pre,.rule{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.875rem}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.faint,figcaption,.legend span{color:var(--faint)}
fieldset{border:1px solid var(--rule);border-radius:6px;margin:.5rem 0;padding:.25rem .75rem;display:flex;flex-wrap:wrap;gap:.25rem 1rem}
label{white-space:nowrap}
.card{border:1px solid var(--rule);border-left:6px solid var(--rule);border-radius:6px;margin:1rem 0;background:var(--card)}
.card.error{border-left-color:var(--error)}.card.warning{border-left-color:var(--warning)}.card.note{border-left-color:var(--note)}.card.healthy{border-left-color:var(--live)}
.card>summary{padding:.6rem .9rem;cursor:pointer}
.card>summary .place{float:right;margin-left:1rem}
.body{padding:0 .9rem .9rem;scroll-margin-top:3rem}
.verdict,.level{font-weight:600;margin-left:.6rem}
.error .level,h3 .error,.said.error,.tone-error{color:var(--error)}.warning .level,h3 .warning,.said.warning,.tone-warning{color:var(--warning)}.note .level,h3 .note,.said.note,.tone-note{color:var(--note)}.tone-help{color:var(--help)}
.code{background:var(--code);border:1px solid var(--rule);border-radius:6px;padding:.5rem 0;margin:.5rem 0;overflow-x:auto;overflow-wrap:normal;line-height:1.45}
.line::before{content:attr(data-n);display:inline-block;width:3.2rem;padding-right:1rem;text-align:right;color:var(--faint);user-select:none}
.said{color:var(--faint);font-weight:600}
mark{color:inherit;border-radius:2px;text-decoration:underline;text-decoration-thickness:2px;text-underline-offset:3px}
mark.error{background:var(--mark-error)}mark.warning{background:var(--mark-warning)}mark.note{background:var(--mark-note)}mark.also{background:var(--mark-also);text-decoration-style:dotted}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:.5rem 0}dt{color:var(--faint)}dd{margin:0}
dd pre{margin:.25rem 0;padding:.4rem .6rem;background:var(--code);border:1px solid var(--rule);border-radius:6px;white-space:pre-wrap}
.wide{overflow-x:auto}
table{overflow-wrap:normal;border-collapse:collapse;font-variant-numeric:tabular-nums}
th,td{padding:.2rem .8rem .2rem 0;text-align:right;border-bottom:1px solid var(--rule);vertical-align:top}
th:first-child,td:first-child,.words td,.words th{text-align:left}
.words td:nth-child(4){overflow-wrap:anywhere;min-width:9rem}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:1rem}
figure{margin:0;min-width:0;max-width:36rem}
.chart{width:100%;height:auto;display:block}
.defs{position:absolute}
.chart text{fill:var(--faint);font:13px system-ui,sans-serif}.chart .title{fill:var(--ink)}
.grid{stroke:var(--rule)}.zero{stroke:var(--faint)}
.curve{fill:none;stroke:var(--faint);stroke-width:1.5}.points{fill:none;stroke:none}
path.live{fill:var(--live)}path.resting{fill:var(--back);stroke:var(--resting);stroke-width:1.5}path.stuck{fill:var(--stuck)}path.flat{fill:var(--back);stroke:var(--flat);stroke-width:1.5}path.broken{fill:none;stroke:var(--broken);stroke-width:2.5}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.1rem 1.2rem;padding:0;margin:.25rem 0}
@media(max-width:40rem){.card>summary .place{float:none;display:block;margin:0}dl{grid-template-columns:1fr;gap:0}dd{margin:0 0 .4rem}.line::before{width:2.4rem;padding-right:.6rem}th,td{padding-right:.5rem}.chart text{font-size:19px}.words td:nth-child(4),.words th:nth-child(4){display:none}}
@media print{.filter{display:none}}
`
