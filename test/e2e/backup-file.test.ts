import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type Backup, fillDatabase, readBackup } from './backup-reader.ts'
import type { AnswerAt } from '../answer-at.ts'
import { type Caller, signIn } from './client.ts'
import { freshDatabase, migrations, namesIn, schemaOf } from './fresh-database.ts'
import { root, type Server, startQuietServer, waitUntil } from './server.ts'
import { inFolder } from './tools.ts'

const headerSize = (metaLength: number) => 8 + 2 + metaLength + 16 + 12 + 48

/** What the API tells of a backup that is there. */
type Kept = NonNullable<AnswerAt<'GET', '/backups/:'>['backup']>

/** Nobody else writes to it. */
let server: Server
let admin: Caller
let keys: Record<string, Buffer>
/** Taken while nobody works. */
let quiet: { file: Buffer; backup: Backup; about: Kept }

beforeAll(async () => {
  server = await startQuietServer(inject('made'))
  admin = await signIn(server.url, 'admin')
  keys = backupKeys()
  const name = await start()
  const about = await outcomeOf(name)
  const file = await download(name)
  quiet = { file, backup: readBackup(file, keys), about }
})
afterAll(() => server.stop())

describe('a backup', () => {
  const lists = {
    student: {
      path: '/students',
      same: ['student_number', 'first_name', 'last_name', 'latin_name', 'email', 'date_of_birth', 'status', 'version'],
    },
    section: { path: '/sections', same: ['course_id', 'term_id', 'number', 'capacity', 'seats_taken', 'updated_at'] },
    enrollment: { path: '/enrollments', same: ['section_id', 'student_id', 'status', 'enrolled_at', 'ended_at'] },
    user: { path: '/users', same: ['email', 'full_name', 'role', 'language', 'student_id', 'created_at'] },
    result: {
      path: '/results',
      same: ['student_id', 'section_id', 'state', 'letter', 'published_at'],
      scaled: { percentage: 100, points: 100, value: 100, credits: 10 },
    },
  }

  test.each(Object.entries(lists))('holds each %s as the API shows it', async (table, list) => {
    const scaled = Object.entries<number>('scaled' in list ? list.scaled : {})
    const shown = ((await admin.all(list.path)) as Record<string, unknown>[]).map((row) => [
      row.id,
      ...list.same.map((field) => row[field]),
      ...scaled.map(([field, by]) => row[field] && Math.round(Number(row[field]) * by)),
    ])
    const columns = ['id', ...list.same, ...scaled.map(([field]) => field)]
    const kept = recordsOf(quiet.backup, table)
      .filter(({ deleted_at }) => deleted_at === null)
      .map((row) => columns.map((column) => row[column]))
    const byId = (a: unknown[], b: unknown[]) => Number(a[0]) - Number(b[0])
    expect(kept.length).toBeGreaterThan(5)
    expect(kept.toSorted(byId)).toEqual(shown.toSorted(byId))
  })

  test('has the rows, the size and the key that the list of backups names', () => {
    const { file, backup, about } = quiet
    const rows = backup.manifest.tables.reduce((sum, table) => sum + table.rows, 0)
    expect(about).toMatchObject({ rows, bytes: file.length, is_good: true })
    expect(keys).toHaveProperty(about.kid)
    expect(about.kid).toBe(
      JSON.parse(
        parts(file)
          .header.toString('latin1')
          .match(/\{.*?\}/)![0],
      ).kid,
    )
    const times = [about.created_at, about.finished_at, about.verified_at]
    expect(times).toEqual(times.toSorted())
    expect(backup.manifest).toMatchObject({ started_at: times[0], finished_at: times[1] })
  })

  test('fills a database that has all rows and the schema that the migrations make', () =>
    inFolder(async (folder) => {
      const path = join(folder, 'lyceum.sqlite')
      const { manifest } = quiet.backup
      fillDatabase(path, quiet.backup).close()

      const database = new DatabaseSync(path)
      for (const { name, rows } of manifest.tables)
        expect([name, database.prepare(`select count(*) as n from ${name}`).get()!.n]).toEqual([name, rows])
      expect(namesIn(database, 'select name from d1_migrations order by id')).toEqual(migrations)
      expect(schemaOf(database)).toEqual(schemaOf(freshDatabase()))
      expect(() => database.exec('delete from audit_log')).toThrow('audit_log')
      const miscounted = `select number from section where seats_taken <>
        (select count(*) from enrollment where section_id = section.id and status in ('enrolled', 'completed') and deleted_at is null)`
      expect(database.prepare(miscounted).all()).toEqual([])
      database.close()
    }))
})

