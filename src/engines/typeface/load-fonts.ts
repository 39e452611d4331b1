import { type Family, familyOf, loaded } from './font-files.ts'
import { loadMeasuring } from './glyph-of.ts'
import { oneLine } from './one-line.ts'

/**
 * Loads what it takes to print a text, unless it is there: the common font, the further ones whose letters it may have, and where marks go
 * that stand alone.
 */
export async function loadFonts(text: string, load: (file: string) => Promise<ArrayBuffer>): Promise<void> {
  await loadFamily('common', load)
  await loadMeasuring()
  if (!unusual.test(text)) return
  const characters = [...new Set(oneLine(text))]
  const families = new Set(characters.flatMap((one) => familyOf(one) ?? []))
  await Promise.all([
    ...[...families].map((family) => loadFamily(family, load)),
    ...(characters.some((one) => mark.test(one)) ? [loadMarks(load)] : []),
  ])
}

/** What lies outside of the blocks that the common font has nearly whole. */
const unusual = /[^\0-\u024F\u0370-\u03FF\u1F00-\u1FFF\u2010-\u203A]/
const mark = /\p{M}/u

async function loadFamily(family: Family, load: (file: string) => Promise<ArrayBuffer>) {
  if (loaded.fonts[family]) return
  const [regular, bold] = await Promise.all([load(`${family}-regular.ttf`), load(`${family}-bold.ttf`)])
  loaded.fonts[family] = { regular, bold }
}

async function loadMarks(load: (file: string) => Promise<ArrayBuffer>) {
  if (loaded.marks) return
  loaded.marks = JSON.parse(new TextDecoder().decode(await load('marks.json')))
}
