import type { Context } from '#/platform/context.ts'
import { ApiError } from '#/platform/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'
import { toUtf8 } from './charset.ts'

/** Bytes of the largest file that is taken. */
export const largestFile = 32 * 1024 * 1024

/** R2 takes parts of 5 MiB and more, all alike but the last; so much of a file is in memory at any time. */
const partBytes = 5 * 1024 * 1024

export type Sent = ReadableStreamDefaultReader<Uint8Array>

/** What is left of a file. */
export type Rest = Pick<Sent, 'read'>

/**
 * The first part of a file, in UTF-8 whatever it is sent in; what is left is to be read from `rest`. Both throw IMPORT_NOT_TEXT for bytes
 * that are not in its charset.
 */
export async function takeHead(sent: Sent, charset: string) {
  const { part, isEnd } = await nextPart(sent, new Uint8Array())
  const decode = toUtf8(part, charset)
  const head = decode(part, { isLast: isEnd })
  return { head, isAll: isEnd, rest: isEnd ? sent : { read: () => decodedNext(sent, decode) } }
}

async function decodedNext(sent: Sent, decode: ReturnType<typeof toUtf8>): ReturnType<Sent['read']> {
  const { value, done } = await sent.read()
  if (!done) return { done: false, value: decode(value, { isLast: false }) }
  decode(new Uint8Array(), { isLast: true })
  return { done: true, value: undefined }
}

/** Puts a file into R2 part by part. Its size in bytes. Throws HTTP_413 for one that is too large in UTF-8, and leaves nothing of it. */
export async function storeFile({ env }: Context, key: string, { head, rest }: { head: Uint8Array; rest: Rest }) {
  const first = await nextPart(rest, head)
  if (first.part.length < partBytes) {
    await env.DOCUMENTS.put(key, first.part)
    return first.part.length
  }
  const upload = await env.DOCUMENTS.createMultipartUpload(key)
  try {
    const parts: R2UploadedPart[] = []
    let size = 0
    let ready = first.part.subarray(0, partBytes)
    let over = first.part.subarray(partBytes)
    for (;;) {
      parts.push(await upload.uploadPart(parts.length + 1, ready))
      size += ready.length
      const { part, isEnd } = await nextPart(rest, over)
      if (size + part.length > largestFile) throw new ApiError(sharedErrors.HTTP_413, { limit: largestFile })
      if (isEnd && part.length === 0) break
      ready = part.subarray(0, partBytes)
      over = part.subarray(partBytes)
    }
    await upload.complete(parts)
    return size
  } catch (error) {
    await upload.abort()
    throw error
  }
}

/** Reads what nobody wants any more: an unread rest breaks the connection before the answer arrives. */
export async function drain(rest: Sent): Promise<void> {
  for (let size = 0; size <= largestFile;) {
    const { value, done } = await rest.read()
    if (done) return
    size += value.length
  }
}

/** At least one part of what comes, or all that still does. */
async function nextPart(reader: Rest, over: Uint8Array): Promise<{ part: Uint8Array; isEnd: boolean }> {
  const pieces = [over]
  let length = over.length
  while (length < partBytes) {
    const { value, done } = await reader.read()
    if (done) return { part: joined(pieces, length), isEnd: true }
    pieces.push(value)
    length += value.length
  }
  return { part: joined(pieces, length), isEnd: false }
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
