import * as z from 'zod'
import { pathId } from '#/platform/fields.ts'
import { endpoint } from '#/platform/http/endpoint.ts'
import { resource } from '#/platform/http/resource.ts'
import { archiveProgram, unarchiveProgram } from './archive-program.ts'
import { createProgram, updateProgram } from './write-program.ts'
import { findProgram, programEntity, programList } from './queries.ts'
import { Program, ProgramChanges, ProgramInput, CreatedProgram } from './schema.ts'
import { errors } from './errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

const params = z.object({ id: pathId })

export const programEndpoints = [
  ...resource({
    noun: 'program',
    names: ['Program', 'Programs'],
    path: '/programs',
    entity: programEntity,
    list: programList,
    row: Program,
    created: CreatedProgram,
    input: ProgramInput,
    changes: ProgramChanges,
    errors: {
      write: [errors.PROGRAM_CODE_TAKEN, errors.PROGRAM_SCHEME_NOT_FOUND],
      delete: [errors.PROGRAM_IN_USE, errors.PROGRAM_APPLIED_FOR],
    },
    create: createProgram,
    update: updateProgram,
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
    reread: findProgram,
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
    reread: findProgram,
  }).handle(({ ctx, params: { id } }) => unarchiveProgram(ctx, id)),
]
