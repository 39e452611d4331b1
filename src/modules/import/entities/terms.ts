import { termEntity, TermInput } from '../../term/index.ts'
import type { ImportEntity } from '../definition.ts'

export const terms: ImportEntity = {
  entity: termEntity,
  input: TermInput,
  key: { columns: ['code'], fields: ['code'] },
}
