import { sql } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { write } from '../../database/write.ts'
import { ApiError, messageOf } from '../../errors.ts'
import type { BulkReport } from '../../bulk.ts'
import { findBulkFacts } from './queries.ts'
import { enrollmentRefusals, type Refusal } from './rules.ts'
import { enrollmentTable } from './table.ts'

interface Bulk {
  section_id: number
  student_ids: readonly number[]
  atomic: boolean
  dry_run: boolean
}

/**
 * Enrolls many students in the order given, until the seats are gone: one transaction, one audit row, a reason for each who got no seat.
 * Somebody who takes a seat in the meantime fails the whole write with SECTION_FULL; nothing is half done, and it can be repeated.
 */
export async function enrollStudents(
  ctx: Context,
  { section_id, student_ids, atomic, dry_run }: Bulk,
): Promise<BulkReport> {
  const facts = await findBulkFacts(ctx, section_id, student_ids)
  const { place } = facts
  if (!place) throw new ApiError('SECTION_NOT_FOUND', { id: section_id })
  const judged = judgeAll(ctx, { ...facts, place }, student_ids)
  const accepted = judged.filter(({ refusal }) => !refusal).map(({ student_id }) => student_id)
  const errors = judged.flatMap(({ index, refusal }) =>
    refusal ? [{ index, code: refusal.code, message: messageOf(refusal.code, refusal.params, ctx.language) }] : [],
  )
  const isRefused = atomic && errors.length > 0
  if (accepted.length > 0 && !isRefused && !dry_run) {
    await write(ctx, {
      change: insertAll(ctx, section_id, accepted),
      audit: { entity: 'section', id: section_id, changes: { enrolled: { new: accepted } } },
      blame: { capacity: place.section.capacity, term_code: place.term.code },
    })
  }
  const created = isRefused ? 0 : accepted.length
  return { created, updated: 0, skipped: accepted.length - created, failed: errors.length, errors }
}

type Facts = Awaited<ReturnType<typeof findBulkFacts>>
type Place = NonNullable<Facts['place']>

/** One after the other, each seeing the seats that those before have taken. */
function judgeAll(
  ctx: Context,
  { place, people, seated, holds, clashes, requirements }: Facts & { place: Place },
  ids: readonly number[],
) {
  const students = new Map(people.map((student) => [student.id, student]))
  const taken = new Set(seated.map(({ student_id }) => student_id))
  const holdsOf = Map.groupBy(holds, ({ student_id }) => student_id)
  const clashesOf = Map.groupBy(clashes, ({ student_id }) => student_id)
  const requirementsFor = Map.groupBy(requirements, ({ student_id }) => student_id)
  let seats_taken = place.section.seats_taken
  return ids.map((student_id, index) => {
    const student = students.get(student_id)
    const refusal = ((): Refusal | undefined => {
      if (!student) return { code: 'STUDENT_NOT_FOUND', params: { id: student_id } }
      if (taken.has(student_id)) return { code: 'ALREADY_ENROLLED', params: {} }
      const own = {
        holds: holdsOf.get(student_id) ?? [],
        clashes: clashesOf.get(student_id) ?? [],
        requirements: requirementsFor.get(student_id) ?? [],
      }
      const section = { ...place.section, seats_taken }
      return enrollmentRefusals({ student, section, term: place.term, ...own, now: ctx.now })[0]
    })()
    if (!refusal) {
      taken.add(student_id)
      seats_taken += 1
    }
    return { student_id, index, refusal }
  })
}

function insertAll(ctx: Context, sectionId: number, studentIds: readonly number[]) {
  const { now } = ctx
  return ctx.db
    .insert(enrollmentTable)
    .select(
      sql`select null, ${sectionId}, value, 'enrolled', ${now}, null, 1, ${now}, ${now}, null from json_each(${JSON.stringify(studentIds)})`,
    )
}
