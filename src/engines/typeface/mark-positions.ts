import { loaded, type Point, type Weight } from './font-files.ts'

/** Where a mark goes that follows a letter, as far from the letter's beginning and baseline; null when the font does not say. */
export const onLetter = (mark: string, letter: string, weight: Weight) => between('letters', mark, letter, weight)

/** The same for a mark on the mark before it. */
export const onMark = (mark: string, before: string, weight: Weight) => between('marks', mark, before, weight)

function between(on: 'letters' | 'marks', mark: string, base: string, weight: Weight): Point | null {
  if (!loaded.marks) throw new Error('the positions of marks are not loaded')
  const { marks, bases } = loaded.marks[weight][on]
  const [own, places] = [marks[mark], bases[base]]
  const kind = own && places && Object.keys(own).find((one) => places[one])
  if (kind === undefined) return null
  return [places![kind]![0] - own![kind]![0], places![kind]![1] - own![kind]![1]]
}
