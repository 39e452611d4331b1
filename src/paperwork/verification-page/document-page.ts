import type { Context } from '#/platform/context.ts'
import { institutionPage } from '#/platform/http/institution-page.ts'
import { html, type PageReply } from '#/platform/http/page.ts'
import type { Language } from '#/platform/words.ts'

export interface VerificationLook {
  language: Language
  timeZone: string
  nonce: string
}

/** How a page looks to whoever asks, in the language of the address or of the request. */
export const lookOf = (ctx: Context, language: Language | undefined): VerificationLook => ({
  language: language ?? ctx.language,
  timeZone: ctx.settings.INSTITUTION_TIMEZONE,
  nonce: ctx.newId(),
})

interface Content {
  institution: string
  title: string
  body: Html
  /** What the page does beyond showing itself. */
  script?: string
}

/** A page of the institution about a document. */
export const documentPage = ({ language, nonce }: VerificationLook, content: Content): PageReply =>
  institutionPage({ language, nonce, ...content })

type Html = PageReply['html']

/** A part of a page that its script may show within another page. */
export const part = (content: Html | readonly Html[]) => html`<section data-part>${content}</section>`

/** A table of figures; the first two columns are text. */
export const figureTable = (
  caption: string,
  headings: readonly string[],
  rows: readonly (readonly string[])[],
) => html`<table>
<caption>${caption}</caption>
<thead><tr>${headings.map((heading) => html`<th scope="col">${heading}</th>`)}</tr></thead>
<tbody>${rows.map((cells) => html`<tr>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody>
</table>`

/** Terms with what they are; those without are left out. */
export function factList(facts: readonly (readonly [term: string, value: string | null | undefined])[]) {
  const known = facts.filter((fact): fact is [string, string] => Boolean(fact[1]))
  return known.length > 0 && html`<dl>${known.map(([term, value]) => html`<dt>${term}</dt><dd>${value}</dd>`)}</dl>`
}
