import type { LetterFacts } from './letter-facts.ts'
import { letterTexts } from './letter-texts.ts'
import { fullName } from '#/platform/text/person-name.ts'

type Certified = Pick<LetterFacts, 'type' | 'language' | 'institution' | 'program' | 'purpose'> & {
  student: Pick<LetterFacts['student'], 'first_name' | 'last_name' | 'latin_name'>
}

/** What a letter states, in its own language. */
export function sentencesOf({ type, language, institution, program, purpose, student }: Certified): string[] {
  const programTitle = program && ((language === 'el' && program.title_el) || program.title)
  return letterTexts[language].statement(type, {
    name: (language === 'en' && student.latin_name) || fullName(student),
    hasPurpose: purpose !== null,
    institution: institution[language],
    programTitle,
  })
}
