import { expect, test } from 'vitest'
import { meanwhile } from '../../platform/database/between.ts'
import { json, serveWith } from '../../platform/http/serve.ts'
import { caller, testEnv } from '../../world.ts'
import { newAccount, password } from '../identity/account.ts'

test('while the sessions of an account are ended only the one that goes on is let in, not even one that begins', async () => {
  const { signIn } = await newAccount()
  const tokens = async () => (await signIn()).data.access_token
  const statusOf = async (token: string) => (await caller(token).get('/auth/me')).status
  const [own, other] = [await tokens(), await tokens()]
  const seen: number[] = []
  const DB = meanwhile(async () => {
    for (const token of [own, other, await tokens()]) seen.push(await statusOf(token))
  })
  const change = { current_password: password, new_password: 'Another-Horse-7!' }
  const init = json('POST', change, { authorization: `Bearer ${own}` })
  expect((await serveWith({ DB }, '/api/v1/auth/change-password', init)).status).toBe(204)
  expect(seen).toEqual([200, 401, 401])
})

test('when that breaks, the account is open again at once to those whose sessions it did not end', async () => {
  const { signIn } = await newAccount()
  const [own, other] = [(await signIn()).data.access_token, (await signIn()).data.access_token]
  await testEnv.DB.prepare("create trigger broken before update on user begin select raise(abort, 'broken'); end").run()
  const change = { current_password: password, new_password: 'Another-Horse-7!' }
  expect((await caller(own).post('/auth/change-password', change)).status).toBe(500)
  await testEnv.DB.prepare('drop trigger broken').run()
  for (const token of [own, other]) expect((await caller(token).get('/auth/me')).status).toBe(200)
})
