import { loadFonts, UnprintableText } from '#/engines/typeface/index.ts'
import type { Context } from '#/platform/context.ts'
import { assetOf } from '#/platform/settings/asset.ts'
import { ApiError } from '#/platform/errors.ts'
import { documentTextErrors } from './errors.ts'

/** Draws a document of what it certifies once the fonts for that are there. Throws TEXT_NOT_PRINTABLE, and what `draw` throws. */
export async function drawWith<File>(ctx: Context, certified: object, draw: () => Promise<File>): Promise<File> {
  await loadFontsFor(ctx, JSON.stringify(certified))
  try {
    return await draw()
  } catch (error) {
    if (!(error instanceof UnprintableText)) throw error
    const { text, characters } = error
    throw new ApiError(documentTextErrors.TEXT_NOT_PRINTABLE, {
      text: beginning(text),
      characters: beginning(characters),
    })
  }
}

/** From the static assets, once for the life of the isolate; the common one suffices for nearly every text. */
export const loadFontsFor = (ctx: Pick<Context, 'env' | 'settings'>, text: string) =>
  loadFonts(text, async (file) => (await assetOf(ctx, `/fonts/${file}`)).arrayBuffer())

const beginning = (text: string) => (text.length > 100 ? `${Array.from(text).slice(0, 100).join('')}…` : text)
