import type { BulkReport } from '#/platform/bulk.ts'
import type { Context } from '#/platform/context.ts'
import type { Changes } from '#/platform/database/tables.ts'
import { type AuditEntry, expectThat, settle, write } from '#/platform/database/write.ts'
import { ApiError, type ErrorCode, messageOf } from '#/platform/errors.ts'
import { judgeAll, type Place } from './judge.ts'
import { overridesUsed } from './judge-place.ts'
import { findEnrollmentFacts, noSeatElsewhere, placesOf, seating } from './queries.ts'

interface Options {
  atomic: boolean
  dry_run: boolean
}

/** Enrolls many students in one section, in the order given, until the seats are gone. Throws SECTION_NOT_FOUND. */
export const enrollStudents = (
  ctx: Context,
  { section_id, student_ids, ...options }: Options & { section_id: number; student_ids: readonly number[] },
) =>
  enrollAll(
    ctx,
    student_ids.map((student_id) => ({ section_id, student_id })),
    {
      ...options,
      required: ['SECTION_NOT_FOUND'],
      audit: (given) => ({
        entity: 'section',
        id: section_id,
        changes: { enrolled: { new: given.map(({ student_id }) => student_id) } },
      }),
    },
  )

/** Enrolls pairs of students and sections: a student's basket of courses. Throws STUDENT_NOT_FOUND when a student names another. */
export const enrollPairs = (ctx: Context, { enrollments, ...options }: Options & { enrollments: readonly Place[] }) =>
  enrollAll(ctx, enrollments, {
    ...options,
    required: ctx.reach === 'own' ? ['STUDENT_NOT_FOUND'] : [],
    audit: (given) => ({
      entity: 'enrollment',
      id: null,
      changes: { enrolled: { new: given.map(({ section_id, student_id }) => ({ section_id, student_id })) } },
    }),
  })

interface Bulk extends Options {
  /** Refusals of a single item that refuse the whole request. */
  required: readonly ErrorCode[]
  audit: (given: readonly Place[]) => Omit<AuditEntry, 'changes'> & { changes: Changes }
}

/** One transaction, one audit row, a reason for each who got no seat. Decides again when somebody takes a seat in the meantime. */
const enrollAll = (ctx: Context, places: readonly Place[], { atomic, dry_run, required, audit }: Bulk) =>
  settle(async (): Promise<BulkReport> => {
    const facts = await findEnrollmentFacts(ctx, placesOf(places))
    const verdicts = judgeAll(facts, places, ctx.now)
    const given = verdicts.filter(({ refusals }) => refusals.length === 0)
    const errors = verdicts.flatMap(({ refusals: [first] }, index) => (first ? [{ index, ...first }] : []))
    const fatal = errors.find(({ code }) => required.includes(code))
    if (fatal) throw new ApiError(fatal.code, fatal.params)
    const isRefused = atomic && errors.length > 0
    if (given.length > 0 && !isRefused && !dry_run) {
      const entry = audit(given)
      const overrides = overridesUsed(given.flatMap((verdict) => verdict.overrides))
      await write(ctx, {
        change: seating(ctx, placesOf(given)),
        audit: { ...entry, changes: { ...entry.changes, ...overrides } },
        also: [expectThat(ctx, noSeatElsewhere(placesOf(given), facts.newest))],
      })
    }
    const created = isRefused ? 0 : given.length
    return {
      created,
      updated: 0,
      skipped: given.length - created,
      failed: errors.length,
      errors: errors.map(({ index, code, params }) => ({
        index,
        code,
        message: messageOf(code, params, ctx.language),
      })),
    }
  }, ['SECTION_FULL', 'ALREADY_ENROLLED', 'TERM_CLOSED', 'STALE_STATE'])
