import {
  backedUp,
  type Catalog,
  type SchemaObject,
  shadowOf,
  shadowPrefix,
  type Table,
} from '#/operations/snapshot/index.ts'
import { changeTable } from './load.ts'

/** The tables that a restore replaces: those of a backup, and those that refer to them. */
export const replacedTables = (catalog: Catalog): Table[] => {
  const names = new Set(backedUp(catalog).map(({ name }) => name))
  for (const { name, references } of catalog.tables)
    if (references.some(({ table }) => names.has(table))) names.add(name)
  return catalog.tables.filter(({ name }) => names.has(name))
}

/** Statements that make empty shadow tables, without the leftovers of an earlier restore. */
export function createShadows(d1: D1DatabaseSession, catalog: Catalog): D1PreparedStatement[] {
  const replaced = replacedTables(catalog)
  const names = new Set(replaced.map(({ name }) => name))
  return [
    ...dropShadows(d1, catalog),
    d1.prepare(
      `create table ${changeTable} (table_name text, key text, line text, primary key (table_name, key)) without rowid`,
    ),
    ...replaced.map(({ name }) => d1.prepare(shadowDefinition(definitionOf(catalog, name), names))),
  ]
}

/** Statements that remove the shadow tables, children first. */
export const dropShadows = (d1: D1DatabaseSession, catalog: Catalog): D1PreparedStatement[] =>
  [...catalog.tables.toReversed().map(shadowOf), changeTable].map((name) => d1.prepare(`drop table if exists ${name}`))

const definitionOf = ({ objects }: Catalog, name: string): SchemaObject =>
  objects.find((object) => object.type === 'table' && object.name === name)!

/** The same table under its shadow's name, referring to shadows. */
const shadowDefinition = ({ sql }: SchemaObject, replaced: ReadonlySet<string>) =>
  sql
    .replace(/^(create table\s+)"?(\w+)"?/i, (_, create: string, name: string) => `${create}"${shadowPrefix}${name}"`)
    .replaceAll(/(\breferences\s+)"?(\w+)"?/gi, (whole, references: string, name: string) =>
      replaced.has(name) ? `${references}"${shadowPrefix}${name}"` : whole,
    )
