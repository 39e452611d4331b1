import { dateProblems, Term, termEntity, TermInput } from '#/catalog/term/index.ts'
import type { ImportEntity } from './definition.ts'

export const terms: ImportEntity = {
  entity: termEntity,
  row: Term,
  input: TermInput,
  key: { columns: ['code_key'], fields: ['code'] },
  problems: dateProblems,
}
