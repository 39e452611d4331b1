import { beforeAll, describe, expect, test } from 'vitest'
import { serve } from '../../platform/http/serve.ts'
import { testEnv, unique, type World, world } from '../../world.ts'
import { encoded, finished } from './files.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const code = () => `CS${unique()}`
const titleOf = async (of: string) => (await w.registrar.get(`/courses?code=${of}`)).data.items[0]?.title

async function sent(file: Uint8Array, type: string, more: Record<string, string> = {}) {
  const headers = { authorization: `Bearer ${w.registrar.token}`, 'content-type': type, ...more }
  const answer = await serve('/api/v1/imports/courses', { method: 'POST', headers, body: file })
  return [answer.status, await answer.json()] as [
    number,
    { data: { id: string } | null; error: { code: string; message: string; details: unknown } | null },
  ]
}

const title = 'Ώρα «Άλφα»'

describe('a file', () => {
  test.each([
    ['UTF-8 with a byte order mark', 'utf-8', '\uFEFF', 'text/csv'],
    ['UTF-16 with a byte order mark', 'utf-16le', '\uFEFF', 'text/csv'],
    ['UTF-16 the other way round', 'utf-16be', '\uFEFF', 'text/csv; charset=utf-16'],
    ['windows-1253', 'windows-1253', '', 'text/csv; charset=windows-1253'],
    ['ISO-8859-7', 'iso-8859-7', '', 'text/csv;charset="ISO-8859-7"'],
  ])('may be in %s', async (_, charset, mark, type) => {
    const one = code()
    const text = charset === 'iso-8859-7' ? title.replace('Ά', 'ά') : title
    const file = encoded(`${mark}code\ttitle\tcredits\r\n${one}\t${text}\t7,5\r\n`, charset)
    expect(await sent(file, type)).toMatchObject([200, { data: { created: 1, failed: 0 } }])
    expect(await titleOf(one)).toBe(text)
  })

  test('may be in windows-1252, and an NDJSON file in none but what it says', async () => {
    const one = code()
    const file = encoded(`code;title;credits\n${one};Économie – été;5\n`, 'windows-1252')
    expect((await sent(file, 'text/csv; charset=windows-1252'))[0]).toBe(200)
    expect(await titleOf(one)).toBe('Économie – été')
    const json = encoded(`{"code":"${code()}","title":"${title}","credits":5}\n`, 'windows-1253')
    expect(await sent(json, 'application/x-ndjson; charset=windows-1253')).toMatchObject([
      200,
      { data: { created: 1 } },
    ])
    expect(await sent(json, 'application/x-ndjson')).toMatchObject([422, { error: { code: 'IMPORT_NOT_TEXT' } }])
  })

  test('in another charset than it says is refused with the line, as others would read it', async () => {
    const one = code()
    const file = encoded(`code;title;credits\n${one};Logic;5\n${code()};Ώρα;5\n`, 'windows-1253')
    const [status, { error }] = await sent(file, 'text/csv')
    expect([status, error?.code]).toEqual([422, 'IMPORT_NOT_TEXT'])
    expect(error?.message).toContain('Line 3 ')
    expect(error?.details).toMatchObject({ line: 3, charset: 'utf-8' })
    const { readings } = error!.details as { readings: { charset: string; text: string }[] }
    expect(readings.map(({ charset }) => charset)).toEqual(['windows-1253', 'iso-8859-7', 'windows-1252'])
    expect(readings[0]!.text).toContain(';Ώρα;5')
    expect(await titleOf(one)).toBeUndefined()
  })

  test.each(['utf-7', 'macgreek', 'iso-8859-1'])('in %s is not taken', async (charset) => {
    const answer = await sent(encoded('code,title,credits\n', 'utf-8'), `text/csv; charset=${charset}`)
    expect(answer).toMatchObject([415, { error: { code: 'HTTP_415' } }])
    expect(answer[1].error?.message).toContain('windows-1253')
  })

  test('that is read otherwise is another request under one key', async () => {
    const file = encoded(`code;title;credits\n${code()};Logic;5\n`, 'utf-8')
    const key = { 'idempotency-key': `charset-${unique()}` }
    expect((await sent(file, 'text/csv', key))[0]).toBe(200)
    expect(await sent(file, 'text/csv; charset=windows-1253', key)).toMatchObject([
      422,
      { error: { code: 'IDEMPOTENCY_KEY_REUSED' } },
    ])
  })
})

describe('a file of several parts', () => {
  /** Few rows of many bytes: what is blank around a cell goes, also what is longer in UTF-8. */
  const blanks = ' '.repeat(2000) + '\u00A0'.repeat(2000)
  const rows = (count: number) =>
    Array.from({ length: count }, (_, n) => `CP${n};${'ώ'.repeat(190)}${blanks};5\n`).join('')

  test('becomes UTF-8 on its way, whichever part is longer by that', async () => {
    for (const [charset, mark] of [
      ['utf-16le', '\uFEFF'],
      ['windows-1253', ''],
    ] as const) {
      const file = encoded(`${mark}code;title;credits\n${rows(1500)}`, charset)
      const type = mark ? 'text/csv' : `text/csv; charset=${charset}`
      const headers = { authorization: `Bearer ${w.registrar.token}`, 'content-type': type }
      const answer = await serve('/api/v1/imports/courses?dry_run=true', { method: 'POST', headers, body: file })
      expect(answer.status).toBe(202)
      const { data } = (await answer.json()) as { data: { id: string } }
      const done = await finished(w.registrar, data.id)
      expect(done.data).toMatchObject({ rows: 1500, failed: 0 })
    }
  }, 120_000)

  test('that turns out to be in another charset leaves nothing', async () => {
    const file = Uint8Array.from([...encoded(`code;title;credits\n${rows(1500)}`, 'utf-8'), 0xd8, 0xff, 10])
    const [status, { error }] = await sent(file, 'text/csv')
    expect([status, error?.code, error?.details]).toMatchObject([422, 'IMPORT_NOT_TEXT', { line: 1502 }])
    expect((await testEnv.DOCUMENTS.list({ prefix: 'imports/' })).objects).toEqual([])
  }, 60_000)
})
