import * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { institutionOf } from '#/platform/env.ts'
import { type Language, languages } from '#/platform/words.ts'
import { institutionPage } from './institution-page.ts'
import { html, type PageReply, raw } from './page.ts'
import { script } from './token-page-script.ts'

export const tokenPageQuery = z.strictObject({ language: z.enum(languages).optional() })

interface Field {
  name: string
  label: string
  type: 'text' | 'password'
  /** What the browser may offer. */
  autocomplete: string
  hint?: string
  required?: boolean
}

interface Words {
  title: string
  lead: string
  fields?: readonly Field[]
  submit: string
  done: string
}

/** What all of these pages say. */
const common = {
  en: {
    missing: 'The link is not complete. Open it exactly as it stands in the mail.',
    noScript: 'This page needs JavaScript: it sends what stands in the link of the mail to the institution.',
    unreachable: 'The institution could not be reached. Look at your connection and try again.',
  },
  el: {
    missing: 'Ο σύνδεσμος δεν είναι πλήρης. Ανοίξτε τον ακριβώς όπως είναι στο μήνυμα.',
    noScript: 'Η σελίδα χρειάζεται JavaScript: στέλνει στο ίδρυμα ό,τι περιέχει ο σύνδεσμος του μηνύματος.',
    unreachable: 'Δεν υπήρξε σύνδεση με το ίδρυμα. Ελέγξτε τη σύνδεσή σας και δοκιμάστε ξανά.',
  },
} as const

/**
 * A page that a mail links to: it takes the token out of the address, asks for what else is needed and gives both to an operation of the
 * API, `action`. It keeps nothing anywhere.
 */
export function tokenPage(
  ctx: Context,
  { language = ctx.language }: z.output<typeof tokenPageQuery>,
  action: string,
  words: Record<Language, Words>,
): PageReply {
  const institution = institutionOf(ctx.settings)[language]
  const [t, { title, lead, fields = [], submit, done }] = [common[language], words[language]]
  const body = html`<noscript><p class="verdict bad">${t.noScript}</p></noscript>
<section id="missing" class="verdict bad" hidden><p>${t.missing}</p></section>
<section id="done" class="verdict good" role="status" hidden><p>${done}</p></section>
<section id="refused" class="verdict bad" role="alert" hidden><p></p><ul></ul></section>
<form data-action="${action}" data-unreachable="${t.unreachable}" hidden>
<p>${lead}</p>
${fields.map(fieldOf)}
<button>${submit}</button>
</form>`
  return institutionPage({ nonce: ctx.newId(), language, institution, title, body, script })
}

const fieldOf = ({
  name,
  label,
  type,
  autocomplete,
  hint,
  required = false,
}: Field) => html`<label for="${name}">${label}</label>
<input id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}" maxlength="200"${hint !== undefined && html` aria-describedby="${name}-hint"`}${required && raw(' required')}>
${hint !== undefined && html`<p class="hint" id="${name}-hint">${hint}</p>`}`
