import { ApiError, type DeclaredError } from '#/platform/errors.ts'
import { weightLeft, weightTotal } from '#/engines/marks/index.ts'
import type { Language } from '#/platform/words.ts'

/** Throws `exceeded` when the total of the weights with one more exceeds 100 percent. */
export function requireRoom(exceeded: DeclaredError, weights: readonly number[], weight: number) {
  const { text, isWritable } = weightTotal([...weights, weight].map(String))
  if (!isWritable) throw new ApiError(exceeded, { total: text })
}

/** The weight that a new one has where none is given: what the others leave of 100 percent. */
export const roomLeft = (weights: readonly number[]) => Number(weightLeft(weights.map(String)))

/** So many assessments are named. */
export const mostLoose = 50

const explanation = {
  en: 'Assessments outside of the categories weigh nothing while the section has categories, and keep its results from being published. Put them into one.',
  el: 'Οι αξιολογήσεις εκτός κατηγοριών δεν μετρούν όσο το τμήμα έχει κατηγορίες, και εμποδίζουν τη δημοσίευση των αποτελεσμάτων. Εντάξτε τες σε κάποια.',
}

/** A row as it was written, with a warning where `asks` found work of its section that weighs nothing, and the row is of it. */
export function warnedOfLoose<Row extends object>(
  written: Row,
  { language }: { language: Language },
  isMeant: (row: Row) => boolean = () => true,
): Row & Warned {
  const { loose = [], ...row } = written as Row & { loose?: { id: number }[] }
  if (loose.length === 0 || !isMeant(written)) return row as unknown as Row
  const loose_ids = loose.map(({ id }) => id)
  return { ...(row as unknown as Row), warnings: ['WEIGHS_NOTHING'], explanation: explanation[language], loose_ids }
}

interface Warned {
  warnings?: 'WEIGHS_NOTHING'[]
  explanation?: string
  loose_ids?: number[]
}
