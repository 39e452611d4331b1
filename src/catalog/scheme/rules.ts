import { ApiError } from '#/platform/errors.ts'
import type { Language } from '#/platform/words.ts'
import { type GradingScheme, schemeProblems } from '#/engines/marks/index.ts'
import { errors } from './errors.ts'

export interface SchemeRow {
  code: string
  scale_max: 100 | 20 | 10
  step: number
  rounding: 'half_up' | 'down'
  pass_minimum: number
  bands: readonly { minimum: number; letter: string; points: number | null; passing: boolean }[]
}

/** A scheme as grading computes with it: figures in decimals. */
export const gradingSchemeOf = ({
  code,
  scale_max,
  step,
  rounding,
  pass_minimum,
  bands,
}: SchemeRow): GradingScheme => ({
  code,
  scale_max: `${scale_max}`,
  step: String(step),
  rounding,
  pass_minimum: String(pass_minimum),
  bands: bands.map(({ minimum, letter, points, passing }) => ({
    minimum: String(minimum),
    letter,
    points: points === null ? null : String(points),
    passing,
  })),
})

/** Throws with every reason why the scheme cannot grade 0..100. */
export function requireSound(row: SchemeRow, language: Language) {
  const found = problemsOf(row, language).map((one) => ({ in: 'body', ...one }))
  if (found.length > 0) throw new ApiError(errors.SCHEME_UNSOUND, {}, { details: { errors: found } })
}

/** The same, told. */
export const problemsOf = (row: SchemeRow, language: Language) =>
  schemeProblems(gradingSchemeOf(row)).map((code) => ({ path: pathOf(code), code, message: texts[code][language] }))

type Problem = ReturnType<typeof schemeProblems>[number]

const pathOf = (problem: Problem) =>
  problem === 'PASS_MINIMUM_MISMATCH'
    ? 'pass_minimum'
    : problem === 'SCALE_UNKNOWN'
      ? 'scale_max'
      : problem === 'STEP_UNKNOWN'
        ? 'step'
        : 'bands'

const texts: Record<Problem, { en: string; el: string }> = {
  NO_BANDS: { en: 'There are no bands.', el: 'Δεν υπάρχουν βαθμίδες.' },
  SCALE_UNKNOWN: { en: 'The scale is 100, 20 or 10.', el: 'Η κλίμακα είναι 100, 20 ή 10.' },
  STEP_UNKNOWN: { en: 'The step divides no scale.', el: 'Το βήμα δεν διαιρεί καμία κλίμακα.' },
  NUMBER_MALFORMED: { en: 'A figure is no plain decimal.', el: 'Κάποιος αριθμός δεν είναι απλός δεκαδικός.' },
  MINIMUM_OUT_OF_RANGE: { en: 'A minimum is outside 0..100.', el: 'Κάποιο ελάχιστο είναι εκτός 0..100.' },
  BANDS_NOT_DESCENDING: {
    en: 'Bands must run from the highest minimum to the lowest.',
    el: 'Οι βαθμίδες πάνε από το υψηλότερο ελάχιστο στο χαμηλότερο.',
  },
  LOWEST_BAND_NOT_AT_ZERO: { en: 'The lowest band must begin at 0.', el: 'Η χαμηλότερη βαθμίδα αρχίζει από το 0.' },
  LETTER_EMPTY: { en: 'A band has no letter.', el: 'Κάποια βαθμίδα δεν έχει χαρακτηρισμό.' },
  LETTER_DUPLICATE: { en: 'A letter is there twice.', el: 'Κάποιος χαρακτηρισμός υπάρχει δύο φορές.' },
  PASSING_NOT_MONOTONE: {
    en: 'A band fails although a lower one passes.',
    el: 'Κάποια βαθμίδα απορρίπτει, ενώ χαμηλότερή της προάγει.',
  },
  PASS_MINIMUM_MISMATCH: {
    en: 'The pass mark is not where the lowest passing band begins.',
    el: 'Η βάση δεν συμπίπτει με την αρχή της χαμηλότερης προαγωγικής βαθμίδας.',
  },
  POINTS_OUT_OF_RANGE: { en: 'Points are outside 0..4.', el: 'Οι μονάδες είναι εκτός 0..4.' },
  POINTS_NOT_MONOTONE: {
    en: 'A band gives fewer points than a lower one.',
    el: 'Κάποια βαθμίδα δίνει λιγότερες μονάδες από χαμηλότερή της.',
  },
}
