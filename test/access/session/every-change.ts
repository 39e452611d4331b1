import { json, serveWith } from '../../platform/http/serve.ts'
import { caller, type Persona, testEnv, type World } from '../../world.ts'
import { newAccount, password, refresh, setAccount } from '../identity/account.ts'
import { resetToken } from '../mailed-token/mailed.ts'
import { codeIn } from '../second-factor/second-factor.ts'

const anyone = caller(null)
const fresh = 'Another-Horse-7!'

export interface Tokens {
  access_token: string
  refresh_token: string
}

/** An account with a session in which its holder acts. */
export interface Subject {
  id: number
  email: string
  me: Tokens
  /** Recovery codes; none without a second factor. */
  codes: string[] | undefined
}

export async function subject(withFactor: boolean): Promise<Subject> {
  const { id, email, signIn } = await newAccount()
  const me = (await signIn()).data as Tokens
  if (!withFactor) return { id, email, me, codes: undefined }
  const mine = caller(me.access_token)
  const { secret } = (await mine.post('/auth/mfa/setup')).data
  const { recovery_codes } = (await mine.post('/auth/mfa/verify', { code: await codeIn(secret, -1) })).data
  return { id, email, me, codes: recovery_codes }
}

/** A session that begins with the password, and with a code where there is a second factor. */
export async function signIn({ email, codes }: Subject, cookie = false): Promise<Tokens> {
  const first = await anyone.post('/auth/login', { email, password, cookie })
  if (!codes) return tokensOf(first)
  const { mfa_token } = first.data
  return tokensOf(await anyone.post('/auth/mfa/login', { mfa_token, code: codes.pop(), cookie }))
}

const tokensOf = ({ data, headers }: { data: Partial<Tokens>; headers: Headers }): Tokens => ({
  access_token: data.access_token!,
  refresh_token: data.refresh_token ?? /lyceum_refresh=([^;]+)/.exec(headers.getSetCookie().join('\n'))![1]!,
})

/** How a session may have begun, beside the one that acts. */
export const kinds: Record<string, (of: Subject) => Promise<Tokens>> = {
  'by password, and code where there is one': (of) => signIn(of),
  refreshed: async (of) => (await refresh((await signIn(of)).refresh_token)).data as Tokens,
  'in a cookie': (of) => signIn(of, true),
  'by the password grant': async ({ email, codes, ...rest }) => {
    if (codes) return signIn({ email, codes, ...rest })
    const grant = new URLSearchParams({ grant_type: 'password', username: email, password })
    const answer = await serveWith({}, '/api/v1/auth/token', { method: 'POST', body: grant })
    return (await answer.json()) as Tokens
  },
  'proved again': async (of) => {
    const tokens = await signIn(of)
    const proof = of.codes ? { code: of.codes.pop() } : { password }
    const { access_token } = (await caller(tokens.access_token).post('/auth/mfa/step-up', proof)).data
    return { ...tokens, access_token }
  },
}

interface Change {
  withFactor?: true
  /** Whether the session that acts goes on, with the tokens that it has or with new ones. */
  isOwn?: true | 'refreshed'
  /** Whether nobody can sign in before it. */
  isClosed?: true
  /** What a sign-in gets that read the account before it: the first field of the answer, or the code of the error. */
  late?: string
  /** What has to be so before. */
  begin?: (w: World, of: Subject) => Promise<unknown>
  /** The request that changes the credential. */
  request: (
    of: Subject,
    admin: Persona,
    w: World,
  ) => Promise<[method: string, path: string, body?: object | undefined, by?: string]>
}

const byAdmin = (path: string, body: object) => async (of: Subject, admin: Persona) =>
  ['PATCH', `/users/${of.id}${path}`, body, admin.token!] as [string, string, object, string]

export const changes: Record<string, Change> = {
  'a changed password': {
    late: 'INVALID_CREDENTIALS',
    isOwn: true,
    request: async () => ['POST', '/auth/change-password', { current_password: password, new_password: fresh }],
  },
  'a changed password beside a second factor': {
    late: 'MFA_LOGIN_REFUSED',
    withFactor: true,
    isOwn: true,
    request: async () => ['POST', '/auth/change-password', { current_password: password, new_password: fresh }],
  },
  'a reset': {
    late: 'INVALID_CREDENTIALS',
    request: async ({ email }) => [
      'POST',
      '/auth/password-reset/confirm',
      { token: await resetToken(email), new_password: fresh },
    ],
  },
  'a second factor': {
    late: 'mfa_required',
    isOwn: true,
    request: async ({ me }) => {
      const { secret } = (await caller(me.access_token).post('/auth/mfa/setup')).data
      return ['POST', '/auth/mfa/verify', { code: await codeIn(secret, -1) }]
    },
  },
  'a second factor taken away': {
    late: 'MFA_LOGIN_REFUSED',
    withFactor: true,
    isOwn: 'refreshed',
    request: async ({ codes }) => ['POST', '/auth/mfa/disable', { password, code: codes!.pop() }],
  },
  'another e-mail': {
    late: 'INVALID_CREDENTIALS',
    request: async (of, admin) => byAdmin('', { email: `new-${of.email}` })(of, admin),
  },
  'another role': { late: 'access_token', request: byAdmin('', { role: 'faculty' }) },
  deactivation: { late: 'MFA_LOGIN_REFUSED', withFactor: true, request: byAdmin('', { is_active: false }) },
  'another student': {
    late: 'access_token',
    begin: (_, { id }) => setAccount(id, 'role', 'student'),
    request: async (of, admin, w) => byAdmin('', { student_id: (await w.student()).id })(of, admin),
  },
  deletion: {
    late: 'INVALID_CREDENTIALS',
    request: async ({ id }, admin) => ['DELETE', `/users/${id}`, undefined, admin.token!],
  },
  'the restoration of a deleted account': {
    isClosed: true,
    begin: (_, { id }) => setAccount(id, 'deleted_at', new Date().toISOString()),
    request: async ({ id }, admin) => ['POST', `/users/${id}/restore`, undefined, admin.token!],
  },
  'signing out everywhere else': { isOwn: true, request: async () => ['POST', '/auth/sessions/revoke-all'] },
  'an administrator who ends them': {
    request: async ({ id }, admin) => ['DELETE', `/users/${id}/sessions`, undefined, admin.token!],
  },
}

/** Sends the request of a change, by its subject unless it says by whom. */
export async function send(
  [method, path, body, by]: Awaited<ReturnType<Change['request']>>,
  of: Subject,
  DB = testEnv.DB,
) {
  const headers = { authorization: `Bearer ${by ?? of.me.access_token}` }
  const init = body ? json(method, body, headers) : { method, headers }
  return serveWith({ DB }, `/api/v1${path}`, init)
}
