import { isPrintable } from '#/engines/typeface/index.ts'
import type { Context } from '#/platform/context.ts'
import { ApiError } from '#/platform/errors.ts'
import { fullName } from '#/platform/text/person-name.ts'
import { loadFontsFor } from './draw-with.ts'
import { documentTextErrors } from './errors.ts'

interface Holder {
  id: number
  first_name: string | null
  last_name: string | null
  latin_name: string | null
}

/** Those of some people whom no document can name, by id, each with a LATIN_NAME_NEEDED. */
export async function nameProblems(ctx: Context, holders: readonly Holder[]): Promise<Map<number, ApiError>> {
  const named = holders.map((holder) => ({ id: holder.id, name: fullName(holder), latin: holder.latin_name ?? '' }))
  await loadFontsFor(ctx, named.map(({ name, latin }) => `${name} ${latin}`).join(' '))
  const unnamed = named.filter(({ name, latin }) => !isPrintable(name) && !(latin && isPrintable(latin)))
  return new Map(unnamed.map(({ id }) => [id, new ApiError(documentTextErrors.LATIN_NAME_NEEDED)]))
}
