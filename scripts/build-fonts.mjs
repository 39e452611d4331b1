// Cuts the Noto fonts down to what official documents print: a common family, and further ones for what that lacks. The Worker loads them when a
// document needs them. Run it again after a font update: npm run fonts. Other bytes draw other files: issued transcripts are then issued anew.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PDF } from '@libpdf/core'
import subsetFont from 'subset-font'
import { common, further, packages } from './fonts/families.mjs'
import { markPositions } from './fonts/mark-positions.mjs'

const target = fileURLToPath(new URL('../src/engines/typeface/', import.meta.url))
const weights = { regular: '400Regular', bold: '700Bold' }

const folderOf = (name) => dirname(fileURLToPath(packages[name]))

/** The file of a font, as its package has it: NotoSans_400Regular.ttf. */
function sourceOf(name, weight) {
  const title = name.replaceAll(/(?:^|-)(\w)/g, (_, letter) => letter.toUpperCase())
  return readFile(join(folderOf(name), weights[weight], `${title}_${weights[weight]}.ttf`))
}

/** Documents place every glyph themselves: no ligatures, no kerning tables, no screen hinting. */
const cut = (file, text) =>
  subsetFont(file, text, {
    targetFormat: 'truetype',
    keepFeatures: [],
    noLayoutClosure: true,
    noHinting: true,
    dropTables: ['GDEF', 'GPOS', 'GSUB', 'STAT', 'gasp'],
  })

const charactersIn = (ranges) =>
  ranges.flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index)),
  )

/** Those of the characters that a font has, but blanks and what nobody sees, which documents take out. */
function held(file, characters) {
  const font = PDF.create().embedFont(new Uint8Array(file))
  return characters.filter((character) => font.canEncode(character) && !/[\p{Cf}\p{Z}]/u.test(character))
}

async function write(name, content) {
  await writeFile(join(target, name), content)
  console.log(`${name} ${content.length} bytes`)
}

const printed = new Set(held(await sourceOf('noto-sans', 'regular'), charactersIn(common)))
const coverage = {}
await mkdir(join(target, 'fonts'), { recursive: true })
for (const weight of Object.keys(weights))
  await write(
    `fonts/common-${weight}.ttf`,
    await cut(await sourceOf('noto-sans', weight), charactersIn(common).join('')),
  )
for (const [family, { name, ranges }] of Object.entries(further)) {
  const characters = held(await sourceOf(name, 'regular'), charactersIn(ranges)).filter((one) => !printed.has(one))
  for (const character of characters) printed.add(character)
  coverage[family] = characters
  for (const weight of Object.keys(weights))
    await write(`fonts/${family}-${weight}.ttf`, await cut(await sourceOf(name, weight), characters.join('')))
}

const positions = {}
for (const weight of Object.keys(weights))
  positions[weight] = markPositions(await sourceOf('noto-sans', weight), (one) => printed.has(one))
await write('fonts/marks.json', JSON.stringify(positions))

/** Characters as ranges of code points. */
function rangesOf(characters) {
  const runs = []
  for (const code of characters.map((one) => one.codePointAt(0)).toSorted((a, b) => a - b)) {
    if (runs.at(-1)?.[1] === code - 1) runs.at(-1)[1] = code
    else runs.push([code, code])
  }
  return runs.map((run) => run.map((code) => code.toString(16).toUpperCase()).join('-')).join(' ')
}

const lines = Object.entries(coverage).map(([family, characters]) => `  ${family}:\n    '${rangesOf(characters)}',\n`)
await write(
  'coverage.ts',
  `/** Which code points each of the further fonts has: hexadecimal ranges. Made by \`npm run fonts\`. */\nexport const coverage = {\n${lines.join('')}}\n`,
)

/** One licence, with the copyright of each source. */
const licences = await Promise.all(
  Object.keys(packages).map((name) => readFile(join(folderOf(name), 'LICENSE_FONT'), 'utf8')),
)
const [terms] = licences.map((text) => text.slice(text.indexOf('\n')))
await write('fonts/LICENSE.txt', `${licences.map((text) => text.slice(0, text.indexOf('\n'))).join('\n')}${terms}`)
