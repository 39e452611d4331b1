interface Meeting {
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
