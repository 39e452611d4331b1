import { beforeAll, describe, expect, test } from 'vitest'
import { auditRows, type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const etagOf = async (path: string, headers?: Record<string, string>) =>
  (await w.registrar.get(path, headers)).headers.get('etag')!

describe('the ETag of a resource', () => {
  test('starts with its version and is the same for the same row', async () => {
    const path = `/programs/${(await w.program()).id}` as const
    const etag = await etagOf(path)
    expect(etag).toMatch(/^"1\.[0-9a-z]+"$/)
    expect(await etagOf(path)).toBe(etag)
  })

  test('comes with the answer to create, update and restore, and is the one of the next read', async () => {
    const created = await w.registrar.post('/programs', { code: 'ETAG', title: 'One' })
    const path = `/programs/${created.data.id}` as const
    expect(created.headers.get('etag')).toBe(await etagOf(path))
    const updated = await w.registrar.patch(path, { title: 'Two' })
    expect(updated.headers.get('etag')).toBe(await etagOf(path))
    expect(updated.headers.get('etag')).toMatch(/^"2\./)
    await w.registrar.delete(path)
    const restored = await w.registrar.post(`${path}/restore`)
    expect(restored.headers.get('etag')).toBe(await etagOf(path))
  })

  test('changes when a figure of other rows changes, the version does not', async () => {
    const section = await w.section()
    const before = await etagOf(`/sections/${section.id}`)
    await w.enroll(section.id, (await w.student()).id)
    const after = await etagOf(`/sections/${section.id}`)
    expect(after).not.toBe(before)
    expect([before, after].map((etag) => etag.split('.')[0])).toEqual(['"1', '"1'])
  })

  test('is not given to lists', async () => {
    expect((await w.registrar.get('/programs')).headers.get('etag')).toBeNull()
  })
})

describe('If-None-Match', () => {
  test('answers 304 without a body for the version that is there', async () => {
    const path = `/programs/${(await w.program()).id}` as const
    const etag = await etagOf(path)
    for (const header of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const answer = await w.registrar.get(path, { 'if-none-match': header })
      expect([answer.status, await answer.response.text(), answer.headers.get('etag')]).toEqual([304, '', etag])
      expect(answer.headers.get('x-request-id')).toMatch(/^[\w-]{36}$/)
    }
  })

  test('answers the row for any other version', async () => {
    const path = `/programs/${(await w.program()).id}` as const
    const etag = await etagOf(path)
    await w.registrar.patch(path, { title: 'Newer' })
    for (const header of [etag, '"1"', 'nonsense', '']) {
      const answer = await w.registrar.get(path, { 'if-none-match': header })
      expect([answer.status, answer.data?.title]).toEqual([200, 'Newer'])
    }
  })
})

describe('If-Match', () => {
  test('lets the change through for the current version, quoted, weak or with the content hash', async () => {
    const path = `/programs/${(await w.program()).id}` as const
    const headers = [await etagOf(path), '"2"', 'W/"3"', ' "4" ', '*']
    for (const [n, header] of headers.entries()) {
      const answer = await w.registrar.patch(path, { title: `Title ${n}` }, { 'if-match': header })
      expect([answer.status, answer.data?.version]).toEqual([200, n + 2])
    }
  })

  test('answers 412 for any other version, on PATCH, PUT and DELETE, and changes nothing', async () => {
    const program = await w.program()
    const path = `/programs/${program.id}` as const
    await w.registrar.patch(path, { title: 'Newer' })
    const put = { code: program['code'], title: 'Put' }
    for (const header of ['"1"', '"3"', '"2', 'nonsense', '"abc"', '2', '"2.a.b"']) {
      const match = { 'if-match': header }
      for (const answer of [
        await w.registrar.patch(path, { title: 'Patched' }, match),
        await w.registrar.put(path, put, match),
        await w.registrar.delete(path, match),
      ]) {
        expect([answer.status, answer.error?.code]).toEqual([412, 'PRECONDITION_FAILED'])
      }
    }
    expect((await w.registrar.get(path)).data).toMatchObject({ title: 'Newer', version: 2 })
    expect(await auditRows('program', program.id)).toHaveLength(2)
  })

  test('may name several versions of which one is current', async () => {
    const path = `/programs/${(await w.program()).id}` as const
    const answer = await w.registrar.patch(path, { title: 'Newer' }, { 'if-match': '"7", "1"' })
    expect([answer.status, answer.data?.version]).toEqual([200, 2])
  })

  test('comes after 404 and after a wrong body', async () => {
    const match = { 'if-match': '"9"' }
    expect((await w.registrar.patch('/programs/999999', { title: 'x' }, match)).status).toBe(404)
    const path = `/programs/${(await w.program()).id}` as const
    expect((await w.registrar.patch(path, { title: 5 }, match)).status).toBe(422)
  })
})

describe('two people at once', () => {
  test('each change of a row that succeeded is there, and each other one was told', async () => {
    const program = await w.program()
    const path = `/programs/${program.id}` as const
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => w.registrar.patch(path, { title: `Title ${n}` })),
    )
    const done = answers.filter(({ status }) => status === 200)
    const told = answers.filter(({ error }) => error?.code === 'STALE_STATE')
    expect(done.length + told.length).toBe(10)
    expect(new Set(done.map(({ data }) => data.version)).size).toBe(done.length)
    const now = (await w.registrar.get(path)).data
    expect(now.version).toBe(1 + done.length)
    expect(now.title).toBe(done.find(({ data }) => data.version === now.version)!.data.title)
    expect(await auditRows('program', program.id)).toHaveLength(1 + done.length)
  })

  test('with If-Match exactly one of ten changes a version', async () => {
    const path = `/programs/${(await w.program()).id}` as const
    const match = { 'if-match': await etagOf(path) }
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => w.registrar.patch(path, { title: `Title ${n}` }, match)),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    const codes = answers.map(({ error }) => error?.code).filter((code) => code !== undefined)
    expect(codes.filter((code) => code !== 'STALE_STATE' && code !== 'PRECONDITION_FAILED')).toEqual([])
    expect((await w.registrar.get(path)).data.version).toBe(2)
  })

  test('a change and a deletion: the row ends in one of two states, and the other one was told', async () => {
    for (let round = 0; round < 5; round += 1) {
      const path = `/programs/${(await w.program()).id}` as const
      const [changed, deleted] = await Promise.all([
        w.registrar.patch(path, { title: 'New' }),
        w.registrar.delete(path),
      ])
      const isThere = (await w.registrar.get(path)).status === 200
      expect([
        [200, 409, true],
        [409, 204, false],
        [404, 204, false],
        [200, 204, false],
      ]).toContainEqual([changed.status, deleted.status, isThere])
    }
  })
})
