import type { LetterFacts } from './letter-facts.ts'
import { letterTexts } from './letter-texts.ts'

type Certified = Pick<LetterFacts, 'type' | 'language' | 'institution' | 'program' | 'purpose'>

/** What a letter states of somebody, in its own language. */
export function sentencesOf({ type, language, institution, program, purpose }: Certified, name: string): string[] {
  const programTitle = program && ((language === 'el' && program.title_el) || program.title)
  return letterTexts[language].statement(type, {
    name,
    hasPurpose: purpose !== null,
    institution: institution[language],
    programTitle,
  })
}
