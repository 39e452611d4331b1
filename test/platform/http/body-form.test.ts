import { beforeAll, describe, expect, test } from 'vitest'
import { countRows, type World, world } from '../../world.ts'
import { serve } from './serve.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

async function send(body: string, headers: Record<string, string> = {}) {
  const authorization = `Bearer ${w.registrar.token}`
  const response = await serve('/api/v1/programs', {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json', ...headers },
    body,
  })
  const { error } = (await response.json()) as { error: { code: string; message: string } | null }
  return [response.status, error?.code, error?.message]
}

describe('the depth of a body', () => {
  /** A body of this many levels, of which the first is its own object. */
  const ofDepth = (levels: number) => `{"title":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`

  test('32 levels are looked at, one more is not', async () => {
    expect((await send(ofDepth(32)))[1]).toBe('VALIDATION_ERROR')
    const [status, code, message] = await send(ofDepth(33))
    expect([status, code]).toEqual([422, 'BODY_TOO_DEEP'])
    expect(message).toBe(
      'The request body has lists or objects more than 32 levels deep. Send it as the reference at /docs shows.',
    )
  })

  test.each(['[', '{"a":'])('thirty thousand levels of %s are refused in Greek, too', async (open) => {
    const levels = open === '[' ? 30_000 : 9000
    const body = `${open.repeat(levels)}1${(open === '[' ? ']' : '}').repeat(levels)}`
    const [status, code, message] = await send(body, { 'accept-language': 'el' })
    expect([status, code]).toEqual([422, 'BODY_TOO_DEEP'])
    expect(message).toContain('σε βάθος άνω των 32 επιπέδων')
  })

  test('a thousand lists side by side are not deep', async () => {
    expect((await send(`{"title":[${'[],'.repeat(1000)}[]]}`))[1]).toBe('VALIDATION_ERROR')
  })
})

describe('the media type of a body', () => {
  const body = '{"code":"FORM","title":"Form"}'
  const wrongCharset = [415, 'HTTP_415', 'Send the body as application/json; charset=utf-8.']
  const wrongType = [415, 'HTTP_415', 'Send the body as application/json.']

  test.each(['utf-16', 'iso-8859-7', '"windows-1253"', 'utf-7'])('a charset of %s is refused', async (charset) => {
    const before = await countRows('program')
    expect(await send(body, { 'content-type': `application/json; charset=${charset}` })).toEqual(wrongCharset)
    expect(await countRows('program')).toBe(before)
  })

  test.each(['application/json, application/json', 'application/json, text/plain', 'text/json', 'application/json+x'])(
    '%s is refused',
    async (type) => {
      expect(await send(body, { 'content-type': type })).toEqual(wrongType)
    },
  )

  test.each(['application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"', 'application/json; version=1'])(
    '%s is read',
    async (type) => {
      const [status] = await send(`{"code":"F${type.length}","title":"Form"}`, { 'content-type': type })
      expect(status).toBe(201)
    },
  )
})
