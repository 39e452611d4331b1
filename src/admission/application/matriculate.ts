import { sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { demandVersion } from '#/platform/database/write/entity.ts'
import { expectChange } from '#/platform/database/write/guards.ts'
import { write } from '#/platform/database/write/write.ts'
import { ApiError } from '#/platform/errors.ts'
import { linkStudent } from '#/access/identity/index.ts'
import { endingSessions } from '#/access/session/index.ts'
import { newcomer, studentErrors } from '#/people/student/index.ts'
import { applicationById, findMatriculation, stillAccepted } from './queries.ts'
import { requireStep } from './rules.ts'
import { applicationTable } from './table.ts'
import { errors } from './errors.ts'

/**
 * Makes an accepted applicant a student: number, record, the account's link to it and the state of the application, in one write. The
 * account's sessions end in it: they began as somebody without a record. Of two that run at once for the same application one finds it
 * accepted no more: 409 STALE_STATE.
 */
export async function matriculate(ctx: Context, id: number) {
  const { application, facts } = await findMatriculation(ctx, id)
  requireStep(application.status, 'matriculated')
  demandVersion(ctx, application)
  const { user_id, email } = application
  if (!facts || email === null) throw new ApiError(errors.APPLICATION_ACCOUNT_NOT_FOUND, { user_id })
  if (facts.account_student !== null)
    throw new ApiError(errors.APPLICANT_IS_STUDENT, { student_id: facts.account_student })
  if (facts.archived_student !== null)
    throw new ApiError(studentErrors.STUDENT_ARCHIVED, { id: facts.archived_student })
  const year = Number(facts.term_start.slice(0, 4))
  const accepted = stillAccepted(application)
  const student = newcomer(
    ctx,
    year,
    { ...personOf(application), email },
    sql`exists (select 1 from ${applicationTable} where ${accepted})`,
  )
  const { read } = await endingSessions(ctx, { userId: user_id }, (ending) =>
    write(ctx, {
      change: student.takeNumber,
      audit: {
        entity: 'application',
        id,
        changes: sql`json_object('status', json('{"old":"accepted","new":"matriculated"}'),
        'student_number', json_object('new', ${student.number}))`,
      },
      also: [
        student.insert,
        linkStudent(ctx, user_id, student.id),
        ctx.db
          .update(applicationTable)
          .set({
            status: 'matriculated',
            student_id: student.id,
            version: application.version + 1,
            updated_at: ctx.now,
          })
          .where(accepted),
        expectChange(ctx),
        ending,
      ],
      read: applicationById(ctx.db, id),
      blame: { ...application, year },
    }),
  )
  return read[0]!
}

type Found = Awaited<ReturnType<typeof findMatriculation>>['application']

const personOf = ({ first_name, last_name, latin_name, father_name, date_of_birth, phone, program_id }: Found) => ({
  first_name,
  last_name,
  latin_name,
  father_name,
  date_of_birth,
  phone,
  program_id,
})
