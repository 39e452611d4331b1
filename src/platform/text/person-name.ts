/**
 * What comes along when a name is copied, and nobody sees: characters that turn the order of others around them, blanks without width, soft
 * hyphens.
 */
const unseen = /[\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g

const joining = ['Arabic', 'Syriac', 'Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati', 'Oriya', 'Tamil', 'Telugu']
  .concat('Kannada', 'Malayalam', 'Sinhala')
  .map((script) => `\\p{Script=${script}}`)
  .join('')
/** Joiners shape Arabic and Indic letters; elsewhere they do nothing. */
const idleJoiner = new RegExp(`(?<![${joining}])[\\u200C\\u200D]+(?![${joining}])`, 'gu')

/** How documents and mails call somebody who may have one name only. */
export const fullName = ({ first_name, last_name }: { first_name: string | null; last_name: string | null }): string =>
  [first_name, last_name].filter(Boolean).join(' ')

/**
 * Marks on one letter that no name has: of those that any letter can bear two (Vietnamese) are usual, three on a Greek one. Five are what signs of
 * a script's own, as in Hebrew or Tibetan, come to.
 */
const mark = '[\\u0300-\\u036F\\u0483-\\u0489\\u1AB0-\\u1AFF\\u1DC0-\\u1DFF\\u20D0-\\u20FF\\uFE20-\\uFE2F]'
const heaped = new RegExp(`(?<!\\p{Script=Greek})${mark}{3}|${mark}{4}|\\p{M}{6}`, 'u')

/** Whether a letter of the name bears so many marks that they are printed as a tower over others. */
export const hasHeapedMarks = (text: string): boolean => heaped.test(text.normalize('NFD'))

/** A person's name as it is kept: composed (NFC), without what nobody sees. Composing may leave a joiner idle, so it ends when nothing changes. */
export function personName(typed: string): string {
  const kept = typed.replaceAll(unseen, '').replaceAll(idleJoiner, '').normalize('NFC')
  return kept === typed ? kept : personName(kept)
}
