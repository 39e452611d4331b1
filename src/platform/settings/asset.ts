import type { Context } from '#/platform/context.ts'

/** A static asset of the Worker, such as `/migrations.json`; scripts/build-assets.mjs makes them. */
export async function assetOf({ env, settings }: Pick<Context, 'env' | 'settings'>, path: string): Promise<Response> {
  const answer = await env.ASSETS.fetch(new URL(path, settings.PUBLIC_URL))
  if (!answer.ok) throw new Error(`the asset ${path} is missing`)
  return answer
}
