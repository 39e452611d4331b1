import { alikeKey, identifierKey } from '#/platform/text/identifier.ts'

export interface Meeting {
  weekday: number
  /** HH:MM; compares as text. */
  start: string
  end: string
}

/** Whether two of these meetings are at the same time. One that begins when another ends does not clash. */
export const clash = (meetings: readonly Meeting[]): boolean =>
  meetings.some((one, i) => meetings.slice(i + 1).some((other) => overlaps(one, other)))

/** Whether two meetings have a moment in common. */
export const overlaps = (a: Meeting, b: Meeting) => a.weekday === b.weekday && a.start < b.end && b.start < a.end

/** What rooms are compared by: identifiers whose marks and further blanks do not count. */
export const roomKey = (room: string) =>
  identifierKey(room.normalize('NFKD').replaceAll(/\p{M}/gu, '')).replaceAll(/\s+/gu, ' ').trim()

/** Whether two numbers of sections are easily taken for each other: they differ in case, alphabet, 0 and O or leading zeros only. */
export const looksAlike = (one: string, other: string) =>
  one !== other && alikeKey(identifierKey(one)) === alikeKey(identifierKey(other))
