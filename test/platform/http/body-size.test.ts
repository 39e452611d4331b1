import { beforeAll, describe, expect, test } from 'vitest'
import { countRows, type World, world } from '../../world.ts'
import { chunked, serve } from './serve.ts'

let w: World
let headers: Record<string, string>
beforeAll(async () => {
  w = await world()
  headers = { authorization: `Bearer ${w.registrar.token}`, 'content-type': 'application/json' }
})

const limit = 64 * 1024
/** Valid JSON of exactly this many bytes. */
const ofSize = (bytes: number) => {
  const frame = JSON.stringify({ code: 'SIZE', title: '' }).length
  return JSON.stringify({ code: 'SIZE', title: 'x'.repeat(bytes - frame) })
}

async function send(body: BodyInit, more: Record<string, string> = {}) {
  const response = await serve('/api/v1/programs', { method: 'POST', headers: { ...headers, ...more }, body })
  const { error } = (await response.json()) as { error: { code: string; message: string } }
  return [response.status, error.code, error.message]
}

/** The same with its length in a header, which servers see and a request that is only made here has not. */
const announce = (text: string) => send(text, { 'content-length': String(new TextEncoder().encode(text).length) })

const tooLarge = [
  413,
  'HTTP_413',
  'The request body is larger than the 65536 bytes this address takes. Send a smaller one.',
]

describe('the size of a body', () => {
  test('a megabyte with its length is refused', async () => {
    expect(await announce(ofSize(1_048_576))).toEqual(tooLarge)
  })

  test('a megabyte without its length is refused', async () => {
    expect(await send(chunked(new TextEncoder().encode(ofSize(1_048_576))))).toEqual(tooLarge)
  })

  test('a megabyte of junk is refused for its size, a little junk for being no JSON', async () => {
    const junk = new Uint8Array(1_048_576).fill(0xff)
    expect(await send(chunked(junk))).toEqual(tooLarge)
    expect((await send(chunked(junk.subarray(0, 1000)))).slice(0, 2)).toEqual([400, 'HTTP_400'])
  })

  test('a length that is announced beside chunks counts for nothing', async () => {
    const body = chunked(new TextEncoder().encode(ofSize(1_048_576)))
    expect(await send(body, { 'content-length': '10', 'transfer-encoding': 'chunked' })).toEqual(tooLarge)
  })

  test('is believed where it is announced: one byte too many is refused, whatever comes', async () => {
    const small = JSON.stringify({ code: 'SIZE' })
    expect(await send(small, { 'content-length': String(limit + 1) })).toEqual(tooLarge)
    expect((await send(small, { 'content-length': String(limit) }))[1]).toBe('VALIDATION_ERROR')
  })

  test('64 KiB are read, one byte more is not', async () => {
    expect((await announce(ofSize(limit)))[1]).toBe('VALIDATION_ERROR')
    expect((await send(chunked(new TextEncoder().encode(ofSize(limit)))))[1]).toBe('VALIDATION_ERROR')
    expect(await announce(ofSize(limit + 1))).toEqual(tooLarge)
    expect(await send(chunked(new TextEncoder().encode(ofSize(limit + 1))))).toEqual(tooLarge)
  })

  test('counts bytes, not letters', async () => {
    const greek = JSON.stringify({ code: 'SIZE', title: 'π'.repeat(40_000) })
    expect(greek.length).toBeLessThan(limit)
    expect(await announce(greek)).toEqual(tooLarge)
  })

  test('a small body without its length is read as usual', async () => {
    const body = chunked(new TextEncoder().encode(JSON.stringify({ code: 'STREAM', title: 'Ροή' })))
    const answer = await serve('/api/v1/programs', { method: 'POST', headers, body })
    expect(answer.status).toBe(201)
    expect(await answer.json()).toMatchObject({ data: { code: 'STREAM', title: 'Ροή' } })
  })

  test('a large body in a form is refused, too', async () => {
    const form = new URLSearchParams({ grant_type: 'password', username: 'a@b.gr', password: 'x'.repeat(70_000) })
    const answer = await serve('/api/v1/auth/token', { method: 'POST', body: form })
    expect(answer.status).toBe(413)
  })

  test('refused bodies write nothing', async () => {
    const before = await countRows('program')
    await send(ofSize(1_048_576))
    await send(chunked(new TextEncoder().encode(ofSize(1_048_576))))
    expect(await countRows('program')).toBe(before)
  })
})
