import { dateProblems, Term, termEntity, TermInput } from '#/catalog/term/index.ts'
import type { ImportEntity } from './definition.ts'
import { zerosLost } from './references.ts'

export const terms: ImportEntity = {
  entity: termEntity,
  row: Term,
  input: TermInput,
  key: { columns: ['code_key'], fields: ['code'], zeros: zerosLost('code', 'term', 'code') },
  problems: dateProblems,
}
