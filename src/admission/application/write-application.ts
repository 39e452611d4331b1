import type * as z from 'zod'
import { localDate } from '#/platform/clock.ts'
import type { Context } from '#/platform/context.ts'
import { find, insert, isChanged, softDeleteRow, update } from '#/platform/database/write/entity.ts'
import { ApiError } from '#/platform/errors.ts'
import { requirePossibleBirth } from '#/people/student/index.ts'
import { applicationEntity } from './queries.ts'
import { requireDraft } from './rules.ts'
import type { ApplicationChanges, ApplicationInput } from './schema.ts'
import { errors } from './errors.ts'

/** Begins a draft, of somebody who could be enrolled today: applicants for themselves, the registry for the account of any applicant. */
export async function createApplication(ctx: Context, { user_id, ...input }: z.output<typeof ApplicationInput>) {
  const account = user_id ?? (ctx.reach === 'own' ? ctx.actor.id : null)
  if (account === null) throw new ApiError(errors.APPLICATION_ACCOUNT_REQUIRED)
  if (ctx.reach === 'own' && account !== ctx.actor.id)
    throw new ApiError(errors.APPLICATION_ACCOUNT_NOT_FOUND, { user_id: account })
  if (input.date_of_birth) requirePossibleBirth(input.date_of_birth, localDate(ctx))
  return insert(ctx, applicationEntity, { ...input, user_id: account, status: 'draft' })
}

/** Changes a draft. What was handed in may be repeated. */
export async function updateApplication(ctx: Context, id: number, changes: z.output<typeof ApplicationChanges>) {
  const application = await find(ctx, applicationEntity, id)
  if (changes.user_id !== undefined && changes.user_id !== application.user_id)
    throw new ApiError(errors.APPLICATION_ACCOUNT_FIXED)
  if (isChanged(application, changes)) requireDraft(application.status)
  if (changes.date_of_birth && changes.date_of_birth !== application.date_of_birth)
    requirePossibleBirth(changes.date_of_birth, localDate(ctx))
  return update(ctx, applicationEntity, application, changes)
}

/** Hides a draft. Throws APPLICATION_NOT_DRAFT. */
export async function deleteApplication(ctx: Context, id: number) {
  const application = await find(ctx, applicationEntity, id)
  requireDraft(application.status)
  await softDeleteRow(ctx, applicationEntity, application)
}
