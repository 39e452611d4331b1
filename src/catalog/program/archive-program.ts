import type { Context } from '#/platform/context.ts'
import { find, update } from '#/platform/database/write/entity.ts'
import { programEntity } from './queries.ts'

/** Takes a program out of lists and out of use for new students; what refers to it stays. Doing it twice changes nothing. */
export async function archiveProgram(ctx: Context, id: number) {
  const program = await find(ctx, programEntity, id)
  return update(ctx, programEntity, program, { archived_at: program.archived_at ?? ctx.now })
}

export const unarchiveProgram = async (ctx: Context, id: number) =>
  update(ctx, programEntity, await find(ctx, programEntity, id), { archived_at: null })
