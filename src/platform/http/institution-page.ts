import type { Language } from '#/platform/words.ts'
import { css, html, type PageReply, raw } from './page.ts'

interface Page {
  nonce: string
  language: Language
  institution: string
  title: string
  body: PageReply['html'] | readonly PageReply['html'][]
  /** What the page does beyond showing itself; nothing else may run. */
  script?: string | undefined
}

const otherLanguage = {
  en: { code: 'el', name: 'Ελληνικά' },
  el: { code: 'en', name: 'English' },
} as const

/** A page of the institution, with the way to the other language. */
export function institutionPage({ nonce, language, institution, title, body, script }: Page): PageReply {
  const other = otherLanguage[language]
  return {
    nonce,
    html: html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} - ${institution}</title>
<style nonce="${nonce}">${raw(css)}</style>
</head>
<body>
<main>
<p class="institution">${institution}</p>
<h1>${title}</h1>
${body}
<p class="other"><a href="?language=${other.code}" lang="${other.code}">${other.name}</a></p>
</main>
${script !== undefined && html`<script nonce="${nonce}">${raw(script)}</script>`}
</body>
</html>`,
  }
}
