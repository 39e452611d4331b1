import { isPrintable } from '#/engines/typeface/index.ts'
import { ApiError } from '#/platform/errors.ts'
import type { Language } from '#/platform/words.ts'
import { documentTextErrors } from './errors.ts'
import { type Named, writtenNames } from './written-names.ts'

/** The same of what documents can print, whose fonts are loaded. Throws LATIN_NAME_NEEDED when that is neither name. */
export function printedNames(names: Named, language: Language) {
  const { name, otherName } = writtenNames(names, language)
  const [first, second] = [name, otherName].filter((one) => one !== null && isPrintable(one))
  if (!first) throw new ApiError(documentTextErrors.LATIN_NAME_NEEDED)
  return { name: first, otherName: second ?? null }
}
