import type { Language } from '#/platform/words.ts'
import { institutionOf, type Settings } from '#/platform/env.ts'

export interface Addressee {
  email: string
  /** Left out for an address of which nobody knows whose it is: no stranger's words are mailed there. */
  full_name?: string
  language: Language
}

interface Letter {
  subject: string
  text: string
}

/** A mail of the institution in the language of whoever gets it, for `env.MAIL.send`. */
export function mail(settings: Settings, { email, full_name, language }: Addressee, letters: Record<Language, Letter>) {
  const institution = institutionOf(settings)[language]
  const { subject, text } = letters[language]
  return {
    from: { email: settings.MAIL_FROM, name: institution },
    to: email,
    subject: `${institution}: ${subject}`,
    text: [...(full_name ? [full_name] : []), text, `${institution}\n${settings.PUBLIC_URL}\n`].join('\n\n'),
  }
}
