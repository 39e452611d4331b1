// Cuts Noto Sans down to what official documents print and writes the result where the Worker imports it.
// Run it again after a font update: node scripts/build-fonts.mjs
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import subsetFont from 'subset-font'

const source = dirname(fileURLToPath(import.meta.resolve('@expo-google-fonts/noto-sans/package.json')))
const target = fileURLToPath(new URL('../src/engines/paper/fonts/', import.meta.url))

const weights = [
  { from: '400Regular/NotoSans_400Regular.ttf', to: 'noto-sans-regular.ttf' },
  { from: '700Bold/NotoSans_700Bold.ttf', to: 'noto-sans-bold.ttf' },
]

/** Unicode ranges, both ends included. */
const ranges = [
  [0x0020, 0x007e], // Basic Latin
  [0x00a0, 0x00ff], // Latin-1
  [0x0100, 0x017f], // Latin Extended-A: Polish, Turkish, Czech, Baltic
  [0x0180, 0x024f], // Latin Extended-B: Romanian comma below, Pinyin, Croatian digraphs
  [0x02b0, 0x02ff], // modifier letters, such as the Hawaiian okina
  [0x0300, 0x036f], // combining marks, for letters that have no composed form
  [0x0370, 0x03ff], // Greek and Coptic
  [0x1e80, 0x1e85], // Welsh W
  [0x1e9e, 0x1e9e], // capital sharp s
  [0x1ef2, 0x1ef3], // Welsh Y
  [0x1f00, 0x1fff], // Greek Extended: polytonic
  [0x2010, 0x2027], // dashes, quotation marks, daggers, bullet, ellipsis
  [0x202f, 0x203a], // narrow space, per mille, primes, angle quotation marks
  [0x2044, 0x2044], // fraction slash
  [0x2070, 0x208e], // superscripts and subscripts
  [0x20ac, 0x20ac], // euro
  [0x2116, 0x2122], // numero and trade mark signs
  [0x2190, 0x2193], // arrows
  [0x2212, 0x2212], // minus
  [0x2248, 0x2265], // approximately, not equal, at most, at least
  [0xfffd, 0xfffd], // stands in for whatever is missing
]

const text = ranges.flatMap(([first, last]) => codePoints(first, last)).join('')

function codePoints(first, last) {
  return Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index))
}

await mkdir(target, { recursive: true })
for (const { from, to } of weights) {
  // Documents place every glyph themselves: no ligatures, no kerning tables, no screen hinting.
  const subset = await subsetFont(await readFile(join(source, from)), text, {
    targetFormat: 'truetype',
    keepFeatures: [],
    noLayoutClosure: true,
    noHinting: true,
    dropTables: ['GDEF', 'GPOS', 'GSUB', 'STAT', 'gasp'],
  })
  await writeFile(join(target, to), subset)
  console.log(`${to} ${subset.length} bytes`)
}
await copyFile(join(source, 'LICENSE_FONT'), join(target, 'LICENSE.txt'))
