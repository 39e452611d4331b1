import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const uses = (from: string) => `import { one } from '${from}'\n\nexport const two = one\n`
const usesType = (from: string) => `import type { One } from '${from}'\n\nexport type Two = One\n`
const passesOn = (from: string) => `export { one } from '${from}'\n`
const lines = (count: number) => Array.from({ length: count }, (_, i) => `export const line${i} = ${i}\n`).join('')

const upwards = 'An area imports lower ones only.'
const door = (...doors: string[]) => `Another area is entered by ${doors.join(' or ')}.`
const inside = (...doors: string[]) => `Inside an area another module is entered by ${doors.join(', ')}.`
const declarations = 'Declarations only: what touches the database is a use case.'
const noSql = 'SQL stays in tables, queries and use cases.'
const noUniversity = 'This knows no university.'
const doors = ['index.ts', 'rules.ts', 'schema.ts', 'errors.ts']

/** What each border refuses: a file that crosses it, and the rule's word for that. */
const refused: Record<string, [path: string, text: string, refusal: string]> = {
  'a higher area': ['src/people/one/a.ts', uses('#/grading/result/index.ts'), upwards],
  'the type of a higher area': ['src/people/one/b.ts', usesType('#/grading/result/index.ts'), upwards],
  'the type of a higher area, without an import line': [
    'src/people/one/f.ts',
    "export type One = typeof import('#/grading/result/index.ts')\n",
    'a regular type import',
  ],
  'a higher area, when it is needed': [
    'src/people/one/g.ts',
    "export const one = () => import('#/grading/result/index.ts')\n",
    upwards,
  ],
  'what is passed on from a higher area': ['src/people/one/c.ts', passesOn('#/grading/result/index.ts'), upwards],
  'a higher area, from deep in a module': ['src/people/one/deep/a.ts', uses('#/grading/result/index.ts'), upwards],
  'a higher area, from a list of an area': ['src/people/endpoints.ts', uses('#/grading/endpoints.ts'), upwards],
  wiring: ['src/people/one/d.ts', uses('#/wiring/schedule.ts'), upwards],
  'the application': ['src/people/one/e.ts', uses('#/app.ts'), upwards],

  'the inside of a module of a lower area': [
    'src/grading/one/a.ts',
    uses('#/people/student/queries.ts'),
    door('index.ts'),
  ],
  'a table of a lower area, in a use case': [
    'src/grading/one/b.ts',
    uses('#/people/student/table.ts'),
    door('index.ts'),
  ],
  'a list of a lower area': ['src/grading/one/c.ts', uses('#/people/errors.ts'), door('index.ts')],
  'an inside of a lower area, in queries': [
    'src/grading/one/queries.ts',
    uses('#/people/student/rules.ts'),
    door('index.ts', 'table.ts'),
  ],
  'the inside of another module': ['src/grading/one/d.ts', uses('#/grading/two/queries.ts'), inside(...doors)],
  'the type of an inside': ['src/grading/one/e.ts', usesType('#/grading/two/queries.ts'), inside(...doors)],
  'a table of another module, in a use case': [
    'src/grading/one/f.ts',
    uses('#/grading/two/table.ts'),
    inside(...doors),
  ],
  'a table of another module, in rules': ['src/grading/one/rules.ts', uses('#/grading/two/table.ts'), inside(...doors)],
  'the routes of another module': [
    'src/grading/two/routes.ts',
    uses('#/grading/one/routes.ts'),
    inside('schema.ts', 'errors.ts', 'index.ts'),
  ],
  'a way back': ['src/grading/one/g.ts', uses('../two/index.ts'), 'Inside a module ./, between folders #/.'],

  'a way back out of the module': [
    'src/grading/one/deep/a.ts',
    uses('../../two/index.ts'),
    'Inside a module ./, between folders #/.',
  ],

  'HTTP, in a use case': ['src/grading/one/h.ts', uses('#/platform/http/format.ts'), 'A use case knows no HTTP.'],
  'HTTP, in queries': ['src/grading/two/queries.ts', uses('#/platform/http/format.ts'), 'A use case knows no HTTP.'],
  'Hono, in an area': ['src/grading/one/i.ts', uses('hono'), 'HTTP stays in platform/http.'],
  'a part of Hono, in an area': ['src/grading/one/j.ts', uses('hono/cookie'), 'HTTP stays in platform/http.'],
  'the database, in routes': ['src/grading/one/routes.ts', uses('#/platform/database/write/entity.ts'), declarations],
  'Drizzle, in routes': ['src/catalog/one/routes.ts', uses('drizzle-orm'), noSql],
  'Drizzle, in rules': ['src/catalog/one/rules.ts', uses('drizzle-orm'), noSql],
  'Drizzle, in a schema': ['src/catalog/one/schema.ts', uses('drizzle-orm/sqlite-core'), noSql],
  'the database, in a schema': [
    'src/catalog/two/schema.ts',
    uses('#/platform/database/list/list.ts'),
    'This file touches no database.',
  ],
  'Drizzle, in a list of an area': ['src/catalog/endpoints.ts', uses('drizzle-orm'), noSql],
  'Drizzle, in wiring': ['src/wiring/schedule.ts', uses('drizzle-orm'), noSql],

  'an area, in platform': ['src/platform/one.ts', uses('#/people/student/index.ts'), noUniversity],
  'the type of an area, in platform': ['src/platform/two.ts', usesType('#/people/student/index.ts'), noUniversity],
  'an area, deep in platform': ['src/platform/http/one.ts', uses('#/access/session/index.ts'), noUniversity],
  'wiring, in platform': ['src/platform/database/one.ts', uses('#/wiring/catalogue.ts'), noUniversity],
  'Hono, in platform': ['src/platform/three.ts', uses('hono'), 'HTTP stays in platform/http.'],
  'Drizzle, in HTTP': ['src/platform/http/two.ts', uses('drizzle-orm'), noSql],
  'HTTP, in the database': [
    'src/platform/database/two.ts',
    uses('#/platform/http/format.ts'),
    'A use case knows no HTTP.',
  ],
  'HTTP, in figures': ['src/platform/metrics/one.ts', uses('#/platform/http/format.ts'), 'A use case knows no HTTP.'],
  'a way back, in platform': [
    'src/platform/database/three.ts',
    uses('../http/format.ts'),
    'Inside a module ./, between folders #/.',
  ],

  'platform, in an engine': [
    'src/engines/marks/one.ts',
    uses('#/platform/context.ts'),
    'An engine is pure: it knows no Context.',
  ],
  'an area, in an engine': ['src/engines/marks/two.ts', uses('#/people/student/index.ts'), noUniversity],
  'Drizzle, in an engine': ['src/engines/paper/one.ts', uses('drizzle-orm'), noSql],

  'the console': ['src/grading/one/k.ts', "console.warn('x')\n", 'Delete this console statement.'],
  'the console, in platform': ['src/platform/four.ts', "console.warn('x')\n", 'Delete this console statement.'],
  'the console, in wiring': ['src/wiring/one.ts', "console.warn('x')\n", 'Delete this console statement.'],
  'a file of more than two hundred lines': ['src/platform/five.ts', lines(201), 'Maximum allowed is 200.'],
  any: ['src/platform/six.ts', 'export const one = (two: any) => two as string\n', 'Use `unknown` instead'],
}

