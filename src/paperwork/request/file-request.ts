import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { find, insert } from '#/platform/database/write/entity.ts'
import { ApiError } from '#/platform/errors.ts'
import { studentEntity } from '#/people/student/index.ts'
import { requestEntity } from './queries.ts'
import type { RequestInput } from './schema.ts'
import { errors } from './errors.ts'

/** Files a request: students for themselves, the registry for anybody. */
export async function fileRequest(ctx: Context, input: z.output<typeof RequestInput>) {
  const student_id = input.student_id ?? ctx.actor.studentId
  if (student_id === null) throw new ApiError(errors.REQUEST_STUDENT_REQUIRED)
  await find(ctx, studentEntity, student_id)
  return insert(ctx, requestEntity, {
    ...input,
    student_id,
    language: input.language ?? ctx.language,
    status: 'pending',
  })
}
