import { eq, sql } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { shown } from '../../database/columns.ts'
import type { Database } from '../../database/connect.ts'
import { entity } from '../../database/entity.ts'
import { byId, byInstant, byOneOf } from '../../database/filters.ts'
import { list } from '../../database/list.ts'
import { scope } from '../../database/scope.ts'
import { student } from '../student/table.ts'
import { request, requestTable } from './table.ts'

const studentName = sql<string>`${student.last_name} || ' ' || ${student.first_name}`.as('student_name')

const fields = {
  ...shown(request),
  student_number: student.student_number,
  student_name: studentName,
}

const rows = (db: Database) =>
  db.select(fields).from(request).innerJoin(student, eq(student.id, request.student_id)).$dynamic()

const visible = (ctx: Context) => scope(ctx, { student: () => eq(request.student_id, ctx.actor.studentId ?? 0) })

export const requestEntity = entity({
  name: 'request',
  table: requestTable,
  rows,
  id: request.id,
  visible,
  notFound: 'REQUEST_NOT_FOUND',
})

export const requestList = list({
  rows,
  visible,
  id: request.id,
  search: student.search_text,
  orderings: {
    id: request.id,
    created_at: request.created_at,
    updated_at: request.updated_at,
    status: request.status,
    type: request.type,
    student_number: student.student_number,
  },
  defaultOrdering: '-created_at',
  filters: {
    student_id: byId(request.student_id),
    type: byOneOf(request.type, ['transcript', 'bonafide', 'noc', 'other']),
    status: byOneOf(request.status, ['pending', 'approved', 'rejected', 'completed', 'cancelled']),
    processed_by: byId(request.processed_by),
    created_at: byInstant(request.created_at),
  },
})