/** What stands beside each border and is not refused. */
const open: Record<string, [path: string, text: string]> = {
  'the door of a lower area': ['src/grading/three/a.ts', uses('#/people/student/index.ts')],
  'a table of a lower area, in queries': ['src/grading/three/queries.ts', uses('#/people/student/table.ts')],
  'a table of a lower area, in gauges': ['src/grading/three/gauges.ts', uses('#/people/student/table.ts')],
  'a table of another module, in a table': ['src/grading/three/table.ts', uses('#/grading/two/table.ts')],
  'the door of another module': ['src/grading/three/b.ts', uses('#/grading/two/index.ts')],
  'the rules of another module': ['src/grading/three/c.ts', uses('#/grading/two/rules.ts')],
  'the schema of another module, in routes': ['src/grading/three/routes.ts', uses('#/grading/two/schema.ts')],
  'the own module': ['src/grading/three/d.ts', uses('./queries.ts')],
  'the own module, from a folder in it': ['src/grading/three/deep/a.ts', uses('../queries.ts')],
  'HTTP, in routes': ['src/catalog/three/routes.ts', uses('#/platform/http/endpoint.ts')],
  'the database, in a use case': ['src/catalog/three/a.ts', uses('#/platform/database/write/entity.ts')],
  'Drizzle, in a use case': ['src/catalog/three/b.ts', uses('drizzle-orm')],
  'any area, in wiring': ['src/wiring/two.ts', uses('#/operations/job/index.ts')],
  'Hono, in HTTP': ['src/platform/http/three.ts', uses('hono/cors')],
  'the log': ['src/platform/log.ts', "console.warn('x')\n"],
  'two hundred lines': ['src/platform/seven.ts', lines(200)],
}

