/**
 * The Latin skeleton of a text: the same for a Greek, Cyrillic or Georgian name and for the usual ways to write it in Latin letters, so that either
 * finds the other. Greek goes letter by letter into Latin as ELOT 743 (the passport) does, the others as maps and passports have them; then all
 * pass the same rules, which give letters that are written for one another one sound: η ι υ ει οι, ω ο, αι ε, ου u, μπ mp b, ντ nt d, γγ γκ g, χ ξ ch h x ks, φ ph f, αυ av af.
 * Sounds are capitals, which folded text does not have. A word with anything but letters has no skeleton.
 */
export function skeleton(text: string): string {
  const words = text
    .normalize('NFD')
    .replaceAll(/[^\P{M}\u0308]/gu, '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => /^[\p{L}\u0308'’-]+$/u.test(word))
    .flatMap((word) => word.replaceAll(/['’]/g, '').split('-'))
    .map(sounds)
  return [...new Set(words)].filter((word) => /^[A-Z]+$/.test(word)).join(' ')
}

const sounds = (word: string): string =>
  [...intoLatin, ...latin].reduce((text, [letters, sound]) => text.replaceAll(letters, sound), word).toUpperCase()

type Rule = readonly [letters: RegExp, sound: string]

const alphabets = [
  'αa βv γg δd εe ζz ηi θth ιi κk λl μm νn ξx οo πp ρr σs ςs τt υy φf χch ψps ωo',
  'аa бb вv гg ґg дd ђdj еe єie жzh зz иi іi йi јj кk лl љlj мm нn њnj оo пp рr сs тt ћc уu фf хkh цts чch џdz шsh щshch ъ ыy ь эe юiu яia',
  'აa ბb გg დd ეe ვv ზz თt იi კk ლl მm ნn ოo პp ჟzh რr სs ტt უu ფp ქk ღgh ყq შsh ჩch ცts ძdz წts ჭch ხkh ჯj ჰh',
]

/** Dialytika (U+0308) keep two vowels apart; after this they have done their work. Юлия and Зоя begin a syllable with y. */
const intoLatin: readonly Rule[] = [
  [/ου(?!\u0308)/g, 'ou'],
  [/(?<=[αεη])υ(?!\u0308)(?=[αεηιοωυβγδζλμνρ])/g, 'v'],
  [/(?<=[αεη])υ(?!\u0308)/g, 'f'],
  [/(?<=^|[аеёоуыэюя])(?=[юя])/g, 'y'],
  [/(?<=y)ю/g, 'u'],
  [/(?<=y)я/g, 'a'],
  ...alphabets
    .flatMap((alphabet) => alphabet.split(' '))
    .map(([letter, ...written]): Rule => [new RegExp(letter!, 'g'), written.join('')]),
  [/\u0308/g, ''],
]

/** In this order; what has become a capital is settled. */
const latin: readonly Rule[] = [
  // Yannis, Yiannis, Panayotis: γι before a vowel.
  [/(?<=^|[aeiou])yi?(?=[aou])/g, 'gi'],
  // Paulos and Eugenia, Eustathios.
  [/(?<=[ae])u(?=[aeiouybdglmnrvz])/g, 'v'],
  [/(?<=[ae])u/g, 'f'],
  [/th/g, 'Q'],
  [/ph|f/g, 'F'],
  [/gh/g, 'g'],
  [/[ck]h|[ck]s|[hx]/g, 'X'],
  [/[cq]/g, 'k'],
  [/m[pb]|b/g, 'B'],
  [/n[td]|d/g, 'D'],
  [/[gn]{1,2}[gk]/g, 'G'],
  [/[gn]X/g, 'NX'],
  [/[vw](?=[kpstFQX])/g, 'F'],
  [/[vw]/g, 'V'],
  [/a[ie]/g, 'E'],
  [/[eoy]i|oe|[iy]/g, 'I'],
  [/ou/g, 'U'],
  // Double letters, in whatever case they are by now.
  [/(.)\1/gi, '$1'],
]
