import type { Context } from './context.ts'

/** Today's calendar date (YYYY-MM-DD) where the institution is. */
export const localDate = (ctx: Pick<Context, 'now' | 'settings'>): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: ctx.settings.INSTITUTION_TIMEZONE }).format(new Date(ctx.now))
