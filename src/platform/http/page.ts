import { html as template, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'

export { raw }
export type { PageReply } from './format.ts'

type Part = string | false | HtmlEscapedString

/** HTML of a page. What is filled in is escaped, unless it was made by this or by `raw`. */
export const html = (texts: TemplateStringsArray, ...parts: readonly (Part | readonly Part[])[]) =>
  // Hono promises a promise only when one is filled in.
  template(texts, ...parts) as HtmlEscapedString

/** The one style sheet of Lyceum's own pages. */
export const css = `
:root { color-scheme: light; --ink: #1c2430; --muted: #5b6675; --line: #d9dee5; --paper: #fff }
* { box-sizing: border-box }
body { margin: 0; background: #f4f6f8; color: var(--ink); font: 16px/1.55 system-ui, "Noto Sans", sans-serif }
main { max-width: 44rem; margin: 3rem auto; padding: 2.5rem; background: var(--paper); border: 1px solid var(--line); border-radius: 6px }
h1 { font-size: 1.5rem; margin: 0 0 1.5rem }
h2 { font-size: 1.25rem; margin: 0 0 .25rem }
p { margin: 0 0 .75rem }
a { color: #1f5a99 }
.institution { color: var(--muted); text-transform: none; margin-bottom: .25rem }
.verdict { padding: 1rem 1.25rem; border-left: 6px solid; border-radius: 4px; margin-bottom: 1.5rem }
.verdict p { margin: 0 }
.good { border-color: #1e7d4f; background: #e9f6ef }
.old { border-color: #b07b10; background: #fdf5e3 }
.bad { border-color: #b3261e; background: #fdecea }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .5rem 1.5rem; margin: 0 0 1rem }
dt { color: var(--muted) }
dd { margin: 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums }
.hint { color: var(--muted); font-size: .9rem }
form { display: grid; gap: .5rem; margin: 0 0 1.5rem }
label { font-weight: 600; margin-top: .5rem }
input { font: inherit; width: 100%; padding: .5rem .75rem; border: 1px solid var(--muted); border-radius: 4px }
button { font: inherit; font-weight: 600; justify-self: start; margin-top: .75rem; padding: .6rem 1.25rem; color: #fff; background: #1f5a99; border: 0; border-radius: 4px; cursor: pointer }
button:disabled { opacity: .6; cursor: default }
:focus-visible { outline: 3px solid #7fb2e5; outline-offset: 2px }
[hidden] { display: none }
.verdict ul { margin: .25rem 0 0; padding-left: 1.25rem }
h3 { font-size: 1.05rem; margin: 1.5rem 0 .5rem }
.limits { margin: 1.5rem 0 }
.limits h2, form h2 { font-size: 1.05rem }
[role=status] { margin: 1rem 0 0 }
table { width: 100%; border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums }
caption { text-align: left; font-weight: 600; padding: 1rem 0 .35rem }
th, td { text-align: right; padding: .3rem .5rem; border-bottom: 1px solid var(--line); vertical-align: top }
th { color: var(--muted); font-weight: 400 }
th:first-child, td:first-child { text-align: left; padding-left: 0 }
th:nth-child(2), td:nth-child(2) { text-align: left; overflow-wrap: anywhere }
.totals { text-align: right; font-size: .9rem; color: var(--muted); margin: .35rem .5rem 0 0 }
form[data-to] { margin: 1.5rem 0 0; padding: 1.25rem; border: 1px solid var(--line); border-radius: 4px }
form[data-to][aria-busy] { opacity: .6 }
form[data-to] :is(h2, p) { margin: 0 }
form[data-to] label { margin: 0; font-weight: 400 }
form[data-to] input { display: block; width: 16rem; max-width: 100% }
form[data-to] input[type=file] { width: auto; border: 0; padding-left: 0 }
.other { margin: 1.5rem 0 0; font-size: .9rem }
@media (max-width: 40rem) { main { margin: 0; border: 0; border-radius: 0; padding: 1.5rem } dl { grid-template-columns: 1fr; gap: 0 } dd { margin-bottom: .75rem } }
`
