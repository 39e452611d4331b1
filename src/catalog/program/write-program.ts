import type * as z from 'zod'
import { meaningScheme } from '#/catalog/scheme/index.ts'
import type { Context } from '#/platform/context.ts'
import { insertWarning } from '#/platform/database/write/alike.ts'
import { find, update } from '#/platform/database/write/entity.ts'
import { programEntity } from './queries.ts'
import type { ProgramChanges, ProgramInput } from './schema.ts'
import { errors } from './errors.ts'

export const createProgram = (ctx: Context, input: z.output<typeof ProgramInput>) =>
  meaningScheme(ctx, errors.PROGRAM_SCHEME_NOT_FOUND, input, (given) => insertWarning(ctx, programEntity, given))

export async function updateProgram(ctx: Context, id: number, changes: z.output<typeof ProgramChanges>) {
  const program = await find(ctx, programEntity, id)
  return meaningScheme(ctx, errors.PROGRAM_SCHEME_NOT_FOUND, changes, (given) =>
    update(ctx, programEntity, program, given),
  )
}
