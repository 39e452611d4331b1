import { loadFonts, UnprintableText } from '#/engines/typeface/index.ts'
import type { Context } from '#/platform/context.ts'
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

/** From the static assets; the built-in ones suffice for nearly every text. */
export const loadFontsFor = ({ env, settings }: Pick<Context, 'env' | 'settings'>, text: string) =>
  loadFonts(text, async (file) => {
    const answer = await env.ASSETS.fetch(new URL(`/fonts/${file}`, settings.PUBLIC_URL))
    if (!answer.ok) throw new Error(`asset /fonts/${file} is missing`)
    return answer.arrayBuffer()
  })

const beginning = (text: string) => (text.length > 100 ? `${Array.from(text).slice(0, 100).join('')}…` : text)
