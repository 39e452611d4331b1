import { beforeAll, describe, expect, test, vi } from 'vitest'
import { backgroundContext } from '#/platform/background-context.ts'
import { newId } from '#/platform/context.ts'
import { importWork } from '#/exchange/import/index.ts'
import { codeOf, json, serve, serveWith } from '../../platform/http/serve.ts'
import { meanwhile, racing } from '../../platform/database/between.ts'
import { deliverTo } from '../../platform/queue/deliver.ts'
import { auditRows, countRows, testEnv, unique, type World, world } from '../../world.ts'
import { deliver } from '../../paperwork/transcript-job/jobs.ts'
import { counts, csv, finished, importFile } from './files.ts'
import { smallSteps } from './small-steps.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

/** Courses; the one on line `bad` has too many credits. */
function courses(count: number, { prefix = `L${unique()}-`, bad = 0, title = 'Course' } = {}) {
  const rows = Array.from({ length: count }, (_, n) => ({
    code: `${prefix}${n}`,
    title: `${title} ${n}`,
    credits: n + 2 === bad ? 61 : 5,
  }))
  return csv(rows)
}

const errorsOf = async (id: string) => (await w.registrar.get(`/imports/${id}/errors`)).data.items
const fileOf = (id: string) => testEnv.DOCUMENTS.head(`imports/${id}`)

describe('a large file', () => {
  // A thousand lines take the steps of fifty thousand.
  smallSteps(50)
  const lines = 1000
  const bad = 900
  const file = courses(lines, { prefix: 'BIG-', bad })

  test('in a dry run names the bad row and writes nothing', async () => {
    const before = [await countRows('course'), await countRows("audit_log where entity_type = 'course'")]
    const answer = await importFile(w.registrar, 'courses', file, { query: '?dry_run=true' })
    expect([answer.status, answer.data.state]).toEqual([202, 'queued'])
    const done = await finished(w.registrar, answer.data.id)
    expect([done.data.state, ...counts(done)]).toEqual(['finished', lines - 1, 0, 0, 1])
    expect(await errorsOf(answer.data.id)).toMatchObject([{ line: bad, field: 'credits', code: 'too_big' }])
    expect([await countRows('course'), await countRows("audit_log where entity_type = 'course'")]).toEqual(before)
  }, 90_000)

  test('that is atomic writes nothing', async () => {
    const before = await countRows('course')
    const { data } = await importFile(w.registrar, 'courses', file, { query: '?atomic=true' })
    expect(counts(await finished(w.registrar, data.id))).toEqual([0, 0, lines - 1, 1])
    expect(await errorsOf(data.id)).toMatchObject([{ line: bad, field: 'credits' }])
    expect(await countRows('course')).toBe(before)
  }, 90_000)

  test('writes the rest, then nothing again, and forgets the file', async () => {
    const [before, audits] = [await countRows('course'), await countRows("audit_log where entity_type = 'course'")]
    const { data } = await importFile(w.registrar, 'courses', file)
    expect(counts(await finished(w.registrar, data.id))).toEqual([lines - 1, 0, 0, 1])
    expect(await countRows('course')).toBe(before + lines - 1)
    expect(await countRows("audit_log where entity_type = 'course'")).toBe(audits + lines - 1)
    expect(await auditRows('import', data.id)).toMatchObject([
      { action: 'import.create', actor_id: w.registrar.userId, status: 202 },
    ])
    const again = await importFile(w.registrar, 'courses', file)
    expect(counts(await finished(w.registrar, again.data.id))).toEqual([0, 0, lines - 1, 1])
    expect(await countRows("audit_log where entity_type = 'course'")).toBe(audits + lines - 1)
    await vi.waitFor(async () => expect([await fileOf(data.id), await fileOf(again.data.id)]).toEqual([null, null]))
    expect(await countRows('import_row')).toBe(0)
  }, 90_000)

  test('with a row that never ends fails and says why, one that is no text is refused at once', async () => {
    const start = courses(700)
    const endless = `${start}\r\nX,"never closed,5\r\n${'x,y,5\r\n'.repeat(2000)}`
    const { data } = await importFile(w.registrar, 'courses', endless, { query: '?dry_run=true' })
    expect((await finished(w.registrar, data.id)).data).toMatchObject({
      state: 'failed',
      error_code: 'IMPORT_RECORD_TOO_LONG',
      rows: 701,
      skipped: 700,
      failed: 1,
    })
    expect(await errorsOf(data.id)).toMatchObject([{ line: 702, code: 'IMPORT_RECORD_TOO_LONG' }])
    expect(await countRows('import_row')).toBe(0)
    const binary = new Uint8Array([...new TextEncoder().encode(start), 0xc3, 0x28, 10])
    const headers = { authorization: `Bearer ${w.registrar.token}`, 'content-type': 'text/csv' }
    const answer = await serve('/api/v1/imports/courses?dry_run=true', { method: 'POST', headers, body: binary })
    expect([answer.status, await answer.json()]).toMatchObject([422, { error: { code: 'IMPORT_NOT_TEXT' } }])
  }, 60_000)

  test('whose every row is wrong in many ways is reported to the end', async () => {
    const columns = 'student_number,first_name,last_name,email,study_year,status,phone,date_of_birth'
    const file = [columns, ...Array.from({ length: 240 }, () => '!,x://y,x://y,x,99,asleep,none,never'), ''].join('\n')
    const { data } = await importFile(w.registrar, 'students', file)
    expect(counts(await finished(w.registrar, data.id))).toEqual([0, 0, 0, 240])
    const { total, items } = (await w.registrar.get(`/imports/${data.id}/errors?ordering=-line&page_size=1`)).data
    expect([total, items[0]!.line]).toEqual([1920, 241])
  }, 60_000)
})

