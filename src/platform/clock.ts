import type { Context } from './context.ts'

type Place = Pick<Context, 'settings'>['settings']

/** Today's calendar date (YYYY-MM-DD) where the institution is. */
export const localDate = ({ now, settings }: Pick<Context, 'now' | 'settings'>): string => dayOf(settings, now)

/** The calendar date of an instant (UTC ISO 8601) where the institution is. */
export const dayOf = (
  { INSTITUTION_TIMEZONE: timeZone }: Pick<Place, 'INSTITUTION_TIMEZONE'>,
  instant: string,
): string => {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone })
  formats.set(timeZone, format)
  return format.format(new Date(instant))
}

/** To make one takes longer than a read of the database. */
const formats = new Map<string, Intl.DateTimeFormat>()
