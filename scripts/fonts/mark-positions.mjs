// Reads from a font where its combining marks go (OpenType: cmap, and GPOS lookups of types 4 and 6).

/**
 * Where marks go on letters and on other marks, in units of the font. Kinds are those of the font: a mark of a kind goes with its own point on
 * the point that the letter has for that kind. Only characters that `wanted` takes.
 */
export function markPositions(file, wanted) {
  const font = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const tables = tablesOf(font)
  const characters = charactersOf(font, tables.cmap, wanted)
  const found = { letters: { marks: {}, bases: {} }, marks: { marks: {}, bases: {} } }
  for (const { type, at, kinds } of attachments(font, tables.GPOS)) {
    const { marks, bases } = type === 4 ? found.letters : found.marks
    const classes = font.getUint16(at + 6)
    const markArray = at + font.getUint16(at + 8)
    const baseArray = at + font.getUint16(at + 10)
    for (const [index, glyph] of covered(font, at + font.getUint16(at + 2)).entries()) {
      const record = markArray + 2 + index * 4
      const kind = kinds + font.getUint16(record)
      for (const character of characters.get(glyph) ?? [])
        (marks[character] ??= {})[kind] ??= pointAt(font, markArray + font.getUint16(record + 2))
    }
    for (const [index, glyph] of covered(font, at + font.getUint16(at + 4)).entries()) {
      for (const character of characters.get(glyph) ?? []) {
        for (let of = 0; of < classes; of += 1) {
          const offset = font.getUint16(baseArray + 2 + (index * classes + of) * 2)
          if (offset > 0) (bases[character] ??= {})[kinds + of] ??= pointAt(font, baseArray + offset)
        }
      }
    }
  }
  return found
}

function tablesOf(font) {
  const records = Array.from({ length: font.getUint16(4) }, (_, index) => 12 + index * 16)
  return Object.fromEntries(records.map((at) => [tagAt(font, at), font.getUint32(at + 8)]))
}

const tagAt = (font, at) => String.fromCharCode(...[0, 1, 2, 3].map((place) => font.getUint8(at + place)))

/** Which characters stand for a glyph: the segments of a cmap of format 12, else of format 4. */
function charactersOf(font, cmap, wanted) {
  const subtables = Array.from(
    { length: font.getUint16(cmap + 2) },
    (_, index) => cmap + font.getUint32(cmap + 8 + index * 8),
  )
  const at = subtables.find((one) => font.getUint16(one) === 12)
  if (at === undefined) throw new Error('no cmap of format 12')
  const characters = new Map()
  for (let group = at + 16; group < at + 16 + font.getUint32(at + 12) * 12; group += 12) {
    const first = font.getUint32(group)
    for (let code = first; code <= font.getUint32(group + 4); code += 1) {
      const character = String.fromCodePoint(code)
      const glyph = font.getUint32(group + 8) + code - first
      if (wanted(character)) characters.set(glyph, [...(characters.get(glyph) ?? []), character])
    }
  }
  return characters
}

/** The subtables that put marks on letters (type 4) or on marks (type 6), each with a number that its kinds begin at. */
function* attachments(font, gpos) {
  const list = gpos + font.getUint16(gpos + 8)
  let kinds = 0
  for (let index = 0; index < font.getUint16(list); index += 1) {
    const lookup = list + font.getUint16(list + 2 + index * 2)
    for (let sub = 0; sub < font.getUint16(lookup + 4); sub += 1) {
      let at = lookup + font.getUint16(lookup + 6 + sub * 2)
      let type = font.getUint16(lookup)
      // An extension names a type and a place further away.
      if (type === 9) [type, at] = [font.getUint16(at + 2), at + font.getUint32(at + 4)]
      if (type !== 4 && type !== 6) continue
      yield { type, at, kinds }
      kinds += font.getUint16(at + 6)
    }
  }
}

/** The glyphs of a coverage table, in its order. */
function covered(font, at) {
  const count = font.getUint16(at + 2)
  if (font.getUint16(at) === 1) return Array.from({ length: count }, (_, index) => font.getUint16(at + 4 + index * 2))
  return Array.from({ length: count }, (_, index) => at + 4 + index * 6).flatMap((range) => {
    const [first, last] = [font.getUint16(range), font.getUint16(range + 2)]
    return Array.from({ length: last - first + 1 }, (_, step) => first + step)
  })
}

const pointAt = (font, at) => [font.getInt16(at + 2), font.getInt16(at + 4)]