/** Each pair knows each other: by values, and by nothing but types. */
const cycles = {
  values: {
    'src/platform/cycle/a.ts': "import { b } from './b.ts'\n\nexport const a = () => b\n",
    'src/platform/cycle/b.ts': "import { a } from './a.ts'\n\nexport const b = () => a\n",
  },
  types: {
    'src/platform/cycle/c.ts': "import type { D } from '#/platform/cycle/d.ts'\n\nexport type C = D[]\n",
    'src/platform/cycle/d.ts': "import type { C } from '#/platform/cycle/c.ts'\n\nexport type D = { c?: C }\n",
  },
}

interface Diagnostic {
  code: string
  message: string
  help: string
  filename: string
}

let root: string
/** What the linter says of each file. */
let said: Map<string, Diagnostic[]>

/** All files lie in one copy of the plan, and are looked at in one run. */
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'lyceum-borders-'))
  const plant = (path: string, text: string) => {
    mkdirSync(join(root, dirname(path)), { recursive: true })
    writeFileSync(join(root, path), text, { flag: 'wx' })
  }
  for (const [path, text] of [...Object.values(refused), ...Object.values(open)]) plant(path, text)
  for (const pair of Object.values(cycles)) for (const [path, text] of Object.entries(pair)) plant(path, text)
  for (const name of ['package.json', 'tsconfig.json']) plant(name, readFileSync(name, 'utf8'))
  plant('oxlint.config.ts', `export { default } from '${resolve('oxlint.config.ts')}'\n`)
  const { stdout, stderr } = spawnSync(resolve('node_modules/.bin/oxlint'), ['--format', 'json', 'src'], {
    cwd: root,
    encoding: 'utf8',
  })
  if (!stdout.startsWith('{')) throw new Error(stdout + stderr)
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: Diagnostic[] }
  said = Map.groupBy(diagnostics, ({ filename }) => filename)
})
afterAll(() => rmSync(root, { recursive: true }))

const saidOf = (path: string) => (said.get(path) ?? []).map(({ message, help }) => help ?? message)

describe('refused is', () => {
  test.each(Object.entries(refused))('%s', (_, [path, , refusal]) => {
    expect(saidOf(path)).toEqual([expect.stringContaining(refusal)])
  })

  test.each(Object.entries(cycles))('a cycle of %s', (_, pair) => {
    for (const path of Object.keys(pair)) expect(said.get(path)?.map(({ code }) => code)).toEqual(['import(no-cycle)'])
  })
})

describe('open is', () => {
  test.each(Object.entries(open))('%s', (_, [path]) => {
    expect(saidOf(path)).toEqual([])
  })
})
