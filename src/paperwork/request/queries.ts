import { accountName, accountSearch } from '#/access/identity/table.ts'
import { eq, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { shown } from '#/platform/database/columns.ts'
import type { Database } from '#/platform/database/connect.ts'
import { found, needed, stays } from '#/platform/database/rule/rule.ts'
import { entity, find } from '#/platform/database/write/entity.ts'
import { byId, byInstant, byOneOf } from '#/platform/database/list/filters.ts'
import { list } from '#/platform/database/list/list.ts'
import { searchable } from '#/platform/text/search.ts'
import { scope } from '#/platform/database/scope.ts'
import { studentEntity } from '#/people/student/index.ts'
import { ofDeletedStudent, byStudentName, student, studentName } from '#/people/student/table.ts'
import { letter } from '#/paperwork/letter/table.ts'
import { request, requestTable } from './table.ts'
import { errors } from './errors.ts'
import { requestStates, requestTypes } from '#/platform/words.ts'

const decider = accountName(request.processed_by)

const fields = {
  ...shown(request),
  student_number: student.student_number,
  student_name: studentName,
  sort_key: student.sort_key,
  processed_by_name: decider.as('processed_by_name'),
  letter_id: sql<string | null>`${letter.id}`.as('letter_id'),
}

const rows = (db: Database) =>
  db
    .select(fields)
    .from(request)
    .innerJoin(student, eq(student.id, request.student_id))
    .leftJoin(letter, eq(letter.request_id, request.id))
    .$dynamic()

const visible = (ctx: Context) => scope(ctx, { student: () => eq(request.student_id, ctx.actor.studentId ?? 0) })

export const requestEntity = entity({
  name: 'request',
  table: requestTable,
  rows,
  id: request.id,
  visible,
  notFound: errors.REQUEST_NOT_FOUND,
  findable: ({ details, notes }) => [details, notes],
  rules: [
    found(studentEntity, 'student_id'),
    stays(errors.REQUEST_STUDENT_FIXED, 'student_id'),
    needed(errors.REQUEST_STUDENT_REQUIRED, 'student_id', ({ ctx }) => ctx.actor.studentId === null),
  ],
})

export const findRequest = (ctx: Context, id: number) => find(ctx, requestEntity, id)

export const requestList = list({
  rows,
  visible,
  id: request.id,
  counted: { table: 'service_request', unseen: ofDeletedStudent },
  search: searchable(student.search_text, request.search_text, accountSearch(request.processed_by)),
  codes: student.number_key,
  texts: [
    request.id,
    request.student_id,
    request.type,
    request.details,
    request.notes,
    request.job_id,
    letter.id,
    decider,
  ],
  orderings: {
    id: request.id,
    created_at: request.created_at,
    updated_at: request.updated_at,
    status: request.status,
    type: request.type,
    student_number: student.student_number,
    student_name: byStudentName,
  },
  defaultOrdering: '-created_at',
  filters: {
    student_id: byId(request.student_id),
    type: byOneOf(request.type, requestTypes),
    status: byOneOf(request.status, requestStates.words),
    processed_by: byId(request.processed_by),
    created_at: byInstant(request.created_at),
  },
})
