import * as z from 'zod'
import { find, insert, restore, softDelete, update } from '#/platform/database/entity.ts'
import { pathId } from '#/platform/fields.ts'
import { endpoint } from '#/platform/http/endpoint.ts'
import { resource } from '#/platform/http/resource.ts'
import { archiveProgram, unarchiveProgram } from './archive-program.ts'
import { programEntity, programList } from './queries.ts'
import { Program, ProgramChanges, ProgramInput } from './schema.ts'
import { errors } from './errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

const params = z.object({ id: pathId })

export const programEndpoints = [
  ...resource({
    noun: 'program',
    names: ['Program', 'Programs'],
    path: '/programs',
    row: Program,
    query: programList.query,
    input: ProgramInput,
    changes: ProgramChanges,
    notFound: errors.PROGRAM_NOT_FOUND,
    errors: {
      write: [errors.PROGRAM_CODE_TAKEN, errors.PROGRAM_SCHEME_NOT_FOUND],
      delete: [errors.PROGRAM_IN_USE, errors.PROGRAM_APPLIED_FOR],
    },
    list: programList.page,
    get: (ctx, id) => find(ctx, programEntity, id),
    create: (ctx, input) => insert(ctx, programEntity, input),
    update: async (ctx, id, changes) => update(ctx, programEntity, await find(ctx, programEntity, id), changes),
    remove: (ctx, id) => softDelete(ctx, programEntity, id),
    restore: (ctx, id) => restore(ctx, programEntity, id),
  }),

  endpoint({
    id: 'archiveProgram',
    method: 'post',
    path: '/programs/:id/archive',
    summary: 'Take a program out of lists and out of use for new students; it stays readable and on records',
    permission: 'program.archive',
    params,
    returns: Program,
    errors: [errors.PROGRAM_NOT_FOUND, sharedErrors.STALE_STATE, sharedErrors.PRECONDITION_FAILED],
    reread: (ctx, id) => find(ctx, programEntity, id),
  }).handle(({ ctx, params: { id } }) => archiveProgram(ctx, id)),

  endpoint({
    id: 'unarchiveProgram',
    method: 'post',
    path: '/programs/:id/unarchive',
    summary: 'Put an archived program back into use',
    permission: 'program.archive',
    params,
    returns: Program,
    errors: [errors.PROGRAM_NOT_FOUND, sharedErrors.STALE_STATE, sharedErrors.PRECONDITION_FAILED],
    reread: (ctx, id) => find(ctx, programEntity, id),
  }).handle(({ ctx, params: { id } }) => unarchiveProgram(ctx, id)),
]
