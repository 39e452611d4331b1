import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { refusal } from '../../call.ts'
import { settingsOf } from '#/platform/env.ts'
import { signToken } from '#/paperwork/official-document/verification-token.ts'
import { auditRows, type Persona, testEnv, type World, world } from '../../world.ts'
import { execute, rowOf } from '../../grading/graded-section.ts'
import { filed } from '../request/filed.ts'

let w: World
let me: Persona
beforeAll(async () => {
  w = await world()
  me = await w.studentPersona()
})
afterEach(() => {
  vi.useRealTimers()
})

/** The id of a letter that was signed just now, and the token in its QR code. */
async function signed(type: string) {
  const request = await filed(w.registrar, me.studentId!, { type, status: 'approved' })
  const { letter_id: id } = (await me.get(`/requests/${request}`)).data as { letter_id: string }
  const { digest, expires_at: expiresAt } = await rowOf<{ digest: string; expires_at: string }>(
    'select * from letter where id = ?',
    id,
  )
  return {
    id,
    request,
    expiresAt,
    token: await signToken(settingsOf(testEnv).TRANSCRIPT_KEY, { issueId: id, digest, expiresAt }),
  }
}

const revoke = (id: string, by: Persona = w.registrar) => by.post(`/documents/${id}/revoke`)
const verify = async (token: string) => (await w.anonymous.get(`/documents/verify/${token}`)).data

describe('revoking a letter', () => {
  test.each(['bonafide', 'noc'])('of the kind %s makes its code answer so from then on', async (type) => {
    const { id, request, token } = await signed(type)
    expect((await verify(token)).reason).toBe('valid')
    const { status, data } = await revoke(id)
    expect(status).toBe(200)
    expect(data).toMatchObject({ id, request_id: request, type, revoked_at: expect.stringMatching(/Z$/) })
    expect(await verify(token)).toMatchObject({ valid: false, reason: 'revoked', type, digest: data.digest })
  })

  test('takes its file away from whoever filed the request, and from the registry', async () => {
    const { id, request } = await signed('noc')
    expect((await me.get(`/requests/${request}/document`)).status).toBe(200)
    await revoke(id)
    for (const by of [me, w.registrar])
      expect(refusal(await by.get(`/requests/${request}/document`))).toEqual([410, 'LETTER_REVOKED'])
  })

  test('leaves one audit row, and the page says it in both languages', async () => {
    const { id, token } = await signed('noc')
    await revoke(id)
    const rows = await auditRows('letter', id)
    expect(rows).toMatchObject([{ action: 'document.revoke', actor_id: w.registrar.userId }])
    const page = async (language: string) =>
      (
        await w.anonymous.get(`/documents/verify/${token}?language=${language}`, { accept: 'text/html' })
      ).response.text()
    expect(await page('en')).toContain('<h2>Revoked</h2>')
    expect(await page('el')).toContain('<h2>Ανακλήθηκε</h2>')
  })

  test('outlasts its validity', async () => {
    const { id, token, expiresAt } = await signed('noc')
    await revoke(id)
    vi.useFakeTimers({ toFake: ['Date'] })
    vi.setSystemTime(Date.parse(expiresAt) + 1)
    expect((await verify(token)).reason).toBe('revoked')
  })

  test('happens once, however many do it at the same moment, and is never taken back', async () => {
    const { id } = await signed('bonafide')
    const answers = await Promise.all([revoke(id), revoke(id), revoke(id)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409])
    expect(refusal(await revoke(id))).toEqual([409, 'LETTER_ALREADY_REVOKED'])
    expect(await auditRows('letter', id)).toHaveLength(1)
    await expect(execute('update letter set revoked_at = null where id = ?', id)).rejects.toThrow('letter_is_revoked')
  })

  test('is for the registry: not even the holder may', async () => {
    const { id, token } = await signed('noc')
    for (const by of [me, await w.teacher()]) expect(refusal(await revoke(id, by))).toEqual([403, 'HTTP_403'])
    expect((await verify(token)).reason).toBe('valid')
  })

  test('of what is no letter finds nothing', async () => {
    expect(refusal(await revoke('AAAAAAAAAAAAAAAAAAAAAA'))).toEqual([404, 'LETTER_NOT_FOUND'])
    expect(refusal(await revoke('short'))).toEqual([422, 'VALIDATION_ERROR'])
  })
})
