import list from './common-passwords/list.txt'
import { coreOf, coresOf } from './password-core.ts'

/** Whose password it is to be, as far as that is known. */
export interface Holder {
  email: string
  full_name: string
}

let common: Set<string> | undefined

/** Whether a password is one of the most common ones, but for digits and special characters around it. */
export function isCommon(password: string): boolean {
  common ??= new Set(list.trimEnd().split('\n'))
  return !coresOf(password).isDisjointFrom(common)
}

/** Whether a password is nothing but one of these names, or all words of one, but for digits and special characters around and between. */
export function isName(password: string, names: readonly string[]): boolean {
  const words = new Set(names.flatMap(wordsOf))
  return coresOf(password)
    .values()
    .some((core) => words.has(core.replaceAll(separators, '')))
}

/** What a guesser who knows holder and institution tries first. */
export const namesAround = ({ email = '', full_name = '' }: Partial<Holder>, institution: readonly string[]) => [
  email.split('@')[0]!,
  full_name,
  'Lyceum',
  ...institution,
]

const separators = /[^\p{L}\p{N}]+/gu
const shortest = 3

/** Each word of a name, with the digits around it and without, and all of them as one. Words such as "of" give nothing away. */
function wordsOf(name: string): string[] {
  const words = name.split(separators)
  return [...words, words.join('')]
    .flatMap((word) => [coreOf(word, shortest), coreOf(word, Infinity)])
    .filter((word) => word.length >= shortest)
}
