import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { backgroundContext } from '#/platform/background-context.ts'
import { newId } from '#/platform/context.ts'
import type { Env } from '#/platform/env.ts'
import { deleteOldImports, importWork } from '#/exchange/import/index.ts'
import { faulty, withoutPauses } from '../../platform/database/faulty.ts'
import { chunked, codeOf, serveWith } from '../../platform/http/serve.ts'
import { buriedLetter, deliver } from '../../platform/queue/deliver.ts'
import { countRows, testEnv, unique, type World, world } from '../../world.ts'
import { counts, csv, finished, importFile } from './files.ts'
import { smallSteps } from './small-steps.ts'

smallSteps(25)
withoutPauses()

let w: World
beforeAll(async () => {
  w = await world()
})
afterEach(async () => {
  vi.restoreAllMocks()
  const { objects } = await testEnv.DOCUMENTS.list({ prefix: 'imports/' })
  await testEnv.DOCUMENTS.delete(objects.map(({ key }) => key))
})

const night = () => backgroundContext(testEnv, { waitUntil: () => undefined }, 'system.read', 'night')
const files = async () => (await testEnv.DOCUMENTS.list({ prefix: 'imports/' })).objects.map(({ key }) => key)
const fileOf = (id: string) => testEnv.DOCUMENTS.head(`imports/${id}`)

/** Too many rows for one answer. */
function courses() {
  const prefix = `F${unique()}-`
  return csv(Array.from({ length: 80 }, (_, n) => ({ code: `${prefix}${n}`, title: 'Course', credits: 5 })))
}

async function send(body: string | ReadableStream, vars: Partial<Env> = {}) {
  const headers = { authorization: `Bearer ${w.registrar.token}`, 'content-type': 'text/csv' }
  return codeOf(await serveWith(vars, '/api/v1/imports/courses', { method: 'POST', headers, body }))
}

describe('the file of an import whose job', () => {
  test('was certainly not written is deleted at once', async () => {
    await testEnv.DB.prepare("insert into maintenance (id, until) values (1, '2999-01-01T00:00:00.000Z')").run()
    expect(await send(courses())).toBe('503 MAINTENANCE')
    await testEnv.DB.prepare('delete from maintenance').run()
    expect(await files()).toEqual([])
  })

  test('may have been written stays, so that the job can go on that nobody heard of', async () => {
    const { DB } = faulty({ on: 'write', when: 'after', times: Infinity })
    expect(await send(courses(), { DB })).toBe('503 DATABASE_UNREACHABLE')
    const [key, ...others] = await files()
    const id = key!.replace('imports/', '')
    expect([await countRows(`import_job where id = '${id}'`), others]).toEqual([1, []])
    await importWork.handle(night(), id)
    expect(counts(await finished(w.registrar, id))).toEqual([80, 0, 0, 0])
  })

  test('was never written goes after a week, not before', async () => {
    await testEnv.DOCUMENTS.put('imports/lost', 'code,title,credits')
    const { uploaded } = (await fileOf('lost'))!
    const at = (ms: number) => ({ ...night(), now: new Date(uploaded.getTime() + 7 * 86_400_000 + ms).toISOString() })
    await deleteOldImports(at(0))
    expect(await fileOf('lost')).not.toBeNull()
    await deleteOldImports(at(1))
    expect(await fileOf('lost')).toBeNull()
  })
})

test('the file of an import that was given up stays until that goes on, and goes when it has ended', async () => {
  const lost = vi.spyOn(testEnv.QUEUE_BULK, 'sendBatch').mockResolvedValue(undefined as never)
  const { data } = await importFile(w.registrar, 'courses', courses())
  await vi.waitFor(() => expect(lost).toHaveBeenCalled())
  lost.mockRestore()
  const body = { id: newId(), type: 'import.work', import_id: data.id }
  const letter = await buriedLetter(body)
  await deliver('lyceum-work', { id: newId(), body })
  expect((await w.registrar.get(`/imports/${data.id}`)).data.error_code).toBe('IMPORT_GAVE_UP')
  expect(await fileOf(data.id)).not.toBeNull()
  expect((await (await w.admin()).post(`/queues/dead-letters/${letter}/retry`)).status).toBe(200)
  await vi.waitFor(async () => {
    const { state } = (await w.registrar.get(`/imports/${data.id}`)).data
    expect([state, await fileOf(data.id)]).toEqual(['finished', null])
  }, 20_000)
})

describe('of a file that did not arrive whole', () => {
  const tooLarge = () => chunked(new Uint8Array(32 * 1024 * 1024 + 1).fill(10))
  const brokenOff = () => {
    let pieces = 0
    return new ReadableStream({
      pull(controller) {
        pieces += 1
        if (pieces > 6) controller.error(new Error('the line is broken'))
        else controller.enqueue(new Uint8Array(1024 * 1024).fill(10))
      },
    })
  }
  const header = new TextEncoder().encode('code,title,credits\n')
  const withHeader = (body: ReadableStream<Uint8Array>) =>
    body.pipeThrough(new TransformStream<Uint8Array, Uint8Array>({ start: (controller) => controller.enqueue(header) }))

  test.each([
    ['as it is too large', tooLarge, '413 HTTP_413'],
    ['as the line broke', brokenOff, '500 INTERNAL_SERVER_ERROR'],
  ])(
    '%s, no part is left',
    async (_, body, code) => {
      const begin = vi.spyOn(testEnv.DOCUMENTS, 'createMultipartUpload')
      expect(await send(withHeader(body()))).toBe(code)
      const { key, uploadId } = (await begin.mock.results[0]!.value) as R2MultipartUpload
      const upload = testEnv.DOCUMENTS.resumeMultipartUpload(key, uploadId)
      await expect(upload.uploadPart(9, 'more')).rejects.toThrow('multipart upload does not exist')
      expect(await files()).toEqual([])
    },
    30_000,
  )
})

test('imports are forgotten after a week, with their files', async () => {
  const { data } = await importFile(w.registrar, 'courses', 'code,title,credits\nX,,99\n')
  await testEnv.DOCUMENTS.put(`imports/${data.id}`, 'left behind')
  const at = (days: number) => new Date(Date.parse(data.created_at) + days * 86_400_000).toISOString()
  const ctx = night()
  await deleteOldImports({ ...ctx, now: at(7) })
  expect((await w.registrar.get(`/imports/${data.id}`)).status).toBe(200)
  await deleteOldImports({ ...ctx, now: at(7 + 1 / 86_400_000) })
  expect((await w.registrar.get(`/imports/${data.id}`)).error?.code).toBe('IMPORT_NOT_FOUND')
  expect([await fileOf(data.id), await countRows('import_error')]).toEqual([null, 0])
})
