import type { Phrase } from '#/platform/errors.ts'
import type { Language } from '#/platform/words.ts'
import { importVerbs, notes, nouns, verbs } from './act-words.ts'

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
  const wanted = success ? undefined : wantedNoun(action, summary)
  const kind = wanted ?? entity_type
  const noun = language === 'el' ? nouns[kind] : undefined
  const thing = [noun ?? kind.replaceAll('_', ' '), wanted ? null : (known_as ?? entity_id)].filter(Boolean).join(' ')
  const act = verb ? (language === 'el' ? `${verb.el}: ${thing}` : `${verb.en} ${thing}`) : `${action}: ${thing}`
  return `${success ? '' : refused[language]}${act}${summary === null ? '' : ` (${noteIn(summary, language)})`}`
}

/**
 * A refusal that says no more than who tried is about the noun of the permission, not about the account that the row is kept with: that is who
 * acted.
 */
const wantedNoun = (action: string, summary: string | null) =>
  summary !== null && /^(?:role does not allow this|refused: \w+)$/.test(summary) && action.includes('.')
    ? action.replace(/\.[^.]*$/, '')
    : undefined

/** What was noted down, in the words of the language; a code stands as it is. */
function noteIn(summary: string, language: Language): string {
  const note = summary.replace(/^refused: (?=[A-Z_]+$)/, '')
  if (language === 'en') return note
  return (
    notes[note] ??
    note.replace(/^import (\S+)(?: line (\d+))?$/, (_, id: string, line?: string) =>
      ['εισαγωγή', id, ...(line ? ['γραμμή', line] : [])].join(' '),
    )
  )
}
