import { Program, programEntity, ProgramInput, programErrors } from '#/catalog/program/index.ts'
import type { ImportEntity } from './definition.ts'
import { zerosLost } from './references.ts'

export const programs: ImportEntity = {
  entity: programEntity,
  row: Program,
  input: ProgramInput,
  key: { columns: ['code_key'], fields: ['code'], zeros: zerosLost('code', 'program', 'code') },
  checks: [
    {
      error: programErrors.PROGRAM_SCHEME_NOT_FOUND,
      field: 'grading_scheme',
      when: `{grading_scheme} is not null and not exists (select 1 from live_grading_scheme where code = {grading_scheme})`,
    },
  ],
}
