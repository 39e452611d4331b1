import { caller, systemContext, testEnv, unique } from '../../world.ts'
import { createUser } from '#/access/user/index.ts'

export const password = 'Correct-Horse-9!'

/** An account that can sign in, as nobody else uses it. */
export async function newAccount(fields: { language?: 'en' | 'el'; email_verified_at?: null } = {}) {
  const email = `person${unique()}@lyceum.test`
  const user = await createUser(systemContext(), {
    email,
    password,
    full_name: 'Άννα',
    role: 'registrar',
    email_verified_at: new Date().toISOString(),
    ...fields,
  })
  const signIn = () => caller(null).post('/auth/login', { email, password })
  return { id: user.id, email, signIn }
}

export const refresh = (refresh_token: string) => caller(null).post('/auth/refresh', { refresh_token })

export const sessionIdIn = (refreshToken: string) => refreshToken.split('.')[0]!

export const sessionRow = (id: string) =>
  testEnv.DB.prepare('select * from session where id = ?').bind(id).first<Record<string, string | number | null>>()

/** As if so much time had passed since a session was started or renewed last. */
export async function timePasses(id: string, seconds: number) {
  const { created_at, last_used_at, expires_at } = (await sessionRow(id))!
  const earlier = (at: unknown) => new Date(Date.parse(String(at)) - seconds * 1000).toISOString()
  await testEnv.DB.prepare('update session set created_at = ?, last_used_at = ?, expires_at = ? where id = ?')
    .bind(earlier(created_at), earlier(last_used_at), earlier(expires_at), id)
    .run()
}

/** Changes an account behind the API's back, as a later capability or an operator would. */
export const setAccount = (id: number, column: 'is_active' | 'deleted_at' | 'role', value: string | number) =>
  testEnv.DB.prepare(`update user set ${column} = ? where id = ?`).bind(value, id).run()
