// Which characters documents print: Unicode ranges, both ends included.

/** Where the fonts come from. */
export const packages = {
  'noto-sans': import.meta.resolve('@expo-google-fonts/noto-sans/package.json'),
  'noto-sans-georgian': import.meta.resolve('@expo-google-fonts/noto-sans-georgian/package.json'),
  'noto-sans-armenian': import.meta.resolve('@expo-google-fonts/noto-sans-armenian/package.json'),
}

/** What nearly every document needs: the letters of Greek and of most Latin names. */
export const common = [
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
  [0xfffd, 0xfffd], // never printed; the numbers of the glyphs before it stay what they were
]

/** Loaded when a document needs them, in this order; each without what those before it have. */
export const further = {
  latin: {
    name: 'noto-sans',
    ranges: [
      [0x0250, 0x02af], // IPA, whose letters African alphabets use
      [0x1e00, 0x1eff], // Latin Extended Additional: Vietnamese, Irish with points
      [0x2000, 0x205e], // spaces and punctuation
      [0x2070, 0x209c], // superscripts and subscripts
      [0x20a0, 0x20c0], // currencies
      [0x2100, 0x218b], // letterlike symbols, fractions, Roman numerals
      [0x2c60, 0x2c7f], // Latin Extended-C
      [0xa720, 0xa7ff], // Latin Extended-D
      [0xab30, 0xab6b], // Latin Extended-E
      [0xfb00, 0xfb06], // ligatures
    ],
  },
  cyrillic: {
    name: 'noto-sans',
    ranges: [
      [0x0400, 0x052f], // Cyrillic and its supplement
      [0x1c80, 0x1c88], // Cyrillic Extended-C
      [0x2de0, 0x2dff], // combining letters
      [0xa640, 0xa69f], // Cyrillic Extended-B
    ],
  },
  georgian: {
    name: 'noto-sans-georgian',
    ranges: [
      [0x10a0, 0x10ff], // Asomtavruli and Mkhedruli
      [0x1c90, 0x1cbf], // Mtavruli
      [0x2d00, 0x2d2d], // Nuskhuri
    ],
  },
  armenian: {
    name: 'noto-sans-armenian',
    ranges: [
      [0x0531, 0x058f], // Armenian
      [0xfb13, 0xfb17], // ligatures
    ],
  },
}
