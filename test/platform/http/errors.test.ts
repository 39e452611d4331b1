import type { FieldProblem } from '#/platform/validation/invalid.ts'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { caller, countRows, testEnv, type World, world } from '../../world.ts'
import { placeOf } from '../../call.ts'
import { json, serve } from './serve.ts'

let w: World
let authorization: string
beforeAll(async () => {
  w = await world()
  authorization = `Bearer ${w.registrar.token}`
})

interface Envelope {
  success: boolean
  data: unknown
  error: { code: string; message: string; details: { errors: FieldProblem[] } | null; path: string }
  meta: object
}

async function failure(path: string, init: RequestInit = {}) {
  const response = await serve(path, { ...init, headers: { authorization, ...(init.headers as object) } })
  return { response, status: response.status, ...((await response.json()) as Envelope) }
}

const post = (body: BodyInit, headers: object = { 'content-type': 'application/json' }) =>
  failure('/api/v1/programs', { method: 'POST', headers: headers as Record<string, string>, body })

describe('the error envelope', () => {
  test('has the same form for everything', async () => {
    const { response, success, data, error, meta } = await failure('/api/v1/programs/999999')
    expect([response.status, success, data]).toEqual([404, false, null])
    expect(error).toEqual({
      code: 'PROGRAM_NOT_FOUND',
      message: 'Program with id 999999 not found.',
      details: null,
      path: '/api/v1/programs/999999',
    })
    expect(meta).toEqual({
      request_id: response.headers.get('x-request-id'),
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      version: '1',
    })
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
  })

  test.each(['/api/v1/nothing', '/api/v1', '/nothing', '/api/v2/programs', '/api/v1/programs/1/nothing', '/.env'])(
    'an unknown address is 404: %s',
    async (path) => {
      const { status, error } = await failure(path)
      expect([status, error.code, error.path]).toEqual([404, 'HTTP_404', path])
    },
  )

  test('holds quotes, backslashes and braces of an address as text', async () => {
    const { status, error } = await failure('/nothing/%22,%22a%5C%22:%7B%7D')
    expect([status, error.path]).toEqual([404, '/nothing/","a\\":{}'])
  })

  test('a wrong method is 405 and says which are allowed', async () => {
    const one = await failure('/api/v1/programs/1', { method: 'POST' })
    expect([one.status, one.error.code, one.response.headers.get('allow')]).toEqual([
      405,
      'HTTP_405',
      'GET, HEAD, PATCH, PUT, DELETE',
    ])
    expect(one.error.message).toBe('This address does not take POST. Allowed: GET, HEAD, PATCH, PUT, DELETE.')
    const login = await failure('/api/v1/auth/login/', { method: 'DELETE' })
    expect([login.status, login.response.headers.get('allow')]).toEqual([405, 'POST'])
  })

  test('a parameter where there is none is 422, and is named', async () => {
    const { status, error } = await failure('/api/v1/auth/me?expand=all')
    expect([status, error.details!.errors]).toMatchObject([422, [{ in: 'query', path: 'expand' }]])
  })

  test('a trailing slash is the same address', async () => {
    const answer = await serve('/api/v1/programs/', { headers: { authorization } })
    expect(answer.status).toBe(200)
    expect((await serve('/health/live/')).status).toBe(200)
  })

  test.each(['0', '-1', '1.0', '01', 'abc', '1e3', '99999999999999999999', '1%00', '%F0%28', '1;drop', ' 1'])(
    'an id that is none is 422: %s',
    async (id) => {
      const { status, error } = await failure(`/api/v1/programs/${id}/restore`, { method: 'POST' })
      expect([status, error.code]).toEqual([422, 'VALIDATION_ERROR'])
      expect(error.details!.errors.map(placeOf)).toEqual(['path.id'])
    },
  )

  test('the largest id that is one is simply not found', async () => {
    expect((await failure('/api/v1/programs/999999999999999')).error.code).toBe('PROGRAM_NOT_FOUND')
  })
})

