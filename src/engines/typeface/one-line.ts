/** The text as one line of composed characters, without invisible ones. */
export function oneLine(text: string): string {
  return text.replace(invisible, '').normalize('NFC').replace(blank, ' ').trim()
}

const invisible = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu
const blank = /[\s\p{Cc}]+/gu
