import { expect, vi } from 'vitest'
import type { AnswerAt } from '../../answer-at.ts'
import type { Answer } from '../../call.ts'
import type { Persona } from '../../world.ts'

/** Hands a file in: CSV unless `type` says otherwise. */
export const importFile = (
  by: Pick<Persona, 'post'>,
  entity: string,
  file: string,
  { query = '', type = 'text/csv' } = {},
) => by.post(`/imports/${entity}${query}`, file, { 'content-type': type })

/** Bytes of a text in a charset that TextEncoder does not know. */
export function encoded(text: string, charset: string): Uint8Array {
  if (charset === 'utf-8') return new TextEncoder().encode(text)
  if (charset.startsWith('utf-16')) {
    const bytes = new DataView(new ArrayBuffer(text.length * 2))
    for (let at = 0; at < text.length; at += 1) bytes.setUint16(at * 2, text.charCodeAt(at), charset !== 'utf-16be')
    return new Uint8Array(bytes.buffer)
  }
  const letters = Array.from({ length: 256 }, (_, byte) => new TextDecoder(charset).decode(Uint8Array.of(byte)))
  return Uint8Array.from(text, (letter) => letters.indexOf(letter))
}

export const ndjson = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).join('\n')

/** CSV as a spreadsheet writes it: cells are quoted where they must be. */
export function csv(rows: readonly Record<string, unknown>[], separator = ','): string {
  const columns = Object.keys(rows[0]!)
  const cell = (value: unknown) => {
    const text = value === null || value === undefined ? '' : String(value)
    return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  const lines = [columns, ...rows.map((row) => columns.map((name) => row[name]))]
  return lines.map((line) => line.map(cell).join(separator)).join('\r\n')
}

export const counts = ({ data }: Pick<Answer<AnswerAt<'GET', '/imports/:'>>, 'data'>) => {
  const { created, updated, skipped, failed } = data
  return [created, updated, skipped, failed]
}

/** Errors as [line, field, code]. */
export const problems = ({ data }: Pick<Answer<AnswerAt<'POST', '/imports/:'>>, 'data'>) =>
  data.errors.map(({ line, field, code }) => [line, field, code])

/** Waits until the queue has nothing more to do for an import. */
export const finished = (by: Persona, id: string) =>
  vi.waitFor(
    async () => {
      const answer = await by.get(`/imports/${id}`)
      expect(['finished', 'failed', 'needs_confirmation']).toContain(answer.data.state)
      return answer
    },
    { timeout: 60_000, interval: 50 },
  )
