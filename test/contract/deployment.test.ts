import { expect, test } from 'vitest'
import operations from '../../docs/operations.md?raw'
import configuration from '../../wrangler.toml?raw'
import { app } from '#/app.ts'
import { endpoints } from '#/wiring/endpoints.ts'
import { fullPath } from '#/platform/http/endpoint.ts'
import { schedule } from '#/wiring/schedule.ts'
import * as worker from '#/worker.ts'

const [local = '', staging = '', production = ''] = configuration.split(/^\[env\.(?:staging|production)\]$/m)
const environments = { local, staging, production }

test('no route is served that is not declared', () => {
  const served = app.routes
    .filter(({ path, method }) => !(path === '/*' && method === 'ALL'))
    .map(({ method, path }) => `${method} ${path}`)
  const declared = endpoints.map((endpoint) => `${endpoint.method.toUpperCase()} ${fullPath(endpoint)}`)
  expect([...new Set(served)].toSorted()).toEqual(declared.toSorted())
})

test.each(Object.entries(environments))('%s runs exactly the scheduled cron expressions', (_, text) => {
  const crons = /crons = \[([^\]]*)\]/
    .exec(text)?.[1]
    ?.split(',')
    .map((one) => one.trim().replaceAll('"', ''))
  expect(crons?.toSorted()).toEqual(Object.keys(schedule).toSorted())
})

test.each(Object.entries(environments))('%s binds the same names', (_, text) => {
  const bound = [...text.matchAll(/^(?:binding|name) = "([A-Z_]+)"$/gm)].map(([, name]) => name)
  expect([...new Set(bound)].filter((name) => name !== 'ASSETS').toSorted()).toEqual([
    'BACKUPS',
    'DB',
    'DOCUMENTS',
    'GATE',
    'MAIL',
    'METRICS',
    'QUEUE',
    'VERSION',
  ])
})

test.each(Object.entries(environments))('%s sets the same variables', (_, text) => {
  const names = (part: string) => /\[(?:env\.\w+\.)?vars\]\n([\s\S]*?)\n\n/.exec(part)?.[1]?.match(/^[A-Z_]+/gm)
  expect(names(text)).toEqual(names(local))
})

test.each(Object.entries(environments))(
  '%s consumes its queue and its dead letters, and places the worker near its database',
  (_, text) => {
    const queue = /queue = "([\w-]+)-work"/.exec(text)?.[1]
    expect([...text.matchAll(/^queue = "([\w-]+)"$/gm)].map(([, name]) => name)).toEqual([
      `${queue}-work`,
      `${queue}-work`,
      `${queue}-dead-letters`,
    ])
    expect(text).toContain(`dead_letter_queue = "${queue}-dead-letters"`)
    expect(text).toMatch(/placement\]\nmode = "smart"/)
  },
)

test('every Durable Object class is exported', () => {
  const classes = [...configuration.matchAll(/class_name = "(\w+)"/g)].map(([, name]) => name!)
  expect(classes.filter((name) => !(name in worker))).toEqual([])
})

test('the document for operators names exactly the jobs of the schedule, under their cron expressions', () => {
  const [, table = ''] = /^\| cron \| job \| does \|\n\|[-|]+\|\n((?:\|.*\n)+)/m.exec(operations) ?? []
  let cron = ''
  const told = table
    .trim()
    .split('\n')
    .map((row) => {
      const [, expression, job] = /^\| (?:`([^`]+)` )?\| `([\w-]+)` \| \S/.exec(row) ?? []
      cron = expression ?? cron
      return `${cron} ${job}`
    })
  const scheduled = Object.entries(schedule).flatMap(([at, jobs]) => Object.keys(jobs).map((job) => `${at} ${job}`))
  expect(told.toSorted()).toEqual(scheduled.toSorted())
})

test('no two jobs have one name', () => {
  const names = Object.values(schedule).flatMap((jobs) => Object.keys(jobs))
  expect(names.filter((name) => !/^[a-z]+(?:-[a-z]+)*$/.test(name))).toEqual([])
  expect(new Set(names).size).toBe(names.length)
})

// D1's HTTP API, which applies migrations to a deployment, cuts a trigger apart whose body begins with anything else: "incomplete input".
test('each trigger of a migration has BEGIN and END; in capitals, alone on their lines, and no line ends as on Windows', () => {
  const migrations = Object.entries(
    import.meta.glob<string>('../../migrations/*.sql', { query: '?raw', import: 'default', eager: true }),
  )
  const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0
  const wrong = migrations.filter(([, sql]) => {
    const triggers = count(sql, /^create trigger\b/gim)
    const [begins, ends] = [count(sql, /^BEGIN$/gm), count(sql, /^END;$/gm)]
    return begins !== triggers || ends !== triggers || /\r|\bcase\b/i.test(sql)
  })
  expect(wrong.map(([path]) => path)).toEqual([])
  expect(migrations.length).toBeGreaterThan(30)
})
