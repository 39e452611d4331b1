import type { Phrase } from '#/platform/errors.ts'
import type { Language } from '#/platform/words.ts'
import { importVerbs, nouns, verbs } from './act-words.ts'

interface Act {
  action: string
  entity_type: string
  entity_id: string | null
  success: boolean
  summary: string | null
  /** The number or code that people know the row by; null where it has none or is gone. */
  known_as: string | null
}

export const refused: Phrase = { en: 'refused: ', el: 'δεν έγινε: ' }

/** What an audit row says in a few words, such as "created student 2026-00012"; what was noted down with the act stands behind it. */
export function summaryOf({ action, entity_type, entity_id, success, summary, known_as }: Act, language: Language) {
  const imported = action.startsWith('import.') && entity_type !== 'import'
  const verb = (imported ? importVerbs : verbs)[action.replace(/^.*\./, '')]
  const noun = language === 'el' ? nouns[entity_type] : undefined
  const thing = [noun ?? entity_type.replaceAll('_', ' '), known_as ?? entity_id].filter(Boolean).join(' ')
  const act = verb ? (language === 'el' ? `${verb.el}: ${thing}` : `${verb.en} ${thing}`) : `${action}: ${thing}`
  return `${success ? '' : refused[language]}${act}${summary === null ? '' : ` (${summary})`}`
}
