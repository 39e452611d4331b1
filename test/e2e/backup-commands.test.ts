import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { parseEnv } from 'node:util'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { readBackup } from '../../scripts/backup/read.mjs'
import { questionsOf, statementsOf } from '../../scripts/backup/statements.mjs'
import { requireEmpty, throughWrangler } from '../../scripts/backup/targets.mjs'
import type { Manifest } from '#/operations/backup-file/manifest.ts'
import { type Command, runCommand } from './backup-command.ts'
import { type Caller, send, signIn } from './client.ts'
import { pageSizes, qrCodes } from './paper.ts'
import { root, forget, newPlace, type Server, startQuietServer, startServer, waitUntil } from './server.ts'

const { BACKUP_KEYS = '' } = parseEnv(readFileSync(join(root, '.dev.vars'), 'utf8'))

let folder: string
/** Nobody else writes to it. */
let quiet: Server
/** A backup of it, downloaded. */
let backup: string
let admin: Caller
/** What students and results the server has, and a transcript's address. */
let before: Record<'students' | 'results', unknown[]>
let transcript: string
/** The key that opens the backup. */
let kid: string

const inFolder = (name: string) => join(folder, name)
const linesOf = (file: string) => readFileSync(file, 'utf8').split('\n').slice(0, -1)
const written = (name: string, content: string | Uint8Array) => {
  writeFileSync(inFolder(name), content)
  return inFolder(name)
}
const listed = async (caller: Caller) => ({
  students: await caller.all('/students?ordering=id'),
  results: await caller.all('/results?ordering=id'),
})

const command: Command = (name, argv, extra) => runCommand(folder, name, argv, extra)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lyceum-e2e-'))
  quiet = await startQuietServer(inject('made'))
  admin = await signIn(quiet.url, 'admin')
  before = await listed(admin)
  const student = await admin.first('/students?search=παπαδοπουλος')
  const { bytes } = await admin.download(`/transcripts/${student.id}?language=en`)
  transcript = (await qrCodes(bytes, (await pageSizes(bytes)).length))[0]!
  expect((await admin.post('/backups', { name: 'laptop' })).status).toBe(202)
  await waitUntil(async () => {
    const { data } = await admin.get('/backups/laptop')
    kid = data.backup?.kid ?? ''
    return data.runs[0]!.status === 'done'
  }, 'the backup to be made')
  backup = written('laptop.lyceum', (await admin.download('/backups/laptop/file')).bytes)
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await quiet.stop()
})

describe('backup:decrypt', () => {
  let manifest: Manifest

  test('checks everything and writes it as files that only their owner reads', async () => {
    const { code, stdout, stderr } = await command('decrypt', ['laptop.lyceum'])
    expect([code, stderr]).toEqual([0, ''])
    manifest = JSON.parse(readFileSync(inFolder('laptop/manifest.json'), 'utf8')) as Manifest
    const total = manifest.tables.reduce((sum, { rows }) => sum + rows, 0)
    expect(stdout).toContain(`is whole: ${manifest.tables.length} tables, ${total} rows.`)
    const files = ['manifest.json', 'schema.sql', ...manifest.tables.map(({ name }) => `${name}.ndjson`)]
    expect(readdirSync(inFolder('laptop')).toSorted()).toEqual(files.toSorted())
    for (const file of files) expect(statSync(inFolder(`laptop/${file}`)).mode & 0o777).toBe(0o600)
    for (const { name, rows } of manifest.tables)
      expect([name, linesOf(inFolder(`laptop/${name}.ndjson`)).length]).toEqual([name, rows])
  })

  test('the students are those that the API shows', () => {
    const { columns } = manifest.tables.find(({ name }) => name === 'student')!
    const numbers = linesOf(inFolder('laptop/student.ndjson'))
      .map((line) => Object.fromEntries((JSON.parse(line) as unknown[]).map((value, place) => [columns[place], value])))
      .flatMap((row) => (row['deleted_at'] === null ? [row['student_number']] : []))
    expect(numbers).toEqual(before.students.map((student) => (student as { student_number: string }).student_number))
  })

  test('the schema makes the same database', () => {
    const database = new DatabaseSync(':memory:')
    database.exec(readFileSync(inFolder('laptop/schema.sql'), 'utf8'))
    const made = database.prepare("select count(*) as n from sqlite_master where name not like 'sqlite@_%' escape '@'")
    expect(made.get()!.n).toBe(manifest.schema.length)
  })
})

describe('backup:restore --into', () => {
  test('makes a SQLite file with the same rows, whose references and migrations are in order', async () => {
    const { code, stdout, stderr } = await command('restore', ['laptop.lyceum', '--into', 'new.sqlite'])
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^Restored laptop of .* into .*new\.sqlite\.\n\d+ tables, \d+ rows, [\d.]+ s\./)
    expect(statSync(inFolder('new.sqlite')).mode & 0o777).toBe(0o600)
    const database = new DatabaseSync(inFolder('new.sqlite'), { readOnly: true })
    const manifest = JSON.parse(readFileSync(inFolder('laptop/manifest.json'), 'utf8')) as Manifest
    for (const { name, columns, key } of manifest.tables) {
      const line = `json_array(${columns.map((column) => `"${column}"`).join(', ')})`
      const rows = database.prepare(`select ${line} as line from "${name}" order by ${key.join(', ')}`).all()
      expect([name, rows.map(({ line }) => line)]).toEqual([name, linesOf(inFolder(`laptop/${name}.ndjson`))])
    }
    expect(database.prepare('pragma foreign_key_check').all()).toEqual([])
    const migrations = database.prepare('select name from d1_migrations order by id').all()
    expect(migrations.map(({ name }) => name)).toEqual(readdirSync(join(root, 'migrations')).toSorted())
    database.close()
  })
})

