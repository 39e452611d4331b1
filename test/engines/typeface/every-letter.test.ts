import { PDF } from '@libpdf/core'
import { beforeAll, expect, test } from 'vitest'
import { finishDocument, measure, openDocument, place, space, text } from '#/engines/paper/index.ts'
import { embedFaces, isPrintable, loadFonts, oneLine } from '#/engines/typeface/index.ts'
import { glyphOf } from '#/engines/typeface/glyph-of.ts'
import { setCluster } from '#/engines/typeface/set-cluster.ts'
import { testEnv } from '../../world.ts'

const load = async (file: string) => (await testEnv.ASSETS.fetch(`http://lyceum.test/fonts/${file}`)).arrayBuffer()
/** One of each of the further fonts, and a mark that stands alone. */
beforeAll(() => loadFonts('Nguyễn Љ გ Ա g\u0303', load))

/** Where the letters of Europe are: names of people and places anywhere from Reykjavík to Yerevan. */
const promised: readonly [first: number, last: number][] = [
  [0x41, 0x24f],
  [0x370, 0x52f],
  [0x531, 0x587],
  [0x10a0, 0x10ff],
  [0x1c90, 0x1cbf],
  [0x1e00, 0x1fff],
]
const charactersIn = (first: number, last: number, step = 1) =>
  Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, index) =>
    String.fromCodePoint(first + index * step),
  )
const isLetter = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Georgian}]$/u
/** As texts are printed: composed. */
const letters = [
  ...new Set(promised.flatMap(([first, last]) => charactersIn(first, last)).map((one) => one.normalize('NFC'))),
].filter((one) => isLetter.test(one) && /^\p{L}$/u.test(one))

const weights = ['regular', 'bold'] as const

test.each(weights)('every letter of a European script has an outline of its own: %s', (weight) => {
  expect(letters.length).toBeGreaterThan(1400)
  const faces = embedFaces(PDF.create())
  const glyphs = letters.map((letter) => {
    const { family } = glyphOf(letter, weight)!
    const { program } = faces.of(family, weight)
    const glyph = program.getGlyphId(letter.codePointAt(0)!)
    return { letter, name: `${family} ${glyph}`, isDrawn: program.hasRenderableGlyph(glyph) }
  })
  expect(glyphs.filter(({ isDrawn }) => !isDrawn)).toEqual([])
  expect(new Set(glyphs.map(({ name }) => name)).size).toBe(letters.length)
})

test('every letter of a European script is read from the page as it was written', async () => {
  const pdf = await openDocument({
    title: 'Letters',
    author: 'Lyceum',
    language: 'en',
    createdAt: new Date(0),
    id: 'letters',
  })
  const rows = Array.from({ length: Math.ceil(letters.length / 24) }, (_, row) =>
    letters.slice(row * 24, row * 24 + 24).join(''),
  )
  for (const row of rows)
    for (const weight of weights) {
      place(pdf, text(row, measure, { size: 9, weight }))
      place(pdf, space(4))
    }
  const file = await PDF.load(await finishDocument(pdf, { runningHead: () => space(0), footer: () => space(0) }, null))
  const read = file.getPages().flatMap((page) => page.extractText().text.split('\n'))
  expect(read.map((line) => line.replaceAll(/\s/g, ''))).toEqual(rows.flatMap((row) => [row, row]))
})

test('no letter of a script that is shaped or that no font has, and no emoji, is printed', () => {
  const others = [
    ...charactersIn(0x590, 0x10_9f),
    ...charactersIn(0x11_00, 0x1c_7f),
    ...charactersIn(0x2e80, 0x3_ffff, 89),
    ...charactersIn(0x1_f300, 0x1_faff),
  ].filter((one) => /^[\p{L}\p{Emoji_Presentation}]$/u.test(one) && !isLetter.test(one) && oneLine(one) !== '')
  expect(others.length).toBeGreaterThan(4000)
  expect(others.filter(isPrintable)).toEqual([])
  expect(['Ελένη', 'Đặng', 'Джонсон'].map(isPrintable)).toEqual([true, true, true])
  expect(['Δομές 🎓', '王小明', 'محمد', 'כהן', 'नमस्ते', 'lost \uFFFD', '\u3164'].some(isPrintable)).toBe(false)
})

const glyphsOf = (cluster: string) =>
  setCluster(cluster, 'regular')
    ?.glyphs.map(({ character }) => character)
    .join(' ')
const rise = (cluster: string) => setCluster(cluster, 'regular')!.glyphs.at(-1)!.rise

test('a mark without a composed letter goes where the font says: above capitals higher, above another mark higher still', () => {
  expect(glyphsOf('m\u0327')).toBe('m \u0327')
  expect(rise('M\u0304')).toBeGreaterThan(rise('m\u0304'))
  expect(rise('m\u0304\u0301')).toBeGreaterThan(rise('m\u0304'))
  expect(glyphsOf('е\u0301')).toBe('е \u0301')
  expect(glyphsOf('ᾱ\u0301')).toBe('ᾱ \u0301')
  const [letter, mark] = setCluster('W\u0303', 'regular')!.glyphs
  expect(mark!.left).toBeGreaterThan(setCluster('n\u0304', 'regular')!.glyphs[1]!.left)
  expect(letter).toMatchObject({ left: 0, rise: 0 })
})

test('a letter with a dot loses it under a mark above, and keeps it over one below', () => {
  expect(glyphsOf('j\u0303')).toBe('ȷ \u0303')
  expect(glyphsOf('į\u0303')).toBe('ı \u0328 \u0303')
  expect(glyphsOf('і\u0301')).toBe('ı \u0301')
  expect(glyphsOf('j\u0323')).toBe('j \u0323')
})

test('marks without a letter or a place, and more of them than any language stacks, are not printed', () => {
  expect(['\u0301', 'a \u0301', '中\u0301', 'ა\u0301'].filter(isPrintable)).toEqual([])
  expect([4, 5].map((count) => isPrintable(`б${'\u0301'.repeat(count)}`))).toEqual([true, false])
})