describe('a backup with one byte changed', () => {
  test.each([
    ['the magic', 'Header: it does not begin with LYCEUMB1', () => 3],
    ['the length of meta', 'Header: it holds something that is not JSON', () => 9],
    ['meta', 'Header: its tag does not fit', () => 10 + '{"name":"back'.length],
    ['the salt', 'Header: its tag does not fit', (meta: number) => 10 + meta],
    ['the nonce of the header', 'Header: its tag does not fit', (meta: number) => 10 + meta + 16],
    ['the wrapped key', 'Header: its tag does not fit', (meta: number) => headerSize(meta) - 1],
    ['the length of a chunk', 'Chunk 0 (rows of audit_chain): its tag', (meta: number) => headerSize(meta) + 3],
    ['the kind of a chunk', 'Chunk 0: its kind is unknown', (meta: number) => headerSize(meta) + 4],
    ['the table of a chunk', 'Chunk 0 (rows of `udit_chain): its tag', (meta: number) => headerSize(meta) + 6],
    ['the nonce of a chunk', 'Chunk 0 (rows of audit_chain): its tag', (meta: number) => headerSize(meta) + 20],
    ['the content of a chunk', 'Chunk 0 (rows of audit_chain): its tag', (meta: number) => headerSize(meta) + 99],
    ['the tag of the manifest', '(manifest): its tag', (_: number, end: number) => end - 1],
  ])('is refused: %s', (_, message, place) => {
    const file = Buffer.from(quiet.file)
    const at = place(file.readUInt16BE(8), file.length)
    file[at]! ^= 1
    expect(() => readBackup(file, keys)).toThrow(message)
  })
})

describe('a backup whose parts are not its own', () => {
  const refuses = (chunks: Buffer[], message: string | RegExp) => {
    const file = Buffer.concat([parts(quiet.file).header, ...chunks])
    expect(() => readBackup(file, keys)).toThrow(message)
  }

  test('is refused: a chunk left out, repeated, moved, missing at the end, one too many', () => {
    const { chunks } = parts(quiet.file)
    const [first, second, ...others] = chunks as [Buffer, Buffer, ...Buffer[]]
    refuses([second, ...others], /^Chunk 0 \(rows of \w+\): its tag does not fit$/)
    refuses([first, first, second, ...others], 'Chunk 1 (rows of audit_chain): its tag does not fit')
    refuses([second, first, ...others], /^Chunk 0 \(rows of \w+\): its tag does not fit$/)
    refuses(chunks.slice(0, -1), /^Chunk \d+: the file ends before its manifest$/)
    refuses([...chunks, first], 'Manifest: something follows it')
  })

  test('is refused when it ends early, wherever that is', () => {
    for (let part = 0; part < 50; part += 1) {
      const cut = quiet.file.subarray(0, Math.floor((quiet.file.length * part) / 50))
      expect(() => readBackup(cut, keys)).toThrow('the file ends')
    }
  })

  test('is refused without its key, and with a wrong one of that name', () => {
    const { kid } = quiet.about
    expect(() => readBackup(quiet.file, {})).toThrow(`Header: there is no key ${kid}`)
    expect(() => readBackup(quiet.file, { [kid]: Buffer.alloc(32, 7) })).toThrow('Header: its tag does not fit')
  })
})

