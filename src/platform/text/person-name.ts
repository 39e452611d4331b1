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

/** A person's name as it is kept: composed (NFC), without what nobody sees. */
export const personName = (typed: string): string =>
  typed.replaceAll(unseen, '').replaceAll(idleJoiner, '').normalize('NFC')
