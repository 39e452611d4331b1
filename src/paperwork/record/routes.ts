import * as z from 'zod'
import { pathId } from '#/platform/fields.ts'
import { endpoint } from '#/platform/http/endpoint.ts'
import { readRecord } from './read-record.ts'
import { StudentRecord } from './schema.ts'
import { studentErrors } from '#/people/student/index.ts'

export const recordEndpoints = [
  endpoint({
    id: 'getStudentRecord',
    method: 'get',
    path: '/students/:id/record',
    summary:
      'Everything on the record of a student: sections by term with attendance and results, averages, credits, holds',
    description:
      'Students read their own, without drafts. Instructors read what belongs to their own sections, without averages and holds.',
    permission: 'record.read',
    params: z.object({ id: pathId }),
    returns: StudentRecord,
    errors: [studentErrors.STUDENT_NOT_FOUND],
  }).handle(({ ctx, params: { id } }) => readRecord(ctx, id)),
]
