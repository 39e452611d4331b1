import { beforeAll, describe, expect, test } from 'vitest'
import document from '../../docs/data-model.md?raw'
import { schedule } from '#/wiring/schedule.ts'
import * as words from '#/platform/words.ts'
import { testEnv } from '../world.ts'

interface SchemaRow {
  type: string
  name: string
  sql: string | null
}

let schema: SchemaRow[]
let columns: Map<string, string[]>
beforeAll(async () => {
  const { results } = await testEnv.DB.prepare(
    "select type, name, sql from sqlite_schema where name not like 'sqlite_%' and name not like '\\_cf%' escape '\\' and name <> 'd1_migrations'",
  ).all<SchemaRow>()
  schema = results
  const tables = results.filter(({ type }) => type === 'table').map(({ name }) => name)
  const { results: fields } = await testEnv.DB.prepare(
    'select t.value as "table", c.name as "column" from json_each(?) t join pragma_table_info(t.value) c',
  )
    .bind(JSON.stringify(tables))
    .all<{ table: string; column: string }>()
  columns = new Map(
    [...Map.groupBy(fields, ({ table }) => table)].map(([table, rows]) => [table, rows.map(({ column }) => column)]),
  )
})

const named = (type: string) => schema.filter((one) => one.type === type).map(({ name }) => name)

/** The part of the document under a heading. */
const section = (heading: string) => document.split(/^## /m).find((part) => part.startsWith(heading)) ?? ''
const drawing = /```mermaid\nerDiagram\n([\s\S]*?)```/.exec(document)![1]!
const cells = (heading: string) =>
  section(heading)
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('|---'))
    .slice(1)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )

describe('the drawing', () => {
  const drawn = [...drawing.matchAll(/^ {2}(\w+) \{(.*)\}$/gm)].map(([, table, body]) => ({
    table: table!,
    fields: [...body!.matchAll(/(?:^| {2}|\{ ?)(?:text|int|json) (\w+)/g)].map(([, field]) => field!),
  }))
  const related = [...drawing.matchAll(/^ {2}(\w+) [|o}{-]+ (\w+) :/gm)].flatMap(([, one, other]) => [one!, other!])

  test('names only tables and columns that are there', () => {
    expect(drawn.length).toBeGreaterThan(30)
    for (const { table, fields } of drawn) {
      expect(fields.length, table).toBeGreaterThan(0)
      expect(columns.get(table), table).toEqual(expect.arrayContaining(fields))
    }
    expect(named('table')).toEqual(expect.arrayContaining(related))
  })

  test('leaves no table out, but for those that the text behind it names', () => {
    const told = document.slice(0, document.indexOf('## What the database holds'))
    expect(named('table').filter((table) => !new RegExp(`\\b${table}\\b`).test(told))).toEqual([])
  })
})

describe('what the database holds', () => {
  test('is held by things that are there', () => {
    const known = [...schema.map(({ name }) => name), ...schema.flatMap(({ sql }) => constraintsOf(sql))]
    const told = cells('What the database holds').flatMap(([, by]) => [...by!.matchAll(/`([a-z]+(?:_[a-z0-9]+)+)`/g)])
    expect(told.length).toBeGreaterThan(60)
    expect(told.map(([, name]) => name!).filter((name) => !known.includes(name))).toEqual([])
  })
})

const constraintsOf = (sql: string | null) => [...(sql ?? '').matchAll(/constraint (\w+)/gi)].map(([, name]) => name!)

describe('the states', () => {
  const diagrams = [
    ...section('States').matchAll(/^### (\w+)[^\n]*\n[\s\S]*?```mermaid\nstateDiagram-v2\n([\s\S]*?)```/gm),
  ].map(([, table, body]) => ({
    table: table!,
    edges: [...body!.matchAll(/^ {2}(\w+) --> (\w+)/gm)].map(([, from, to]) => `${from} ${to}`),
    states: new Set(
      [...body!.matchAll(/^ {2}(\w+|\[\*\]) --> (\w+)/gm)].flatMap(([, from, to]) =>
        [from!, to!].filter((one) => one !== '[*]'),
      ),
    ),
  }))
  const lists: Record<string, readonly string[]> = {
    application: words.applicationStates.words,
    enrollment: words.enrollmentStates.words,
    result: words.resultStates.words,
    result_change: words.changeStates.words,
    service_request: words.requestStates.words,
    transcript_job: words.transcriptJobStates.words,
    import_job: words.importStates.words,
    approval: words.approvalStates,
    term: words.termStates,
    student: words.studentStates.words,
  }

  test('are drawn for everything that has some', () => {
    expect(diagrams.map(({ table }) => table).toSorted()).toEqual(Object.keys(lists).toSorted())
  })

  test.each(Object.entries(lists))('of %s are those of the API', (table, list) => {
    const { states } = diagrams.find((one) => one.table === table)!
    expect([...states].toSorted()).toEqual(list.toSorted())
  })

  test('follow each other as the triggers let them', () => {
    const triggers = schema.filter(({ name }) => name.endsWith('_state_edges'))
    expect(triggers.length).toBeGreaterThan(2)
    for (const { name, sql } of triggers) {
      const allowed = [...sql!.matchAll(/\('(\w+)', '(\w+)'\)/g)].map(([, from, to]) => `${from} ${to}`)
      const { edges } = diagrams.find(({ table }) => `${table}_state_edges` === name)!
      expect(edges.toSorted(), name).toEqual(allowed.toSorted())
    }
  })
})

describe('how long rows are kept', () => {
  test('is said of every table', () => {
    const told = cells('How long').flatMap(([tables]) => [...tables!.matchAll(/`(\w+)`/g)].map(([, table]) => table!))
    expect(told.toSorted()).toEqual(named('table').toSorted())
  })

  test('names jobs that run', () => {
    const jobs = Object.values(schedule).flatMap(Object.keys)
    const told = cells('How long').flatMap(([, , by]) =>
      [...by!.matchAll(/`([a-z]+(?:-[a-z]+)+)`/g)].map(([, job]) => job!),
    )
    expect(told.length).toBeGreaterThan(8)
    expect(told.filter((job) => !jobs.includes(job))).toEqual([])
  })
})

test('every view is a live one or named', () => {
  const views = named('view').filter((view) => !view.startsWith('live_'))
  expect(views.filter((view) => !document.includes(`\`${view}\``))).toEqual([])
})
