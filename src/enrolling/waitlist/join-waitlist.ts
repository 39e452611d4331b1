import type { Context } from '#/platform/context.ts'
import { find, insert } from '#/platform/database/write/entity.ts'
import { settle } from '#/platform/database/write/settle.ts'
import { ApiError } from '#/platform/errors.ts'
import { blameOf, judgePlace, type Place, refusal, seatErrors, takenParams } from '#/enrolling/seat/index.ts'
import { refused } from '#/platform/validation/invalid.ts'
import { requireAdmission } from '#/enrolling/turnstile/index.ts'
import { waitlistEntity } from './queries.ts'
import { presentEntry } from './rules.ts'
import { errors } from './errors.ts'

/** Puts a student at the end of the waitlist of a full section, when nothing but the missing seat stands in the way. */
export const joinWaitlist = (ctx: Context, place: Place) =>
  settle(async () => {
    const { section, left, refusals, isWaiting, standing } = await judgePlace(ctx, place)
    if (isWaiting) throw new ApiError(errors.ALREADY_WAITING)
    if (place.swap && !left && !refusals.some(({ error }) => error.code === 'COURSE_ALREADY_TAKEN'))
      throw refused([{ in: 'body', path: 'swap', code: 'invalid', message: nothingToSwap[ctx.language] }])
    if (refusals.some(({ error }) => error.code !== 'SECTION_FULL')) throw refusal(ctx, refusals)
    const { waitlist_capacity, waiting } = section
    const blame = { ...blameOf(section, standing), waitlist_capacity }
    if (refusals.length === 0)
      throw left
        ? new ApiError(seatErrors.COURSE_ALREADY_TAKEN, takenParams(section, [left]))
        : new ApiError(errors.WAITLIST_NOT_NEEDED, blame)
    if (waitlist_capacity === 0) throw new ApiError(errors.WAITLIST_CLOSED)
    if (waiting >= waitlist_capacity) throw new ApiError(errors.WAITLIST_FULL, blame)
    await requireAdmission(ctx, [section.term])
    return presentEntry(ctx, await insert(ctx, waitlistEntity, place, { blame }))
  })

const nothingToSwap = {
  en: 'is for a student with a seat in another section of the course; this one has none, so leave it out',
  el: 'είναι για φοιτητή με θέση σε άλλο τμήμα του μαθήματος· αυτός δεν έχει, γι’ αυτό παραλείψτε το',
}

/** An entry as it is answered. */
export const readEntry = async (ctx: Context, id: number) => presentEntry(ctx, await find(ctx, waitlistEntity, id))