describe('a body', () => {
  test.each(['{"code": ', '', 'code=1', '{code: 1}', '[1,]', '{"a":1}}', '\u0000'])(
    'that is no JSON is 400: %j',
    async (text) => {
      const { status, error } = await post(text)
      expect([status, error.code]).toEqual([400, 'HTTP_400'])
    },
  )

  test.each([
    ['null', 'required'],
    ['[]', 'wrong_type'],
    ['"text"', 'wrong_type'],
    ['5', 'wrong_type'],
    ['true', 'wrong_type'],
  ])('that is JSON but no object is 422: %s', async (text, code) => {
    const { status, error } = await post(text)
    expect([status, error.code]).toEqual([422, 'VALIDATION_ERROR'])
    expect(error.details!.errors).toMatchObject([{ in: 'body', path: '', code }])
  })

  test.each(['text/plain', 'application/xml', 'multipart/form-data; boundary=x', 'application/vnd.api+json', 'json'])(
    'of the media type %s is 415',
    async (type) => {
      const { status, error } = await post('{"code":"X","title":"Y"}', { 'content-type': type })
      expect([status, error.code, error.message]).toEqual([415, 'HTTP_415', 'Send the body as application/json.'])
    },
  )

  test('without a media type is 415', async () => {
    const { status, error } = await post(new TextEncoder().encode('{"code":"X","title":"Y"}'), {})
    expect([status, error.code]).toEqual([415, 'HTTP_415'])
  })

  test('that is missing is 415', async () => {
    expect((await failure('/api/v1/programs', { method: 'POST' })).status).toBe(415)
  })

  test('may name its character set, in any case', async () => {
    const init = json(
      'POST',
      { code: 'CHARSET', title: 'Τίτλος' },
      { 'content-type': 'Application/JSON; Charset=UTF-8' },
    )
    const answer = await serve('/api/v1/programs', { ...init, headers: { ...init.headers, authorization } })
    expect(answer.status).toBe(201)
  })

  test('with an unknown field, or several, names each', async () => {
    const { error } = await post(JSON.stringify({ code: 'X', title: 'Y', titel: 'Z', owner: { id: 1 } }))
    expect(error.details!.errors).toMatchObject([
      { in: 'body', path: 'titel', code: 'unknown' },
      { in: 'body', path: 'owner', code: 'unknown' },
    ])
  })

  test('with a thousand unknown fields, or parameters, names twenty', async () => {
    const names = Array.from({ length: 1000 }, (_, n) => `a${n}`)
    const body = Object.fromEntries([['code', 'X'], ['title', 'Y'], ...names.map((name) => [name, 1])])
    expect((await post(JSON.stringify(body))).error.details!.errors).toHaveLength(20)
    const query = await failure(`/api/v1/programs?${names.join('&')}`)
    expect(query.error.details!.errors).toHaveLength(20)
  })

  test('with several wrong fields names all of them at once', async () => {
    const { error } = await post(JSON.stringify({ code: 5, title: null, repeat_policy: [], credits_required: {} }))
    expect(error.details!.errors.map((one) => [placeOf(one), one.code])).toEqual([
      ['body.code', 'wrong_type'],
      ['body.title', 'required'],
      ['body.credits_required', 'wrong_type'],
      ['body.repeat_policy', 'not_one_of'],
    ])
  })

  test.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])(
    'with the field %s is refused and changes no object',
    async (field) => {
      const { status, error } = await post(`{"code":"X","title":"Y","${field}":{"polluted":true}}`)
      expect([status, error.details!.errors.map(placeOf)]).toEqual([422, [`body.${field}`]])
      expect('polluted' in {}).toBe(false)
    },
  )

  test('nested thirty thousand deep is refused for its depth', async () => {
    const { status, error } = await post(`{"code":"X","title":${'['.repeat(30_000)}${']'.repeat(30_000)}}`)
    expect([status, error.code]).toEqual([422, 'BODY_TOO_DEEP'])
  })

  test.each(['a\u0000b', 'a\u0007', 'a\u001b[31m', 'line\r\nbreak', 'tab\t', '\ud800'])(
    'with control characters or half a surrogate is refused: %j',
    async (title) => {
      const { status, error } = await post(JSON.stringify({ code: 'X', title: `${title}.` }))
      expect([status, error.details!.errors.map(placeOf)]).toEqual([422, ['body.title']])
    },
  )
})

