import { beforeAll, describe, expect, test } from 'vitest'
import { settingsOf } from '#/platform/env.ts'
import { testEnv, type World, world } from '../../world.ts'
import { letter, page, transcript } from './shown.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

describe('a file that is given to be checked', () => {
  const pdf = { 'content-type': 'application/pdf' }

  test('of a letter is known while it is the same to the byte', async () => {
    const { issue, student } = await letter(w)
    const { request_id } = issue as unknown as { request_id: number }
    const file = new Uint8Array(
      await (await w.registrar.get(`/requests/${request_id}/document`)).response.arrayBuffer(),
    )
    const check = async (bytes: Uint8Array) => (await w.anonymous.post('/documents/verify', bytes, pdf)).data
    expect(await check(file)).toMatchObject({ valid: true, reason: 'valid', type: 'noc', digest: issue.digest })
    expect(await check(new Uint8Array([...file, 10]))).toMatchObject({ valid: false, reason: 'unknown', type: null })
    await w.registrar.patch(`/students/${student}`, { last_name: 'Νέα' })
    await w.registrar.post(`/documents/${issue.id}/revoke`)
    expect(await check(file)).toMatchObject({ valid: false, reason: 'revoked' })
  })

  test.each([
    ['en', 'Not a file that was issued'],
    ['el', 'Δεν είναι αρχείο που εκδόθηκε'],
  ])('is answered by a page for people (%s)', async (language, heading) => {
    for (const address of ['/transcripts/verify', '/documents/verify']) {
      const headers = { ...pdf, accept: 'text/html', 'accept-language': language }
      const answer = await w.anonymous.post(address, new Uint8Array([1]), headers)
      expect([answer.status, await answer.response.text()]).toEqual([
        200,
        expect.stringContaining(`<h2>${heading}</h2>`),
      ])
    }
  })
})

describe('the verification page', () => {
  const pageOf = async (path: string, language: string) =>
    (await w.anonymous.get(path.replace('/record', ''), { ...page, 'accept-language': language })).response.text()

  test.each([
    ['en', 'What this code proves', 'What it does not prove', 'Check the PDF file'],
    ['el', 'Τι αποδεικνύει αυτός ο κωδικός', 'Τι δεν αποδεικνύει', 'Ελέγξτε το αρχείο PDF'],
  ])('says what a code alone proves and what not (%s)', async (language, ...parts) => {
    for (const { path } of [await transcript(w), await letter(w)]) {
      const html = await pageOf(path, language)
      for (const part of [...parts, `data-to="/api/v1${path}"`]) expect(html).toContain(part)
    }
  })

  test('asks for nothing when there is nothing to show', async () => {
    const { path, issue } = await transcript(w)
    await w.registrar.post(`/transcripts/${issue.id}/revoke`)
    const html = await pageOf(path, 'en')
    expect(html).not.toContain('name="student_number"')
    expect(html).toContain('Check the PDF file')
  })
})

test('a code is good for ten years unless the deployment says otherwise', () => {
  const { TRANSCRIPT_TOKEN_TTL_HOURS: _, ...rest } = testEnv
  const { TRANSCRIPT_TOKEN_TTL_HOURS } = settingsOf(rest as typeof testEnv)
  expect(TRANSCRIPT_TOKEN_TTL_HOURS / 24 / 365.25).toBe(10)
})
