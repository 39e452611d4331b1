import { beforeAll, describe, expect, test } from 'vitest'
import { sealAuditLog } from '#/operations/audit-log/index.ts'
import { backgroundContext } from '#/platform/background-context.ts'
import { settingsOf } from '#/platform/env.ts'
import { openRows } from '#/platform/personal/open-rows.ts'
import { auditRows, type Persona, systemContext, testEnv, unique, type World, world } from '../../world.ts'
import { meanwhile } from '../../platform/database/between.ts'
import { backUp, textOf } from '../backup/backups.ts'
import { ndjsonRows, textOf as textOfFile } from '../../exchange/export/downloaded.ts'
import { past, underWay } from '../../under-way.ts'

const db = testEnv.DB
let w: World
let admin: Persona
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
})

/** Everything that rests in the audit log, as text. */
async function resting(): Promise<string> {
  const { results } = await db.prepare('select changes, reason, summary from audit_log').all()
  return JSON.stringify(results)
}

const newest = (entity: string, id: number | string) =>
  db
    .prepare('select max(id) as id from audit_log where entity_type = ? and entity_id = ?')
    .bind(entity, String(id))
    .first<number>('id')
const detail = async (entity: string, id: number | string) =>
  (await admin.get(`/audit/logs/${(await newest(entity, id))!}` as '/audit/logs/{id}')).data

/** Values that occur nowhere else. */
const marked = (what: string) => `${what}-${unique()}-Κρυφό`

/** A student about whom everything is told that the log can tell; answers what must not rest. */
async function toldStudent() {
  const words = {
    first_name: marked('First'),
    last_name: marked('Last'),
    latin_name: `Latin ${String(unique()).replaceAll(/\d/g, (digit) => 'abcdefghij'[Number(digit)]!)} Kryfo`,
    father_name: marked('Father'),
    phone: `+3069${String(unique()).padStart(9, '1')}`,
    email: `hidden${unique()}@private.test`,
    date_of_birth: new Date(Date.UTC(1970, 0, (unique() * 3) % 9000)).toISOString().slice(0, 10),
  }
  const { id } = await w.student(words)
  const renamed = marked('Renamed')
  await w.registrar.patch(`/students/${id}`, { last_name: renamed })
  const hold = marked('Hold')
  const { data: placed } = await w.registrar.post(`/students/${id}/holds`, {
    kind: 'financial',
    blocks: ['graduation'],
    office: 'Treasury',
    reason: hold,
  })
  const section = await w.section()
  const seat = await w.enroll(section.id, id)
  const teacher = await w.teacher()
  await w.teach(section.id, teacher)
  const note = marked('Note')
  await teacher.put(`/sections/${section.id}/attendance`, {
    date: '2026-10-05',
    period: 1,
    records: [{ student_id: id, status: 'late', note }],
  })
  const texts = [...Object.values(words), renamed, hold, note]
  return { id, section, seat, hold: placed.id, words, renamed, holdReason: hold, note, texts }
}

