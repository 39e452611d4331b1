import { parse } from 'smol-toml'
import { expect, test } from 'vitest'
import architecture from '../../docs/architecture.md?raw'
import guide from '../../docs/deployment.md?raw'
import operations from '../../docs/operations.md?raw'
import configuration from '../../wrangler.toml?raw'
import { app } from '#/app.ts'
import { endpoints } from '#/wiring/endpoints.ts'
import { fullPath } from '#/platform/http/endpoint.ts'
import { schedule } from '#/wiring/schedule.ts'
import * as worker from '#/worker.ts'

interface Environment {
  observability: { logs: object }
  triggers: { crons: string[] }
  vars: Record<string, string>
  placement: { mode: string }
  r2_buckets: { binding: string; jurisdiction?: string }[]
  queues: { producers: { queue: string }[]; consumers: { queue: string; dead_letter_queue?: string }[] }
  durable_objects: { bindings: { name: string; class_name: string }[] }
}

const { env, ...local } = parse(configuration) as unknown as Environment & {
  env: { staging: Environment; production: Environment }
}
const environments = { local, ...env }

test('no route is served that is not declared', () => {
  const served = app.routes
    .filter(({ path, method }) => !(path === '/*' && method === 'ALL'))
    .map(({ method, path }) => `${method} ${path}`)
  const declared = endpoints.map((endpoint) => `${endpoint.method.toUpperCase()} ${fullPath(endpoint)}`)
  expect([...new Set(served)].toSorted()).toEqual(declared.toSorted())
})

test.each(Object.entries(environments))('%s runs exactly the scheduled cron expressions', (_, { triggers }) => {
  expect(triggers.crons.toSorted()).toEqual(Object.keys(schedule).toSorted())
})

test('the platform keeps no log of addresses, which hold what people searched for', () => {
  expect([local.observability.logs, env.staging.observability, env.production.observability]).toEqual([
    { enabled: true, invocation_logs: false },
    undefined,
    undefined,
  ])
})

test.each(Object.entries(environments))('%s binds the same names', (_, environment) => {
  expect(namesBound(environment).toSorted()).toEqual([
    'AUDIT_HEAD',
    'BACKUPS',
    'DB',
    'DOCUMENTS',
    'GATE',
    'MAIL',
    'METRICS',
    'QUEUE',
    'QUEUE_BULK',
    'QUEUE_MAIL',
    'VERSION',
  ])
})

/** Every binding but the files of the reference page: `binding` of most kinds, `name` of mail and Durable Objects. */
function namesBound(part: unknown): string[] {
  if (typeof part !== 'object' || part === null) return []
  const { binding, name } = part as { binding?: unknown; name?: unknown }
  const own = [binding, name].filter(
    (one): one is string => typeof one === 'string' && /^[A-Z_]+$/.test(one) && one !== 'ASSETS',
  )
  return [...own, ...Object.values(part).flatMap(namesBound)]
}

test('the drawing of the architecture shows each service that is bound', () => {
  const [, drawing = ''] = /```mermaid\n([\s\S]*?)```/.exec(architecture) ?? []
  const drawn = {
    DB: '(D1)',
    DOCUMENTS: '(R2: documents, imports)',
    BACKUPS: '(R2: seals, backups)',
    QUEUE: '[Queue: work]',
    QUEUE_MAIL: '[Queue: mail]',
    QUEUE_BULK: '[Queue: bulk]',
    MAIL: '[Mail]',
    GATE: '[Gate: Durable Object',
    METRICS: '[Metrics: one Durable Object]',
    AUDIT_HEAD: '[AuditHead: one Durable Object]',
  }
  expect(namesBound(local).toSorted()).toEqual([...Object.keys(drawn), 'VERSION'].toSorted())
  expect(Object.values(drawn).filter((text) => !drawing.includes(text))).toEqual([])
})

test.each(Object.entries(environments))('%s sets the same variables', (_, { vars }) => {
  expect(Object.keys(vars)).toEqual(Object.keys(local.vars))
})

test.each(Object.entries(environments))('%s binds its buckets where JURISDICTION says', (_, { vars, r2_buckets }) => {
  const place = vars['JURISDICTION'] === '' ? undefined : vars['JURISDICTION']
  expect(r2_buckets.map(({ jurisdiction }) => jurisdiction)).toEqual(r2_buckets.map(() => place))
})

test('the guide makes every kind of resource where JURISDICTION says', () => {
  const [, commands = ''] = /## 1\. Make the resources[\s\S]*?```sh\n([\s\S]*?)```/.exec(guide) ?? []
  const making = commands.split('\n').filter((line) => /wrangler (?:d1|r2|queues) /.test(line))
  expect(making).toHaveLength(6)
  expect(making.filter((line) => !line.includes('${JURISDICTION:+--jurisdiction $JURISDICTION}'))).toEqual([])
})

test.each(Object.entries(environments))(
  '%s consumes its queues and its dead letters, and places the worker near its database',
  (_, { queues, placement }) => {
    const [, name = ''] = /^(lyceum(?:-staging)?)-work$/.exec(queues.producers[0]?.queue ?? '') ?? []
    const own = [`${name}-work`, `${name}-mail`, `${name}-bulk`]
    const deadLetters = `${name}-dead-letters`
    expect(queues.producers.map(({ queue }) => queue)).toEqual(own)
    expect(queues.consumers.map(({ queue, dead_letter_queue }) => [queue, dead_letter_queue])).toEqual([
      ...own.map((queue) => [queue, deadLetters]),
      [deadLetters, undefined],
    ])
    expect(placement).toEqual({ mode: 'smart' })
  },
)

test('every Durable Object class is exported', () => {
  const classes = Object.values(environments).flatMap(({ durable_objects }) => durable_objects.bindings)
  expect(classes.map(({ class_name }) => class_name).filter((name) => !(name in worker))).toEqual([])
  expect(classes.length).toBeGreaterThan(3)
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
