import type { Language } from '#/platform/words.ts'

export interface Named {
  name: string
  latin_name: string | null
}

/** The name that a document gives its holder, and the other one, which follows in parentheses. Readers of English get Latin letters first. */
export const writtenNames = ({ name, latin_name }: Named, language: Language) =>
  language === 'en' && latin_name ? { name: latin_name, otherName: name } : { name, otherName: latin_name }
