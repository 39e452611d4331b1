/** A number or code that people type, as it is kept: composed (NFC), without characters that only format. */
export const identifierText = (typed: string): string => typed.replaceAll(/\p{Cf}/gu, '').normalize('NFC')

/** Greek and Cyrillic capitals that look as Latin ones do. */
const lookalikes = new Map([
  ...pairs('ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'ABEZHIKMNOPTYX'),
  ...pairs('АВЕЅІЈКМНОРСТУХ', 'ABESIJKMHOPCTYX'),
])

function pairs(from: string, to: string) {
  return [...from].map((letter, i) => [letter, to[i]!] as const)
}

/**
 * What an identifier is unique and looked up by: the same for all that look alike in print, in whatever case, width and alphabet. 0 and O stay
 * two, and so do numbers with and without leading zeros: `alikeKey` tells of those.
 */
export const identifierKey = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .toUpperCase()
    .replaceAll(/[Α-Я]/g, (letter) => lookalikes.get(letter) ?? letter)

/** What a name that is unique among others is told apart by: as an identifier, and whatever accents and blanks it is written with. */
export const nameKey = (text: string): string =>
  identifierKey(text.normalize('NFD').replaceAll(/[\u0300-\u036F]/g, ''))
    .replaceAll(/\s+/g, ' ')
    .trim()

/** The same for keys that differ in 0 and O or in leading zeros only; `alikeColumn` is that in SQL, where an index has it. */
export const alikeKey = (key: string): string => key.replaceAll('O', '0').replace(/^0+/, '')
