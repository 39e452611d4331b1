/** Far beyond whatever is stored to be read at once. */
const mostBytes = 8 * 1024 * 1024

/** The text of an object in R2; undefined where it is too long to be one of ours. */
export async function storedText(object: R2ObjectBody): Promise<string | undefined> {
  if (object.size <= mostBytes) return object.text()
  await object.body.cancel()
  return undefined
}

/** What an object in R2 says in JSON; undefined where it is none, or too long. */
export const storedJson = async (object: R2ObjectBody): Promise<unknown> => readJson((await storedText(object)) ?? '')

/** What a text says in JSON; undefined where it is none. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