describe('the queue', () => {
  smallSteps(25)

  /** An import whose message the test delivers; the one of the request is lost. */
  async function waiting(file: string, query = '') {
    const send = vi.spyOn(testEnv.QUEUE_BULK, 'sendBatch').mockResolvedValue(undefined as never)
    try {
      const { data } = await importFile(w.registrar, 'courses', file, { query })
      await vi.waitFor(() => expect(send).toHaveBeenCalled())
      return { id: data.id as string, message: { id: newId(), type: 'import.work', import_id: data.id } }
    } finally {
      send.mockRestore()
    }
  }

  test('that delivers twice, even at once, has the effect of once', async () => {
    const before = await countRows("audit_log where entity_type = 'course'")
    const { id, message } = await waiting(courses(120))
    await Promise.all([deliver([message]), deliver([message]), deliver([message])])
    await deliver([message])
    expect(counts(await finished(w.registrar, id))).toEqual([120, 0, 0, 0])
    expect(await countRows("audit_log where entity_type = 'course'")).toBe(before + 120)
  }, 60_000)

  test('that delivers once more while another worker is at it has nothing to try again', async () => {
    const { id, message } = await waiting(courses(120))
    const DB = meanwhile(() => deliver([message]))
    const late = await deliverTo({ ...testEnv, DB }, 'lyceum-work', { id: 'late', body: message })
    expect(late).toEqual({ done: ['late'], again: [] })
    expect(counts(await finished(w.registrar, id))).toEqual([120, 0, 0, 0])
  }, 60_000)

  /** What a delivery sends to the queue; the test delivers that, too. */
  async function sentBy(act: () => Promise<unknown>) {
    const send = vi.spyOn(testEnv.QUEUE_BULK, 'send').mockResolvedValue(undefined as never)
    try {
      await act()
      return send.mock.calls.map(([body, options]) => [(body as { import_id: string }).import_id, options])
    } finally {
      send.mockRestore()
    }
  }

  test('lets the older of two imports of one kind go first', async () => {
    const prefix = `L${unique()}-`
    const first = await waiting(courses(80, { prefix }))
    const second = await waiting(courses(80, { prefix }))
    expect(await sentBy(() => deliver([second.message]))).toEqual([[second.id, { delaySeconds: 5 }]])
    expect((await w.registrar.get(`/imports/${second.id}`)).data.state).toBe('queued')
    await deliver([first.message])
    expect(counts(await finished(w.registrar, first.id))).toEqual([80, 0, 0, 0])
    await deliver([second.message])
    expect(counts(await finished(w.registrar, second.id))).toEqual([0, 0, 80, 0])
  }, 60_000)

  /** Delivers until nothing more is to be done for an import, which has to wait for no other. */
  async function goesThrough({ id, message }: Awaited<ReturnType<typeof waiting>>) {
    for (let sent: unknown[] = [[id, undefined]]; sent.length > 0;) {
      expect(sent).toEqual([[id, undefined]])
      sent = await sentBy(() => deliver([message]))
    }
    return counts(await w.registrar.get(`/imports/${id}`))
  }

  test('lets a dry run pass, and holds nobody up for one', async () => {
    const prefix = `L${unique()}-`
    const older = await waiting(courses(80, { prefix }), '?dry_run=true')
    const real = await waiting(courses(80, { prefix }))
    const younger = await waiting(courses(80, { prefix }), '?dry_run=true')
    expect(await goesThrough(younger)).toEqual([80, 0, 0, 0])
    expect(await goesThrough(real)).toEqual([80, 0, 0, 0])
    expect(await goesThrough(older)).toEqual([0, 0, 80, 0])
  }, 60_000)

  test('takes up the older one when nobody works on it any more', async () => {
    const prefix = `L${unique()}-`
    const [stuck, next] = [await waiting(courses(80, { prefix })), await waiting(courses(80, { prefix }))]
    await testEnv.DB.prepare("update import_job set updated_at = '2026-01-01' where id = ?").bind(stuck.id).run()
    expect(await sentBy(() => deliver([next.message]))).toEqual([
      [stuck.id, undefined],
      [next.id, { delaySeconds: 5 }],
    ])
    await deliver([stuck.message])
    expect(counts(await finished(w.registrar, stuck.id))).toEqual([80, 0, 0, 0])
    await deliver([next.message])
    expect(counts(await finished(w.registrar, next.id))).toEqual([0, 0, 80, 0])
  }, 60_000)

  /** The worker dies when it writes the first rows of an import. */
  async function dieAt(id: string) {
    const ctx = backgroundContext(testEnv, { waitUntil: () => undefined }, 'import.create', 'import.work')
    const batch = ctx.db.batch.bind(ctx.db)
    let batches = 0
    ctx.db.batch = ((statements: Parameters<typeof batch>[0]) => {
      batches += 1
      if (batches > 7) throw new Error('the power is gone')
      return batch(statements)
    }) as unknown as typeof ctx.db.batch
    await expect(importWork.handle(ctx, id)).rejects.toThrow('the power is gone')
    const halfway = (await w.registrar.get(`/imports/${id}`)).data
    expect([halfway.state, halfway.rows, halfway.finished_at]).toEqual(['creating', 240, null])
  }

  test('goes on where a worker died', async () => {
    const { id, message } = await waiting(courses(240))
    await dieAt(id)
    await deliver([message])
    expect(counts(await finished(w.registrar, id))).toEqual([240, 0, 0, 0])
  }, 60_000)

  test('is asked again when a message was lost', async () => {
    const { id } = await waiting(courses(80))
    const ctx = backgroundContext(testEnv, { waitUntil: () => undefined }, 'system.read', 'resumeImports')
    await importWork.resume(ctx)
    expect((await w.registrar.get(`/imports/${id}`)).data.state).toBe('queued')
    await testEnv.DB.prepare("update import_job set updated_at = '2026-01-01' where id = ?").bind(id).run()
    await importWork.resume(ctx)
    expect(counts(await finished(w.registrar, id))).toEqual([80, 0, 0, 0])
  }, 60_000)

  test('that gives up fails the import, and goes on where it was when its message is sent again', async () => {
    const { id, message } = await waiting(courses(240))
    await dieAt(id)
    await deliver([message], 'lyceum-dead-letters')
    const { data } = await w.registrar.get(`/imports/${id}`)
    expect([data.state, data.error_code]).toEqual(['failed', 'IMPORT_GAVE_UP'])
    const admin = await w.admin()
    const { items } = (await admin.get('/queues/dead-letters?type=import.work&page_size=1')).data
    expect(items[0]!.message).toEqual(message)
    expect((await admin.post(`/queues/dead-letters/${items[0]!.id}/retry`)).status).toBe(200)
    await vi.waitFor(async () => expect((await w.registrar.get(`/imports/${id}`)).data.state).toBe('finished'), 30_000)
    expect(counts(await finished(w.registrar, id))).toEqual([240, 0, 0, 0])
    await vi.waitFor(async () => expect(await fileOf(id)).toBeNull())
  }, 60_000)

  test('waits for a second word before it changes much', async () => {
    const prefix = `L${unique()}-`
    const first = await waiting(courses(80, { prefix }))
    await deliver([first.message])
    expect(counts(await finished(w.registrar, first.id))).toEqual([80, 0, 0, 0])
    await testEnv.DB.prepare("update course set deleted_at = '2026-01-01' where code not like ?")
      .bind(`${prefix}%`)
      .run()
    const { id, message } = await waiting(courses(80, { prefix, title: 'Other' }))
    await deliver([message])
    const asked = await finished(w.registrar, id)
    expect([asked.data.state, ...counts(asked)]).toEqual(['needs_confirmation', 0, 80, 0, 0])
    expect((await w.registrar.get(`/courses?code=${prefix}7`)).data.items[0]!.title).toBe('Course 7')
    const racers = racing(2)
    const confirm = json('POST', {}, { authorization: `Bearer ${w.registrar.token}` })
    const answers = await Promise.all(
      racers.map(async (DB) => codeOf(await serveWith({ DB }, `/api/v1/imports/${id}/confirm`, confirm))),
    )
    expect(answers).toEqual(['202', '409 STALE_STATE'])
    expect(await auditRows('import', id)).toMatchObject([{ action: 'import.confirm' }, { action: 'import.create' }])
    const done = await vi.waitFor(
      async () => {
        const answer = await w.registrar.get(`/imports/${id}`)
        expect(answer.data.state).toBe('finished')
        return answer
      },
      { timeout: 30_000, interval: 50 },
    )
    expect(counts(done)).toEqual([0, 80, 0, 0])
    expect((await w.registrar.get('/courses?search=other&page_size=1')).data.total).toBe(80)
    const again = await w.registrar.post(`/imports/${id}/confirm`)
    expect([again.status, again.error?.code]).toEqual([409, 'IMPORT_NOT_WAITING'])
  }, 60_000)
})
