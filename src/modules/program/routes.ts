import { find, insert, restore, softDelete, update } from '../../database/entity.ts'
import { resource } from '../../http/resource.ts'
import { programEntity, programList } from './queries.ts'
import { Program, ProgramChanges, ProgramInput } from './schema.ts'

export const programEndpoints = resource({
  noun: 'program',
  names: ['Program', 'Programs'],
  path: '/programs',
  row: Program,
  query: programList.query,
  input: ProgramInput,
  changes: ProgramChanges,
  notFound: 'PROGRAM_NOT_FOUND',
  errors: {
    write: ['PROGRAM_CODE_TAKEN', 'PROGRAM_SCHEME_NOT_FOUND'],
    delete: ['PROGRAM_IN_USE', 'PROGRAM_APPLIED_FOR'],
  },
  list: programList.page,
  get: (ctx, id) => find(ctx, programEntity, id),
  create: (ctx, input) => insert(ctx, programEntity, input),
  update: async (ctx, id, changes) => update(ctx, programEntity, await find(ctx, programEntity, id), changes),
  remove: (ctx, id) => softDelete(ctx, programEntity, id),
  restore: (ctx, id) => restore(ctx, programEntity, id),
})