describe('backup:restore --local', () => {
  let server: Server
  let place: Awaited<ReturnType<typeof newPlace>>

  beforeAll(async () => {
    place = await newPlace()
    const argv = ['laptop.lyceum', '--local', '--keys', written('keys.json', BACKUP_KEYS)]
    const { code, stderr } = await command('restore', argv, { LYCEUM_STATE: place.state })
    expect([code, stderr]).toEqual([0, ''])
    server = await startServer(place)
  })
  afterAll(async () => {
    await server.stop()
    forget(place)
  })

  test('a server started on it has the same students and results', async () => {
    expect(await listed(await signIn(server.url, 'admin'))).toEqual(before)
  })

  test('a transcript printed before is genuine there', async () => {
    const { data } = await send(transcript.replace(quiet.url, server.url))
    expect(data).toMatchObject({ valid: true, reason: 'valid' })
  })

  test('it can be written to', async () => {
    const registrar = await signIn(server.url, 'registrar')
    const program = { code: 'AFTER', title: 'After the restore', title_el: 'Μετά την επαναφορά' }
    expect((await registrar.get(`/programs/${(await registrar.make('/programs', program)).id}`)).data.code).toBe(
      'AFTER',
    )
  })

  test('another restore into it is refused', async () => {
    const { code, stderr } = await command('restore', ['laptop.lyceum', '--local'], { LYCEUM_STATE: place.state })
    expect([code, stderr]).toEqual([1, expect.stringContaining(`${place.state} is already in use.`)])
  })
})

test('the SQL files that a deployment gets are what D1 takes, once', async () => {
  const target = throughWrangler(['--local', '--persist-to', inFolder('d1')])
  await requireEmpty(target, 'staging')
  const ring = [keyNamed(kid)]
  const restored = await readBackup(backup, ring)
  for await (const statement of statementsOf(restored)) await target.run(statement)
  const counts = restored.manifest!.tables.map(({ rows }) => rows)
  expect(await target.ask(questionsOf(restored.manifest!))).toEqual([...counts, 0])
  await expect(requireEmpty(target, 'staging')).rejects.toThrow('The database of staging is not empty.')
})

describe('what cannot be restored is refused, with exit code 1 and nothing left behind', () => {
  const refused = async (argv: string[], text: string | RegExp, env?: Record<string, string>) => {
    const files = readdirSync(folder)
    const { code, stdout, stderr } = await command('restore', argv, env)
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(text)
    expect(stderr).not.toContain('    at ')
    expect(readdirSync(folder)).toEqual(files)
    return stderr
  }
  const changed = (change: (bytes: Buffer) => Uint8Array) => written('changed.lyceum', change(readFileSync(backup)))

  test('a file with a flipped bit', async () => {
    const file = changed((bytes) => {
      bytes[bytes.length >> 1]! ^= 1
      return bytes
    })
    const text = /^The backup cannot be used\. chunk \d+ \(table \w+\): it was changed, or does not belong here\.\n$/
    await refused([file, '--into', 'x.sqlite'], text)
    const decrypted = await command('decrypt', [file])
    expect([decrypted.code, decrypted.stderr]).toEqual([1, expect.stringMatching(text)])
    expect(existsSync(inFolder('changed'))).toBe(false)
  })

  test('a file that is cut off, empty, or none', async () => {
    await refused([changed((bytes) => bytes.subarray(0, -1)), '--into', 'x.sqlite'], /chunk \d+: it is cut off\./)
    await refused([changed(() => Buffer.alloc(0)), '--into', 'x.sqlite'], 'header: this is no backup.')
    await refused(['nowhere.lyceum', '--into', 'x.sqlite'], 'ENOENT: no such file')
  })

  test('another key, and none of that name; no key is printed', async () => {
    const wrong = JSON.stringify([{ kid, k: 'A'.repeat(43) }])
    const another = JSON.stringify([{ kid: 'another', k: 'A'.repeat(43) }])
    const into = ['laptop.lyceum', '--into', 'x.sqlite']
    const said = [
      await refused([...into, '--keys', written('wrong.json', wrong)], `the key ${kid} is not the one`),
      await refused(into, `BACKUP_KEYS does not hold the key ${kid}`, { BACKUP_KEYS: another }),
      await refused(into, 'The keys are not what BACKUP_KEYS holds', { BACKUP_KEYS: `[{"kid":"x","k":"AAAA"}]` }),
    ]
    expect(said.join('')).not.toContain('AAAA')
  })

  test('targets that are there, and none', async () => {
    await refused(['laptop.lyceum', '--into', 'laptop.lyceum'], 'laptop.lyceum is already there.')
    await refused(['laptop.lyceum'], 'Say where to.')
    await refused(['laptop.lyceum', '--local', '--into', 'x.sqlite'], 'Say where to.')
    await refused(['laptop.lyceum', '--remote'], 'Say where to.')
    await refused(['laptop.lyceum', '--remote', '--env', 'moon'], 'There is no moon.')
    const { code, stderr } = await command('decrypt', ['laptop.lyceum'])
    expect([code, stderr]).toEqual([1, expect.stringContaining('laptop is already there.')])
  })
})

function keyNamed(kid: string) {
  const keys = JSON.parse(BACKUP_KEYS) as { kid: string; k: string }[]
  return { kid, key: new Uint8Array(Buffer.from(keys.find((one) => one.kid === kid)!.k, 'base64url')) }
}
