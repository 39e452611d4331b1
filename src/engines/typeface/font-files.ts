import { coverage } from './coverage.ts'

export type Weight = 'regular' | 'bold'

/** A font in its weights: the one that prints nearly every text, or one of the further ones. */
export type Family = 'common' | keyof typeof coverage

const ranges = Object.entries(coverage).flatMap(([family, text]) =>
  text.split(' ').map((range) => {
    const [first, last] = range.split('-').map((code) => Number.parseInt(code, 16)) as [number, number]
    return { family: family as keyof typeof coverage, first, last }
  }),
)

/** The further font that has a character which the common one lacks. */
export function familyOf(character: string): keyof typeof coverage | undefined {
  const code = character.codePointAt(0)!
  return ranges.find(({ first, last }) => code >= first && code <= last)?.family
}

export type Point = readonly [x: number, y: number]
type Points = Record<string, Record<string, Point> | undefined>

/** Where the combining marks of a font go: on letters, and on other marks; by kind of mark, in thousandths of the type size. */
interface MarkPositions {
  letters: { marks: Points; bases: Points }
  marks: { marks: Points; bases: Points }
}

type Both<Kept> = Record<Weight, Kept>

/** What this isolate has loaded. The files never change while it lives. */
export const loaded: { fonts: Partial<Record<Family, Both<ArrayBuffer>>>; marks?: Both<MarkPositions> } = {
  fonts: {},
}

export function fontFile(family: Family, weight: Weight): Uint8Array {
  const files = loaded.fonts[family]
  if (!files) throw new Error(`the font ${family} is not loaded`)
  return new Uint8Array(files[weight])
}
