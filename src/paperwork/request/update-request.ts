import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { find, isChanged, update } from '#/platform/database/write/entity.ts'
import { ApiError } from '#/platform/errors.ts'
import { requestEntity } from './queries.ts'
import type { RequestChanges } from './schema.ts'
import { errors } from './errors.ts'

/** Changes what is asked for, as long as nobody has decided. The same once more is no change. */
export async function updateRequest(ctx: Context, id: number, changes: z.output<typeof RequestChanges>) {
  const request = await find(ctx, requestEntity, id)
  if (changes.student_id !== undefined && changes.student_id !== request.student_id)
    throw new ApiError(errors.REQUEST_STUDENT_FIXED)
  if (request.status !== 'pending' && isChanged(request, changes))
    throw new ApiError(errors.REQUEST_NOT_PENDING, { status: request.status })
  return update(ctx, requestEntity, request, changes)
}
