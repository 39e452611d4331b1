import type * as z from 'zod'
import type { Phrase } from '#/platform/errors.ts'
import type { DateForm } from '#/platform/words.ts'

interface Def {
  type: string
  format?: string
  innerType?: z.core.$ZodType
  in?: z.core.$ZodType
  options?: readonly z.core.$ZodType[]
}

/** The fields that take a calendar date, some of them an instant as well. */
export const dayFields = (shape: Record<string, z.core.$ZodType>): ReadonlySet<string> =>
  new Set(Object.keys(shape).filter((name) => takesDay(shape[name]!)))

function takesDay(field: z.core.$ZodType): boolean {
  const { type, format, innerType, in: first, options } = (field as unknown as { def: Def }).def
  if (options) return options.some(takesDay)
  const inner = innerType ?? first
  return inner ? takesDay(inner) : type === 'string' && format === 'date'
}

/** A day that is written `25/03/2026`, as files have it from here on; anything else, such as the 31st of a shorter month, as it is. */
export function dayOf(written: unknown): unknown {
  const [, day, month, year] = (typeof written === 'string' && /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(written)) || []
  if (!day || !month || !year) return written
  const date = new Date(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T00:00:00Z`)
  return date.getUTCDate() === Number(day) ? date.toISOString().slice(0, 10) : written
}

/** What is said of such a field whose value is no date; undefined where its own words say enough. */
export function saidOfDay(written: unknown, dates: DateForm): Phrase | undefined {
  if (dates === 'dmy') return dayMonthYear
  return dayOf(written) === written ? undefined : yearFirst
}

const dayMonthYear: Phrase = {
  en: 'must be a day such as 25/03/2026, or a date such as 2026-03-25',
  el: 'πρέπει να είναι ημέρα όπως 25/03/2026 ή ημερομηνία όπως 2026-03-25',
}
const yearFirst: Phrase = {
  en: 'must be a date such as 2026-03-25; for days such as 25/03/2026 send the file with dates=dmy',
  el: 'πρέπει να είναι ημερομηνία όπως 2026-03-25· για ημέρες όπως 25/03/2026 στείλτε το αρχείο με dates=dmy',
}