describe('a backup taken while people work', () => {
  const timetables = [[1], [3, 4]].map((weekdays) =>
    weekdays.map((weekday) => ({ weekday, start: '09:00', end: '10:00', room: null })),
  )
  const before: number[] = []
  const after: number[] = []
  let sectionId: number
  let file: Buffer
  let backup: Backup

  beforeAll(async () => {
    const { course_id, term_id } = await admin.first('/sections')
    sectionId = (await admin.make('/sections', { course_id, term_id, number: 'backup', capacity: 1 })).id
    const day = { isOver: false }
    let made = 0
    const enroll = async (ids: number[]) => ids.push((await admin.make('/students', studentOf((made += 1)))).id)
    const reschedule = async () => {
      const { status } = await admin.put(`/sections/${sectionId}/meetings`, { meetings: timetables[(made += 1) % 2] })
      expect(status).toBe(200)
    }
    await Promise.all([...Array.from({ length: 10 }, () => enroll(before)), reschedule()])
    const name = await start()
    const work = Array.from({ length: 30 }, async (_, n) => {
      while (!day.isOver) await (n > 0 ? enroll(after) : reschedule())
    })
    await outcomeOf(name).finally(() => (day.isOver = true))
    await Promise.all(work)
    file = await download(name)
    backup = readBackup(file, keys)
  })

  afterAll(async () => {
    for (const id of [...before, ...after]) await admin.remove(`/students/${id}`)
    await admin.remove(`/sections/${sectionId}`)
  })

  test('has everything that was answered before it began', () => {
    const kept = new Set(recordsOf(backup, 'student').map(({ id }) => id))
    expect(before.filter((id) => !kept.has(id))).toEqual([])
    expect(after.length).toBeGreaterThan(20)
  })

  test('has of each write all or nothing', () => {
    const ids = new Set<unknown>([...before, ...after])
    const made = recordsOf(backup, 'audit_log')
      .filter(({ entity_type, action }) => entity_type === 'student' && action === 'student.create')
      .map(({ entity_id }) => Number(entity_id))
    const kept = recordsOf(backup, 'student').map(({ id }) => Number(id))
    const ofTheseIn = (some: number[]) => some.filter((id) => ids.has(id)).toSorted((a, b) => a - b)
    expect(ofTheseIn(kept)).toEqual(ofTheseIn(made))
    const weekdays = recordsOf(backup, 'section_meeting')
      .filter(({ section_id }) => section_id === sectionId)
      .map(({ weekday }) => weekday)
    expect([[1], [3, 4]]).toContainEqual(weekdays.toSorted())
  })

  test('fills a database in which every reference and every constraint holds', () => {
    expect(() => fillDatabase(':memory:', backup).close()).not.toThrow()
  })

  test('gives no chunk to another backup', () => {
    const [, ...others] = parts(quiet.file).chunks
    const mixed = Buffer.concat([parts(quiet.file).header, parts(file).chunks[0]!, ...others])
    expect(() => readBackup(mixed, keys)).toThrow('Chunk 0 (rows of audit_chain): its tag')
  })
})

test('a backup under the next key has another header and the same chunks', async () => {
  const { name, kid } = quiet.about
  expect((await admin.post('/backups/keys/rotate', {})).status).toBe(200)
  expect((await admin.post('/backups/rewrap', {})).data.rewrapped).toContain(name)
  const about = await outcomeOf(name)
  const file = await download(name)
  expect(about.bytes).toBe(file.length)
  expect(about.kid).not.toBe(kid)
  expect(parts(file).chunks).toEqual(parts(quiet.file).chunks)
  expect(readBackup(file, { [about.kid]: keys[about.kid]! })).toEqual(quiet.backup)
  expect(() => readBackup(file, { [kid]: keys[kid]! })).toThrow(`Header: there is no key ${about.kid}`)
})

const studentOf = (n: number) => ({
  student_number: `BACKUP-${n}`,
  first_name: 'Μνημοσύνη',
  last_name: 'Ουρανίδου',
  email: `backup${n}@lyceum.test`,
})

async function start(): Promise<string> {
  const { status, data } = await admin.post('/backups', {})
  expect(status).toBe(202)
  return data.name
}

/** What is known of the backup once it is done. */
async function outcomeOf(name: string): Promise<Kept> {
  const look = async () => (await admin.get(`/backups/${name}`)).data
  await waitUntil(async () => (await look()).runs[0]!.finished_at !== null, `the backup ${name}`, 60)
  const { backup, runs } = await look()
  expect(runs[0]).toMatchObject({ status: 'done', error: null })
  return backup!
}

const download = async (name: string) => Buffer.from((await admin.download(`/backups/${name}/file`)).bytes)

/** The keys that the server has in .dev.vars. */
function backupKeys(): Record<string, Buffer> {
  const line = readFileSync(join(root, '.dev.vars'), 'utf8').match(/^BACKUP_KEYS=(.*)$/m)![1]!
  const ring = JSON.parse(line) as { kid: string; k: string }[]
  return Object.fromEntries(ring.map(({ kid, k }) => [kid, Buffer.from(k, 'base64url')]))
}

/** The rows of a table, each as column -> value. */
function recordsOf({ manifest, rows }: Backup, table: string) {
  const { columns } = manifest.tables.find(({ name }) => name === table)!
  return [...rows.get(table)!.values()].map((row) =>
    Object.fromEntries(columns.map((column, place) => [column, row[place]!])),
  )
}

/** A file cut where its chunks begin. */
function parts(file: Buffer) {
  let at = headerSize(file.readUInt16BE(8))
  const header = file.subarray(0, at)
  const chunks: Buffer[] = []
  while (at < file.length) {
    const end = at + 4 + 1 + 1 + file[at + 5]! + 12 + file.readUInt32BE(at)
    chunks.push(file.subarray(at, end))
    at = end
  }
  return { header, chunks }
}
