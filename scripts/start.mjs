// `npm start`: installs, makes local secrets, migrates the local database, fills it with the demo term on first use, and serves.
// PORT, LYCEUM_STATE (folder of the local state), LYCEUM_DEMO=0 (only the admin) and LYCEUM_RATE_LIMIT_SCALE change it.
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { keepMail } from './local-mail.mjs'
import { secretMakers } from './make-secrets.mjs'
import { prepare, root } from './prepare.mjs'
import { freePort, reasonOf, runWrangler, startWrangler, until, whileServing } from './wrangler.mjs'

const port = Number(process.env.PORT ?? 8787)
const state = resolve(root, process.env.LYCEUM_STATE ?? '.lyceum')
const withDemo = process.env.LYCEUM_DEMO !== '0'
/** Locally everybody shares one address and a load script is welcome; 1 gives the limits of production. */
const rateLimitScale = process.env.LYCEUM_RATE_LIMIT_SCALE ?? '20'
const url = `http://localhost:${port}`
const migrations = readdirSync(join(root, 'migrations'))
  .filter((name) => name.endsWith('.sql'))
  .toSorted()
/** Wrangler's own table of the migrations that are applied. */
const applied = `create table d1_migrations (
  id integer primary key autoincrement, name text unique, applied_at timestamp default current_timestamp not null);`

prepare()
keepToOwner()
keepSecrets()
try {
  if (!existsSync(join(state, 'v3'))) await fill()
  else await migrate(state)
  await serve()
} catch (error) {
  console.error(`Lyceum did not start: ${reasonOf(error)}`)
  process.exit(1)
}

/** The local data and mails are for whoever started the server, not for the other users of the machine. */
function keepToOwner() {
  process.umask(0o077)
  for (const folder of [state, join(root, '.wrangler')]) {
    mkdirSync(folder, { recursive: true })
    chmodSync(folder, 0o700)
  }
}

/** .dev.vars holds the local secrets; those that a newer version wants in addition are added. */
function keepSecrets() {
  const file = join(root, '.dev.vars')
  const present = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const missing = Object.entries(secretMakers({ local: true })).filter(([name]) => !present.includes(`${name}=`))
  if (missing.length === 0) return
  writeFileSync(file, present + missing.map(([name, make]) => `${name}=${make()}\n`).join(''), { mode: 0o600 })
  chmodSync(file, 0o600)
}

/** Fills a folder beside the real one and renames it when complete, so that a first start that was cut off leaves nothing half done. */
async function fill() {
  const partial = `${state}.partial`
  rmSync(partial, { recursive: true, force: true })
  mkdirSync(dirname(partial), { recursive: true })
  await makeSchema(partial)
  console.log(withDemo ? 'Filling the demo term ...' : 'Making the admin account ...')
  const demoPort = await freePort()
  const demo = startWrangler(['dev', 'demo/worker.ts', ...serving(demoPort, partial, '1000')], { quiet: true })
  const at = `http://127.0.0.1:${demoPort}`
  await whileServing(demo, async () => {
    await until(() => fetch(`${at}/demo/pending`).then((answer) => answer.ok), demo)
    const answer = await fetch(`${at}/demo/fill${withDemo ? '' : '?only=admin'}`)
    if (!answer.ok) throw new Error(`the demo term could not be filled:\n${demo.output()}`)
    await until(async () => (await (await fetch(`${at}/demo/pending`)).json()).pending === 0, demo)
  })
  rmSync(state, { recursive: true, force: true })
  renameSync(partial, state)
}

/**
 * All migrations at once, as `wrangler d1 migrations apply` would leave them: that starts a runtime for each, which takes most of a minute.
 */
async function makeSchema(folder) {
  const statements = migrations.flatMap((name) => [
    readFileSync(join(root, 'migrations', name), 'utf8'),
    `insert into d1_migrations (name) values ('${name}');`,
  ])
  const file = `${folder}.sql`
  writeFileSync(file, [applied, ...statements].join('\n'))
  await runWrangler(['d1', 'execute', 'DB', '--local', '--persist-to', folder, '--file', file])
  rmSync(file)
  noteMigrations(folder)
}

/** Asking wrangler takes seconds, so what was applied last time is noted beside the database. */
async function migrate(folder) {
  const note = noteIn(folder)
  if (existsSync(note) && readFileSync(note, 'utf8') === migrations.join('\n')) return
  await runWrangler(['d1', 'migrations', 'apply', 'DB', '--local', '--persist-to', folder])
  noteMigrations(folder)
}

function noteMigrations(folder) {
  writeFileSync(noteIn(folder), migrations.join('\n'))
}

function noteIn(folder) {
  return join(folder, 'migrated')
}

async function serve() {
  const server = startWrangler(['dev', ...serving(port, state, rateLimitScale)], { quiet: false })
  keepMail(join(state, 'mail'))
  let isAskedToStop = false
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => {
      isAskedToStop = true
      void server.stop()
    })
  }
  await until(() => fetch(`${url}/health`).then((answer) => answer.ok), server).catch(async (error) => {
    await server.stop()
    throw error
  })
  const accounts = withDemo
    ? ['admin', 'registrar', 'teacher', 'teacher2', 'student', 'student2', 'applicant']
    : ['admin']
  console.log(`
Lyceum is ready.
  API        ${url}/api/v1
  Reference  ${url}/docs
  Health     ${url}/health
  Sign in    ${accounts.map((name) => `${name}@lyceum.example`).join(', ')}
  Password   Lyceum-Demo-2026!
  Mail       ${join(state, 'mail')}
`)
  const code = await server.exited
  process.exit(isAskedToStop ? 0 : code)
}

function serving(onPort, folder, scale) {
  const variables = [`PUBLIC_URL:http://localhost:${onPort === port ? onPort : port}`, `RATE_LIMIT_SCALE:${scale}`]
  return [
    '--port',
    String(onPort),
    '--ip',
    'localhost',
    '--persist-to',
    folder,
    ...variables.flatMap((one) => ['--var', one]),
  ]
}
