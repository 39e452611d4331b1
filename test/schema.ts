import { applyD1Migrations, type D1Migration, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'

declare global {
  // oxlint-disable-next-line typescript/no-namespace
  namespace Cloudflare {
    interface Env {
      TEST_MIGRATIONS: D1Migration[]
      TEST_ANSWERED: Fetcher
      PASSWORD_MEMORY_KIB: string
    }
  }
}

/** What the migrations made, as they left it: statements that make it again in a tenth of the time. */
let made: string[] | undefined

/** Empties all storage, then makes the schema: by the migrations the first time, by a copy of their outcome for the files after that. */
export async function freshStorage(): Promise<void> {
  await emptyStorage()
  if (made) await env.DB.batch(made.map((statement) => env.DB.prepare(statement)))
  else {
    await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
    made = await statements()
  }
}

/** What still works for the file before keeps its database, a bucket or the running head alive through a reset. Resets until they are gone. */
async function emptyStorage(): Promise<void> {
  do await reset()
  while (
    (await hasSchema()) ||
    (await hasObjects(env.DOCUMENTS)) ||
    (await hasObjects(env.BACKUPS)) ||
    (await wasTold())
  )
}

const hasObjects = async (bucket: R2Bucket) => (await bucket.list({ limit: 1 })).objects.length > 0

const wasTold = async () => {
  const { rows, mark } = await env.AUDIT_HEAD.getByName(env.ENVIRONMENT).read(0, 1)
  return rows.length > 0 || mark !== null
}

const hasSchema = async () =>
  (await env.DB.prepare("select 1 from sqlite_schema where name = 'd1_migrations'").first()) !== null

/** Tables and their rows come first: a trigger is there before no row. */
async function statements(): Promise<string[]> {
  const { results } = await env.DB.prepare(
    `select type, name, sql from sqlite_schema where sql is not null and name not like 'sqlite\\_%' escape '\\'
       and name not like '\\_cf%' escape '\\' order by rowid`,
  ).all<{ type: 'table' | 'index' | 'view' | 'trigger'; name: string; sql: string }>()
  const of = (type: (typeof results)[number]['type']) => results.filter((one) => one.type === type)
  const rows = await Promise.all(of('table').map(({ name }) => insertsInto(name)))
  return [
    ...of('table').map(({ sql }) => sql),
    ...rows.flat(),
    ...[...of('index'), ...of('view'), ...of('trigger')].map(({ sql }) => sql),
  ]
}

/** The rows of a table as the statements that put them there. */
async function insertsInto(table: string): Promise<string[]> {
  const [columns = [], ...rows] = await env.DB.prepare(`select * from "${table}"`).raw<unknown[]>({ columnNames: true })
  const names = columns.map((name) => `"${name}"`).join(', ')
  return rows.map((row) => `insert into "${table}" (${names}) values (${row.map(literal).join(', ')})`)
}

const literal = (value: unknown) =>
  typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : value === null ? 'null' : String(value)
