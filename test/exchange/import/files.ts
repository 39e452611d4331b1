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
