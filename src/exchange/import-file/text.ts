import { ApiError } from '#/platform/errors.ts'
import { errors } from './errors.ts'

/** The text of bytes; a character that is cut where they end is left out unless they are the last. Throws IMPORT_NOT_TEXT for what is not UTF-8. */
export function textOf(bytes: Uint8Array, { isLast }: { isLast: boolean }): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: !isLast })
  } catch (error) {
    if (error instanceof TypeError) throw new ApiError(errors.IMPORT_NOT_TEXT)
    throw error
  }
}
