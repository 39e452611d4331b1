import { ApiError } from '#/platform/errors.ts'
import { errors } from './errors.ts'

/** Throws IMPORT_NOT_TEXT for bytes that are not UTF-8. */
export function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) throw new ApiError(errors.IMPORT_NOT_TEXT)
    throw error
  }
}

/** The bytes without a character that was cut at their end. */
export function wholeCharacters(bytes: Uint8Array): Uint8Array {
  let end = bytes.length
  while (end > 0 && bytes.length - end < 4 && (bytes[end - 1]! & 0xc0) === 0x80) end -= 1
  const lead = bytes[end - 1] ?? 0
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1
  return bytes.length - end + 1 < length ? bytes.subarray(0, end - 1) : bytes
}