describe('what the log tells of a person', () => {
  test('rests encrypted from the first moment, and is read in clear by who may', async () => {
    const told = await toldStudent()
    const rest = await resting()
    expect(told.texts.filter((text) => rest.includes(text))).toEqual([])
    const changed = await detail('student', told.id)
    expect(changed.changes).toEqual({ last_name: { old: told.words.last_name, new: told.renamed } })
    const [, created] = await auditRows('student', told.id)
    expect(JSON.parse(created!.changes)).toMatchObject({
      first_name: { new: told.words.first_name },
      email: { new: told.words.email },
      status: { new: 'active' },
    })
    expect((await detail('hold', told.hold)).changes).toMatchObject({
      reason: { new: told.holdReason },
      office: { new: 'Treasury' },
    })
    expect((await detail('section', told.section.id)).changes).toMatchObject({
      records: { new: [{ student_id: told.id, status: 'late', note: told.note }] },
    })
  })

  test('of accounts, applicants and invited persons as well', async () => {
    const [name, email] = [marked('Account'), `account${unique()}@private.test`]
    const invited = `invited${unique()}@private.test`
    const { data } = await admin.post('/users/invitations', {
      email: invited,
      full_name: marked('Invited'),
      role: 'faculty',
    })
    const registered = await w.anonymous.post('/auth/register', {
      email,
      full_name: name,
      password: 'Correct-Horse-9!',
    })
    expect(registered.status).toBe(201)
    const rest = await resting()
    expect([name, email, invited].filter((text) => rest.includes(text))).toEqual([])
    expect((await detail('invitation', data.id)).changes).toMatchObject({ email: { new: invited } })
    const user = await db.prepare('select id from user where email = ?').bind(email).first<number>('id')
    expect((await detail('user', user!)).changes).toMatchObject({ email: { new: email }, full_name: { new: name } })
  })

  test('includes why something was done, in the list, too', async () => {
    const term = await w.term({ ...underWay, drop_deadline: past })
    const section = await w.section({ term_id: term.id })
    const student = await w.student()
    const seat = await w.enroll(section.id, student.id)
    const reason = marked('Reason')
    expect((await w.registrar.post(`/enrollments/${seat.id}/withdraw`, { reason })).status).toBe(200)
    expect(await resting()).not.toContain(reason)
    const { data } = await admin.get(`/audit/logs?entity_type=enrollment&entity_id=${seat.id}`)
    expect(data.items[0]).toMatchObject({ action: 'enrollment.withdraw', reason })
    const lines = await ndjsonRows(
      await admin.get(`/exports/audit-logs.ndjson?entity_type=enrollment&entity_id=${seat.id}`),
    )
    expect(lines[0]).toMatchObject({ reason })
  })

  test('is sealed with the row where the database itself made it: by an import', async () => {
    const [name, number] = [marked('Imported'), `IMP-${unique()}`]
    const file = `student_number,first_name,last_name,email\n${number},${name},${name},imp${unique()}@private.test\n`
    const answer = await w.registrar.post('/imports/students', file, { 'content-type': 'text/csv' })
    expect(answer.data).toMatchObject({ state: 'finished', created: 1 })
    await sealAuditLog(systemContext())
    expect(await resting()).not.toContain(name)
    const student = await db.prepare('select id from student where student_number = ?').bind(number).first<number>('id')
    expect((await detail('student', student!)).changes).toMatchObject({
      first_name: { new: name },
      student_number: { new: number },
    })
    expect((await admin.get('/audit/verify')).data).toMatchObject({ valid: true })
  })

  test('stays readable when a newer key is put in front of the ring, and is unreadable without its key', async () => {
    const told = await toldStudent()
    const row = await db
      .prepare('select * from audit_log where id = ?')
      .bind(await newest('student', told.id))
      .first<Record<string, string>>()
    const settings = settingsOf(testEnv)
    const fresh = { kid: 'next', k: 'HwABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4' }
    const read = async (ring: { kid: string; k: string }[]) => {
      const ctx = { ...systemContext(), settings: { ...settings, AUDIT_KEYS: ring as typeof settings.AUDIT_KEYS } }
      const [opened] = await openRows(ctx, [
        {
          ...(row as never as { entity_type: string; request_id: string; reason: null }),
          changes: JSON.parse(row!['changes']!),
        },
      ])
      return opened!.changes
    }
    expect(await read([fresh, ...settings.AUDIT_KEYS])).toEqual({
      last_name: { old: told.words.last_name, new: told.renamed },
    })
    expect(await read([fresh])).toEqual({ last_name: { old: '[erased]', new: '[erased]' } })
  })
})