describe('a rejected value', () => {
  const secret = 'Zx-Secret-4711'

  test('is nowhere in the answer', async () => {
    for (const body of [
      { code: `;${secret}`, title: 'Y' },
      { code: 'X', title: { deep: secret } },
      { code: 'X', title: 'Y', repeat_policy: secret },
      { code: 'X', title: 'Y', credits_required: secret },
      { code: 'X', title: 'Y', extra: secret },
      [secret],
      secret,
    ]) {
      const { response: _, ...answer } = await post(JSON.stringify(body))
      expect(answer.status).toBe(422)
      expect(JSON.stringify(answer)).not.toContain(secret)
    }
    const query = await failure(`/api/v1/assessments?type=${secret}`)
    expect(query.status).toBe(422)
    expect(JSON.stringify(query)).not.toContain(secret)
  })

  test('with a long name is cut short', async () => {
    const answer = await serve('/api/v1/programs', {
      ...json('POST', { code: 'X', title: 'Y', ['k'.repeat(60_000)]: 1 }, { authorization }),
    })
    expect(answer.status).toBe(422)
    expect((await answer.text()).length).toBeLessThan(2000)
  })
})

describe('an unexpected failure', () => {
  /** Of an operation whose view is gone, and what the log says of it. */
  async function without(view: string, path: string) {
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const { sql } = (await testEnv.DB.prepare('select sql from sqlite_master where name = ?').bind(view).first())!
    await testEnv.DB.prepare(`drop view ${view}`).run()
    const failed = await failure(path)
    await testEnv.DB.prepare(String(sql)).run()
    const lines = said.mock.calls.map(([line]) => String(line))
    said.mockRestore()
    return { ...failed, lines }
  }

  test.each([
    ['live_term', '/api/v1/terms?code=SOUGHT-4711', '/api/v1/terms'],
    ['live_user', '/api/v1/auth/me', '/api/v1/auth/me'],
  ])('for want of %s is one line of the log, without what was asked for or of whom', async (view, path, route) => {
    const { lines, response } = await without(view, path)
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({
        level: 'error',
        event: 'unexpected_error',
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        route,
        request_id: response.headers.get('x-request-id'),
      }),
    ])
    expect(lines.join()).toContain(`no such table: ${view}`)
    expect(lines.join()).not.toMatch(/select|params|sought/i)
  })

  test('says nothing but the request id', async () => {
    const { status, error, response } = await without('live_term', '/api/v1/terms')
    expect([status, error.code, error.details]).toEqual([500, 'INTERNAL_SERVER_ERROR', null])
    expect(error.message).toBe(
      'Something went wrong on our side. Look whether your change was made before you repeat it, and quote the request id if it happens again.',
    )
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  })
})

describe('anonymous callers', () => {
  test('are asked to sign in before anything is validated, and write nothing', async () => {
    const before = await countRows('program')
    const answer = await caller(null).post('/programs', { nonsense: true })
    expect([answer.status, answer.error?.code]).toEqual([401, 'HTTP_401'])
    expect(answer.error?.message).toBe('Sign in first: this needs a valid access token.')
    expect(answer.headers.get('www-authenticate')).toBe('Bearer')
    expect(await countRows('program')).toBe(before)
  })

  test('a wrong role is 403 before anything is validated', async () => {
    const student = await w.studentPersona()
    const answer = await student.post('/programs', { nonsense: true })
    expect([answer.status, answer.error?.code]).toEqual([403, 'HTTP_403'])
  })
})
