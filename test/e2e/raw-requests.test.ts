import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeAll, describe, expect, inject, test } from 'vitest'
import { type Caller, signIn } from './client.ts'

const { hostname, port, host } = new URL(inject('url'))
const open: Line[] = []
let registrar: Caller

beforeAll(async () => {
  registrar = await signIn(inject('url'), 'registrar')
})
afterEach(() => {
  for (const line of open.splice(0)) line.socket.destroy()
})

describe('a body that does not end', () => {
  test('keeps nobody else waiting', async () => {
    const lines = await Promise.all(Array.from({ length: 30 }, () => dial()))
    for (const line of lines) line.socket.write(`${head({ 'content-length': '1000' })}{"email":`)
    await sleep(300)
    const startedAt = performance.now()
    for (let times = 0; times < 20; times += 1) {
      expect((await registrar.get('/students?page_size=1')).status).toBe(200)
    }
    expect(performance.now() - startedAt).toBeLessThan(10_000)
    expect(lines.map((line) => line.received())).toEqual(lines.map(() => ''))
  })

  test('keeps nobody waiting either while it drips, twenty at a time', async () => {
    const lines = await Promise.all(Array.from({ length: 20 }, () => dial()))
    for (const line of lines) line.socket.write(`${head({ 'content-length': '60000' })}{"email":"`)
    const dripping = setInterval(() => lines.forEach((line) => line.socket.write('a')), 20)
    const { typical, slowest } = await timesOf(40)
    clearInterval(dripping)
    expect(typical).toBeLessThan(1000)
    expect(slowest).toBeLessThan(5000)
    expect(lines.map((line) => line.received())).toEqual(lines.map(() => ''))
  })

  test('keeps nobody waiting while twenty pour in more than is taken', async () => {
    const lines = await Promise.all(Array.from({ length: 20 }, () => dial()))
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`
    for (const line of lines) line.socket.write(head({ 'transfer-encoding': 'chunked' }))
    const pouring = setInterval(() => lines.forEach((line) => line.socket.write(chunk)), 200)
    const { typical, slowest } = await timesOf(40)
    clearInterval(pouring)
    expect(typical).toBeLessThan(1000)
    expect(slowest).toBeLessThan(5000)
    // However few came before: two chunks are more than is taken.
    for (const line of lines) line.socket.write(`${chunk}${chunk}0\r\n\r\n`)
    for (const line of lines) expect(await line.answer()).toMatch(/^HTTP\/1\.1 413 [\s\S]*"code":"HTTP_413"/)
  })

  test('is answered as usual when it does end, a few bytes at a time', async () => {
    const body = '{"email":"nobody@lyceum.example","password":"Wrong-Horse-9!"}'
    const line = await dial()
    line.socket.write(head({ 'content-length': String(body.length) }))
    for (let at = 0; at < body.length; at += 4) {
      line.socket.write(body.slice(at, at + 4))
      await sleep(10)
    }
    expect(await line.answer()).toMatch(/^HTTP\/1\.1 401 [\s\S]*"code":"INVALID_CREDENTIALS"/)
  })

  test('in chunks that say nothing of its size is refused once it is too large', async () => {
    const line = await dial()
    line.socket.write(head({ 'transfer-encoding': 'chunked' }))
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`
    for (let sent = 0; sent < 100; sent += 1) line.socket.write(chunk)
    line.socket.write('0\r\n\r\n')
    expect(await line.answer()).toMatch(/^HTTP\/1\.1 413 [\s\S]*"code":"HTTP_413"/)
    expect((await registrar.get('/students?page_size=1')).status).toBe(200)
  })
})

describe('a header', () => {
  const body = '{"code":"RAW","title":"Raw"}'
  const post = (headers: string[]) =>
    `POST /api/v1/programs HTTP/1.1\r\nHost: ${host}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n${headers.join('\r\n')}\r\n\r\n${body}`
  const json = 'Content-Type: application/json'
  const signedIn = () => `Authorization: Bearer ${registrar.token}`

  test.for<[what: string, headers: () => string[], status: number, code: string]>([
    ['two media types', () => [signedIn(), json, 'Content-Type: text/plain'], 415, 'HTTP_415'],
    ['two tokens', () => [signedIn(), 'Authorization: Bearer x', json], 401, 'HTTP_401'],
    ['two keys', () => [signedIn(), json, 'Idempotency-Key: a', 'Idempotency-Key: b'], 422, 'VALIDATION_ERROR'],
  ])('given as %s is refused', async ([, headers, status, code]) => {
    const line = await dial()
    line.socket.write(post(headers()))
    expect(await line.answer()).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [\\s\\S]*"code":"${code}"`))
  })

  test('as long as a book is refused, and the next request is answered', async () => {
    const line = await dial()
    line.socket.write(post([signedIn(), json, `X-Book: ${'b'.repeat(1024 * 1024)}`]))
    expect(await line.answer()).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect((await registrar.get('/students?page_size=1')).status).toBe(200)
  })

  test('with two lengths gets nowhere: the runtime refuses it itself', async () => {
    const line = await dial()
    line.socket.write(post([signedIn(), json, `Content-Length: ${body.length + 10}`]))
    expect(await line.answer()).not.toContain('"success"')
    expect((await registrar.get('/students?page_size=1')).status).toBe(200)
  })

  test('wrote nothing in any of these', async () => {
    const { data } = await registrar.get('/programs?code=RAW')
    expect(data.items).toEqual([])
  })
})

/** How long ordinary requests take, one after the other; in milliseconds. */
async function timesOf(requests: number) {
  const took: number[] = []
  for (let times = 0; times < requests; times += 1) {
    const startedAt = performance.now()
    expect((await registrar.get('/students?page_size=1')).status).toBe(200)
    took.push(performance.now() - startedAt)
  }
  took.sort((a, b) => a - b)
  return { typical: took[requests >> 1]!, slowest: took.at(-1)! }
}

interface Line {
  socket: Socket
  received: () => string
  /** Everything that was received, once an answer has come in full. */
  answer: () => Promise<string>
}

const head = (headers: Record<string, string>) =>
  [
    'POST /api/v1/auth/login HTTP/1.1',
    `Host: ${host}`,
    'Content-Type: application/json',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '\r\n',
  ].join('\r\n')

/** A connection that nothing but the test writes to. */
function dial(): Promise<Line> {
  return new Promise((done, failed) => {
    const socket = connect(Number(port), hostname)
    let text = ''
    socket.on('data', (data) => (text += data.toString()))
    socket.once('error', failed)
    const line: Line = { socket, received: () => text, answer: () => untilAnswered(() => text) }
    open.push(line)
    socket.once('connect', () => {
      socket.off('error', failed).on('error', () => undefined)
      done(line)
    })
  })
}

async function untilAnswered(received: () => string): Promise<string> {
  for (let waited = 0; waited < 15_000; waited += 50) {
    const [before, after] = received().split('\r\n\r\n', 2)
    if (after !== undefined && (after.includes('"meta"') || !/application\/json/i.test(before!))) return received()
    await sleep(50)
  }
  throw new Error(`no answer: ${received().slice(0, 500)}`)
}
