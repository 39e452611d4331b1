// The bundle as it would be deployed, on workerd by way of Miniflare: no development proxy, no inspector, no request log in between.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fromWrangler, modulesIn } from '../scripts/bundle.mjs'
import { makeSecrets } from '../scripts/make-secrets.mjs'
import { root } from '../scripts/prepare.mjs'
import { readMigrations } from '../scripts/read-migrations.mjs'

const { convertV4MiniflareOptions, Miniflare } = fromWrangler('miniflare')

/** Starts the bundle of a worker in bench/ with a migrated, empty database. `stop` leaves nothing behind. */
export async function startServer(entry = 'bench/worker.ts', options = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'lyceum-bench-'))
  const bundle = ['deploy', entry, '--dry-run', '--minify', '--outdir', folder]
  execFileSync(join(root, 'node_modules', '.bin', 'wrangler'), bundle, { cwd: root, stdio: 'pipe' })
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      host: '127.0.0.1',
      ...options,
      port: 0,
      workers: [
        {
          name: 'lyceum',
          compatibilityDate: '2026-09-18',
          compatibilityFlags: ['nodejs_compat'],
          modulesRoot: folder,
          modules: modulesIn(folder),
          bindings: {
            ENVIRONMENT: 'local',
            PUBLIC_URL: 'http://localhost:8787',
            INSTITUTION_NAME: 'Lyceum University',
            INSTITUTION_NAME_EL: 'Πανεπιστήμιο Λύκειον',
            INSTITUTION_TIMEZONE: 'Europe/Athens',
            CORS_ALLOWED_ORIGINS: '',
            MAIL_FROM: 'registry@lyceum.example',
            TRANSCRIPT_TOKEN_TTL_HOURS: '48',
            RATE_LIMIT_SCALE: '100000',
            SECOND_FACTOR_ROLES: '',
            TWO_PERSON_OPERATIONS: 'false',
            JURISDICTION: '',
            ...makeSecrets({ local: true }),
          },
          serviceBindings: { ASSETS: { disk: { path: join(root, 'public') } } },
          d1Databases: ['DB'],
          r2Buckets: ['DOCUMENTS', 'BACKUPS'],
          queueProducers: { QUEUE: 'lyceum-work', QUEUE_MAIL: 'lyceum-mail', QUEUE_BULK: 'lyceum-bulk' },
          durableObjects: {
            GATE: { className: 'Gate', useSQLite: true },
            METRICS: { className: 'Metrics', useSQLite: true },
            AUDIT_HEAD: { className: 'AuditHead', useSQLite: true },
          },
        },
      ],
    }),
  )
  const url = await miniflare.ready
  await migrate(await miniflare.getD1Database('DB'))
  const stop = async () => {
    await miniflare.dispose()
    rmSync(folder, { recursive: true, force: true })
  }
  return { port: Number(url.port), pid: workerdOf(process.pid), stop }
}

async function migrate(database) {
  await database.prepare('create table d1_migrations (id integer primary key, name text, applied_at text)').run()
  for (const { name, queries } of await readMigrations()) {
    await database.prepare('insert into d1_migrations (name) values (?)').bind(name).run()
    for (const query of queries) await database.prepare(query).run()
  }
}

/** The workerd process below `parent`. */
function workerdOf(parent) {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid=,comm='], { encoding: 'utf8' }).trim().split('\n')
  const processes = lines
    .map((line) => line.trim().split(/\s+/))
    .map(([pid, ppid, command]) => ({ pid: Number(pid), ppid: Number(ppid), command }))
  const found = processes.find(({ ppid, command }) => ppid === parent && command.startsWith('workerd'))
  if (!found) throw new Error('no workerd process found')
  return found.pid
}
