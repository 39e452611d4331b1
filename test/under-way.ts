const dayMs = 24 * 60 * 60 * 1000

/** The calendar date so many days from now. */
export const dayFromNow = (days: number) => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10)

/** The dates of a term that is being taught whenever the tests run. */
export const underWay = { start_date: dayFromNow(-120), end_date: dayFromNow(120) }
/** Days of such a term: one that is over, and one to come. */
export const [past, future] = [dayFromNow(-60), dayFromNow(60)]
