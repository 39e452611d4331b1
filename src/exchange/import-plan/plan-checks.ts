/** The checks that every kind of row is put to. SQL as text, for the reasons that row-sql.ts gives. */
import { getTableName } from 'drizzle-orm'
import type { DeclaredError } from '#/platform/errors.ts'
import {
  type Check,
  type ImportEntity,
  importedEntityErrors,
  type Reference,
  type Zeros,
} from '#/exchange/imported-entity/index.ts'
import { errors } from './errors.ts'
import { field, idByKey, isAmbiguous } from './row-sql.ts'

/** Blames, of each chain of references, the fields that find nothing by themselves. */
export function nothingFound(references: readonly Reference[]): Check[] {
  const named = new Set(references.map((one) => one.field))
  const hidden = references.flatMap(({ column, within = [] }) =>
    within.filter((one) => !named.has(one.field)).map((one) => ({ ...one, asked: `${field(column)} is null` })),
  )
  const missing = ({ column, select, field: blamed }: Reference) =>
    named.has(blamed) ? `${field(column)} is null` : `(${select}) is null`
  return [...hidden, ...references.map((one) => ({ ...one, asked: '1' }))].map((one) => ({
    error: errors.IMPORT_REFERENCE_NOT_FOUND,
    field: one.field,
    when: [
      one.asked,
      `${field(one.field)} is not null`,
      missing(one),
      ...(one.within ?? []).map((outer) => `not (${missing(outer)})`),
    ].join(' and '),
    params: { field: `'${one.field}'` },
    fields: [one.field, ...(one.within ?? []).map((outer) => outer.field)],
  }))
}

export const zerosOf = ({ field: blamed, select }: Zeros, error: DeclaredError, where: string): Check => ({
  error,
  field: blamed,
  when: `${where} and (${select}) is not null`,
  params: { field: `'${blamed}'`, given: field(blamed), found: `(${select})` },
})

export const valueMissing = (name: string): Check => ({
  error: errors.IMPORT_VALUE_MISSING,
  field: name,
  when: `import_row.target_id is null and json_type(import_row.content, '$.${name}') is null`,
  params: { field: `'${name}'` },
})

export const rowTwice = ({ key: { fields } }: ImportEntity): Check => ({
  error: errors.IMPORT_ROW_TWICE,
  field: fields.length === 1 ? fields[0]! : null,
  when: `exists (select 1 from import_row before
    where before.import_id = import_row.import_id and before.key = import_row.key and before.line < import_row.line)`,
  params: {
    first: `(select min(before.line) from import_row before
      where before.import_id = import_row.import_id and before.key = import_row.key)`,
  },
})

/** A unique value that is not the key. Who has it already and gives it again says nothing new. */
export const valueTwice = ({ entity }: ImportEntity, column: string): Check => ({
  error: errors.IMPORT_VALUE_TWICE,
  field: column,
  fields: [column],
  beside: `select line, first_value(line) over same as first, first_value(key) over same as first_key from import_row
    where import_id = {import} and json_type(content, '$.${column}') = 'text'
    window same as (partition by content ->> '$.${column}' order by line)`,
  when: `beside.first < import_row.line and beside.first_key <> import_row.key
    and {${column}} is not (select "${column}" from ${getTableName(entity.table)} where id = import_row.target_id)`,
  params: { field: `'${column}'`, first: 'beside.first' },
})

export const severalMeant = (of: ImportEntity, spare: string): Check => ({
  error: importedEntityErrors.IMPORT_AMBIGUOUS,
  field: spare,
  when: isAmbiguous(of, spare),
})

export const rowDeleted = (of: ImportEntity): Check => ({
  error: errors.IMPORT_ROW_DELETED,
  field: of.key.fields.at(-1)!,
  when: `import_row.target_id is null and ${idByKey(of, 'deleted')} is not null`,
  params: { id: idByKey(of, 'deleted') },
})
