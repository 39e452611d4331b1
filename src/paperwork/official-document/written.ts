import type { Language } from '#/platform/words.ts'

/** A calendar date (YYYY-MM-DD) in words: 20 November 2026, 20 Νοεμβρίου 2026. */
export function writtenDate(date: string, language: Language): string {
  return writtenDay(`${date}T00:00:00Z`, language, 'UTC')
}

/** The calendar date of an ISO instant where the institution is. */
export function writtenDay(instant: string, language: Language, timeZone: string): string {
  return dayFormat(language, timeZone).format(new Date(instant))
}

/** Date and time of an ISO instant where the institution is, with the zone, since readers may be anywhere. */
export function writtenMoment(instant: string, language: Language, timeZone: string): string {
  const day = writtenDay(instant, language, timeZone)
  return `${day}, ${timeFormat(timeZone).format(new Date(instant))} (${timeZone})`
}

const locales = { en: 'en-GB', el: 'el-GR' } as const

function dayFormat(language: Language, timeZone: string): Intl.DateTimeFormat {
  return kept(
    `${language} ${timeZone}`,
    () => new Intl.DateTimeFormat(locales[language], { dateStyle: 'long', timeZone }),
  )
}

function timeFormat(timeZone: string): Intl.DateTimeFormat {
  return kept(timeZone, () => new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone }))
}

/** A decimal with as many digits as it is given. */
export function writtenFigure(decimal: string, language: Language): string {
  const digits = decimal.split('.')[1]?.length ?? 0
  const fraction = { minimumFractionDigits: digits, maximumFractionDigits: digits }
  const key = `${language} ${digits}`
  const format = figures.get(key) ?? new Intl.NumberFormat(language, { ...fraction, useGrouping: false })
  figures.set(key, format)
  return format.format(Number(decimal))
}

/** Kept for the life of the isolate: making a format costs a hundred times more than using it. */
const formats = new Map<string, Intl.DateTimeFormat>()
const figures = new Map<string, Intl.NumberFormat>()

function kept(key: string, make: () => Intl.DateTimeFormat): Intl.DateTimeFormat {
  const format = formats.get(key) ?? make()
  formats.set(key, format)
  return format
}
