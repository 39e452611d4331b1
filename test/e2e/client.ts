import type { AnswerAt } from '../answer-at.ts'

export interface Answer<Data = unknown> {
  status: number
  headers: Headers
  /** `data` of the envelope, as the operation declares it; null in the answer of an error, whatever its type says. */
  data: Data
  error: { code: string; message: string; details: unknown; path: string } | null
}

type Sent = Record<string, string>
type Read = <const P extends string>(path: P, headers?: Sent) => Promise<Answer<AnswerAt<'GET', P>>>
type Write<M extends 'POST' | 'PUT' | 'PATCH'> = <const P extends string>(
  path: P,
  body?: unknown,
  headers?: Sent,
) => Promise<Answer<AnswerAt<M, P>>>
/** What a row of a list is. */
type RowAt<P extends string> = AnswerAt<'GET', P> extends { items: (infer Row)[] } ? Row : unknown

/** Somebody who talks to a server: the verbs, with paths below /api/v1. */
export interface Caller {
  url: string
  token: string
  get: Read
  post: Write<'POST'>
  put: Write<'PUT'>
  patch: Write<'PATCH'>
  /** POST that must answer 201; its data. */
  make: <const P extends string>(path: P, body: unknown) => Promise<AnswerAt<'POST', P>>
  /** DELETE that must answer 204. */
  remove: (path: string) => Promise<void>
  /** All rows of a list, whatever the number of pages. */
  all: <const P extends string>(path: P) => Promise<RowAt<P>[]>
  /** The first row of a list that must have one. */
  first: <const P extends string>(path: P) => Promise<RowAt<P>>
  /** GET of a file that must answer 200. */
  download: (path: string) => Promise<{ bytes: Uint8Array; headers: Headers }>
}

type DemoAccount = 'admin' | 'registrar' | 'teacher' | 'teacher2' | 'student' | 'student2' | 'applicant'

/** Signs one of the demo accounts in. */
export async function signIn(url: string, name: DemoAccount): Promise<Caller> {
  const credentials = { email: `${name}@lyceum.example`, password: 'Lyceum-Demo-2026!' }
  const { status, data } = await send<AnswerAt<'POST', '/auth/login'>>(`${url}/api/v1/auth/login`, {
    method: 'POST',
    body: credentials,
  })
  if (status !== 200) throw new Error(`${name} could not sign in: ${status}`)
  return callerWith(url, data.access_token)
}

function callerWith(url: string, token: string): Caller {
  const call = <M extends string, P extends string>(method: M, path: P, body?: unknown, headers: Sent = {}) =>
    send<AnswerAt<M, P>>(`${url}/api/v1${path}`, {
      method,
      body,
      headers: { authorization: `Bearer ${token}`, ...headers },
    })
  const get: Read = (path, headers) => call('GET', path, undefined, headers)
  const post: Write<'POST'> = (path, body, headers) => call('POST', path, body, headers)
  return {
    url,
    token,
    get,
    post,
    put: (path, body, headers) => call('PUT', path, body, headers),
    patch: (path, body, headers) => call('PATCH', path, body, headers),
    make: async (path, body) => {
      const { status, data, error } = await post(path, body)
      if (status !== 201) throw new Error(`POST ${path} answered ${status} ${error?.code}: ${error?.message}`)
      return data
    },
    remove: async (path) => {
      const { status } = await call('DELETE', path)
      if (status !== 204) throw new Error(`DELETE ${path} answered ${status}`)
    },
    all: (path) => everyPage(get, path),
    first: async (path) => {
      const [row] = await everyPage(get, path)
      if (row === undefined) throw new Error(`GET ${path} answered no row`)
      return row
    },
    download: async (path) => {
      const answer = await fetch(`${url}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } })
      if (answer.status !== 200) throw new Error(`GET ${path} answered ${answer.status}: ${await answer.text()}`)
      return { bytes: new Uint8Array(await answer.arrayBuffer()), headers: answer.headers }
    },
  }
}

interface Request {
  method?: string
  /** Sent as JSON; text is sent as it is. */
  body?: unknown
  headers?: Record<string, string>
}

/** One request to a full address; the envelope taken apart. Throws when an answer that is not a file is no envelope. */
export async function send<Data = unknown>(
  url: string,
  { method = 'GET', body, headers = {} }: Request = {},
): Promise<Answer<Data>> {
  const answer = await fetch(url, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const isJson = answer.headers.get('content-type')?.startsWith('application/json') ?? false
  const told = (data: unknown, error: Answer['error']) =>
    ({ status: answer.status, headers: answer.headers, data, error }) as Answer<Data>
  if (!isJson && answer.status < 400) return told(null, null)
  const envelope = (await answer.json()) as { success?: boolean; data: unknown; error?: Answer['error'] }
  return told(envelope.success === undefined ? envelope : envelope.data, envelope.error ?? null)
}

async function everyPage<const P extends string>(get: Read, path: P): Promise<RowAt<P>[]> {
  const rows: RowAt<P>[] = []
  const separator = path.includes('?') ? '&' : '?'
  for (let page = 1; page <= 1000; page += 1) {
    const { status, data, error } = await get<string>(`${path}${separator}page_size=200&page=${page}`)
    if (status !== 200) throw new Error(`GET ${path} answered ${status} ${error?.code}`)
    const { items, has_next } = data as { items: RowAt<P>[]; has_next: boolean }
    rows.push(...items)
    if (!has_next) return rows
  }
  throw new Error(`${path} has more than 1000 pages`)
}
