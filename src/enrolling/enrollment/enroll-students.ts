import type { BulkReport } from '#/platform/bulk.ts'
import type { Context } from '#/platform/context.ts'
import type { Changes } from '#/platform/audit/table.ts'
import type { AuditEntry } from '#/platform/audit/audit-row.ts'
import { settle } from '#/platform/database/write/settle.ts'
import { write } from '#/platform/database/write/write.ts'
import { ApiError, type DeclaredError, messageOf } from '#/platform/errors.ts'
import {
  expectAsRead,
  findEnrollmentFacts,
  judgeAll,
  overridesUsed,
  type Place,
  placesOf,
  seatErrors,
  seating,
  tellingGiven,
} from '#/enrolling/seat/index.ts'
import { errors as sectionErrors } from '#/enrolling/section/errors.ts'
import { studentErrors } from '#/people/student/index.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

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
      required: [sectionErrors.SECTION_NOT_FOUND],
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
    required: ctx.reach === 'own' ? [studentErrors.STUDENT_NOT_FOUND] : [],
    audit: (given) => ({
      entity: 'enrollment',
      id: null,
      changes: { enrolled: { new: given.map(({ section_id, student_id }) => ({ section_id, student_id })) } },
    }),
  })

interface Bulk extends Options {
  /** Refusals of a single item that refuse the whole request. */
  required: readonly DeclaredError[]
  audit: (given: readonly Place[]) => Omit<AuditEntry, 'changes'> & { changes: Changes }
}

/** One transaction, an audit row of the act and one of each seat, a reason for each who got none. Decides again when somebody takes a seat in the meantime. */
const enrollAll = (ctx: Context, places: readonly Place[], { atomic, dry_run, required, audit }: Bulk) =>
  settle(async (): Promise<BulkReport> => {
    const facts = await findEnrollmentFacts(ctx, placesOf(places))
    const verdicts = judgeAll(facts, places, ctx.now)
    const given = verdicts.filter(({ refusals }) => refusals.length === 0)
    const failures = verdicts.flatMap(({ refusals: [first] }, index) => (first ? [{ index, ...first }] : []))
    const fatal = failures.find(({ error }) => required.includes(error))
    if (fatal) throw new ApiError(fatal.error, fatal.params)
    const isRefused = atomic && failures.length > 0
    if (given.length > 0 && !isRefused && !dry_run) {
      const entry = audit(given)
      const overrides = overridesUsed(given.flatMap((verdict) => verdict.overrides))
      await write(ctx, {
        change: seating(ctx, given),
        audit: { ...entry, changes: { ...entry.changes, ...overrides } },
        also: [tellingGiven(ctx, placesOf(given)), expectAsRead(ctx, given, facts)],
      }).catch(decideAnew)
    }
    const created = isRefused ? 0 : given.length
    return {
      created,
      updated: 0,
      skipped: given.length - created,
      failed: failures.length,
      errors: failures.map(({ index, error, params }) => ({
        index,
        code: error.code,
        message: messageOf(error, params, ctx.language),
      })),
    }
  }, [seatErrors.SECTION_FULL, seatErrors.ALREADY_ENROLLED, seatErrors.TERM_CLOSED, sharedErrors.STALE_STATE])

/** For `.catch` after the write: a student or a section that went since they were read concerns its own places only. Throws STALE_STATE. */
function decideAnew(error: unknown): never {
  const isGone =
    error instanceof ApiError &&
    (error.declared === studentErrors.STUDENT_NOT_FOUND || error.declared === sectionErrors.SECTION_NOT_FOUND)
  throw isGone ? new ApiError(sharedErrors.STALE_STATE) : error
}
