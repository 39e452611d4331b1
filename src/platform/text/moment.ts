import type { Phrase } from '#/platform/errors.ts'
import type { Language } from '#/platform/words.ts'

const locales: Record<Language, string> = { en: 'en-GB', el: 'el-GR' }
const formats = new Map<string, Intl.DateTimeFormat>()

/** Day and time of an instant (UTC ISO 8601) where the institution is: 25 March 2026 at 09:00. */
function saidIn(language: Language, timeZone: string, instant: string): string {
  const key = `${language} ${timeZone}`
  const format =
    formats.get(key) ??
    new Intl.DateTimeFormat(locales[language], { dateStyle: 'long', timeStyle: 'short', hourCycle: 'h23', timeZone })
  formats.set(key, format)
  return format.format(new Date(instant))
}

/** The same in both languages, for the text of a message. */
export const moment = (timeZone: string, instant: string): Phrase => ({
  en: saidIn('en', timeZone, instant),
  el: saidIn('el', timeZone, instant),
})

/** A text that was kept with instants in it, such as what SQL noted down: they are told as days and times. */
export const withMoments = (text: string, language: Language, timeZone: string): string =>
  text.replaceAll(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, (instant) => saidIn(language, timeZone, instant))