describe('a salt', () => {
  test('is there for whoever came by whichever way, and travels nowhere', async () => {
    const student = await w.student()
    for (const path of [`/students/${student.id}`, '/students', '/users'] as const)
      expect(JSON.stringify((await admin.get(path)).data)).not.toContain('audit_salt')
    const { results } = await db
      .prepare('select audit_salt from student union all select audit_salt from user')
      .all<{ audit_salt: string }>()
    const salts = results.map(({ audit_salt }) => JSON.parse(audit_salt) as number[])
    expect(salts.every((salt) => salt.length === 4 && salt.every((part) => part >= 0 && part < 2 ** 48))).toBe(true)
    expect(new Set(salts.map(String)).size).toBe(salts.length)
  })

  test('once erased takes the values with it, from answers, exports and new backups; the chain still verifies', async () => {
    const told = await toldStudent()
    const other = await toldStudent()
    await sealAuditLog(systemContext())
    await db.prepare('update student set audit_salt = null where id = ?').bind(told.id).run()
    const { data } = await admin.get('/audit/logs?page_size=200')
    const answers = await Promise.all(data.items.map(({ id }) => admin.get(`/audit/logs/${id}`)))
    const shown = JSON.stringify([data, ...answers.map((answer) => answer.data)])
    expect(told.texts.filter((text) => shown.includes(text))).toEqual([])
    expect(other.texts.filter((text) => !shown.includes(text))).toEqual([])
    expect((await detail('student', told.id)).changes).toEqual({ last_name: { old: '[erased]', new: '[erased]' } })
    for (const format of ['csv', 'ndjson'] as const) {
      const file = await textOfFile(await admin.get(`/exports/audit-logs.${format}`))
      expect(told.texts.filter((text) => file.includes(text))).toEqual([])
    }
    await backUp('erased')
    const log = (await textOf('erased')).get('audit_log')!
    expect([...told.texts, ...other.texts].filter((text) => log.includes(text))).toEqual([])
    expect((await admin.get('/audit/verify')).data).toMatchObject({ valid: true, problems: [] })
  })

  test('erased before its rows were sealed leaves nothing behind either, also of what the database wrote', async () => {
    const [name, number] = [marked('Gone'), `IMP-${unique()}`]
    const file = `student_number,first_name,last_name,email\n${number},${name},${name},gone${unique()}@private.test\n`
    await w.registrar.post('/imports/students', file, { 'content-type': 'text/csv' })
    await db.prepare('update student set audit_salt = null where student_number = ?').bind(number).run()
    await backUp('erased-at-once')
    const log = (await textOf('erased-at-once')).get('audit_log')!
    expect(log).not.toContain(name)
    expect(await resting()).not.toContain(name)
    expect((await admin.get('/audit/verify')).data).toMatchObject({ valid: true })
  })
})

describe('the log itself', () => {
  test('is one chain also where a second run, that has read more rows, seals after the first', async () => {
    const imported = () => {
      const n = unique()
      const file = `student_number,first_name,last_name,email\nTWO-${n},Anna,Anna,two${n}@private.test\n`
      return w.registrar.post('/imports/students', file, { 'content-type': 'text/csv' })
    }
    const sealingBehind = (act: () => Promise<unknown>) => {
      const env = { ...testEnv, DB: meanwhile(act) }
      return sealAuditLog(backgroundContext(env, { waitUntil: () => undefined }, 'system.read', 'test'))
    }
    await sealAuditLog(systemContext())
    await imported()
    const [hasRead, isSealed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    let second: Promise<unknown> | undefined
    const first = sealingBehind(async () => {
      await imported()
      second = sealingBehind(async () => (hasRead.resolve(), isSealed.promise))
      await hasRead.promise
    })
    await first
    isSealed.resolve()
    await second
    await sealAuditLog(systemContext())
    expect((await admin.get('/audit/verify')).data).toMatchObject({ valid: true, problems: [] })
  })

  test('lets values be sealed once and before the hash, and nothing else of a row be changed', async () => {
    const { id } = await w.student()
    await sealAuditLog(systemContext())
    const course = await w.course()
    const [sealed, fresh] = [await newest('student', id), await newest('course', course.id)]
    const sealing = (row: number | null, more = '') =>
      db
        .prepare(
          `update audit_log set changes = json_set(changes, '$.sealed', json('{"by":[]}')) ${more} where id = ${row}`,
        )
        .run()
    await expect(sealing(sealed)).rejects.toThrow('audit_log_append_only')
    await expect(sealing(fresh, ", action = 'x'")).rejects.toThrow('audit_log_append_only')
    await expect(db.prepare(`update audit_log set changes = '{}' where id = ${fresh}`).run()).rejects.toThrow(
      'audit_log_append_only',
    )
  })
})
