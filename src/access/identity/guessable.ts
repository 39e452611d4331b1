import type { Context } from '#/platform/context.ts'
import { assetOf } from '#/platform/settings/asset.ts'
import { coreOf, coresOf } from './password-core.ts'

/** Whose password it is to be, as far as that is known. */
export interface Holder {
  email: string
  full_name: string
}

/** Once for the life of the isolate. */
let common: Set<string> | undefined

/** The most common passwords. */
export const commonPasswords = async (ctx: Pick<Context, 'env' | 'settings'>): Promise<ReadonlySet<string>> =>
  (common ??= new Set((await (await assetOf(ctx, '/common-passwords.txt')).text()).trimEnd().split('\n')))

/** Whether a password is one of the common ones, but for digits and special characters around it. */
export const isCommon = (password: string, common: ReadonlySet<string>) => !coresOf(password).isDisjointFrom(common)

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
