export interface Answer {
  status: number
  headers: Headers
  /** `data` of the envelope; tests say what they expect of it. */
  // oxlint-disable-next-line typescript/no-explicit-any
  data: any
  error: { code: string; message: string; details: unknown; path: string } | null
}

type Call = (path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>

/** Somebody who talks to a server: the verbs, with paths below /api/v1. */
export interface Caller {
  url: string
  token: string
  get: (path: string, headers?: Record<string, string>) => Promise<Answer>
  post: Call
  put: Call
  patch: Call
  /** POST that must answer 201; its data. */
  make: (path: string, body: unknown) => Promise<Answer['data']>
  /** DELETE that must answer 204. */
  remove: (path: string) => Promise<void>
  /** All rows of a list, whatever the number of pages. */
  all: (path: string) => Promise<Answer['data'][]>
  /** GET of a file that must answer 200. */
  download: (path: string) => Promise<{ bytes: Uint8Array; headers: Headers }>
}

type DemoAccount = 'admin' | 'registrar' | 'teacher' | 'teacher2' | 'student' | 'student2' | 'applicant'

/** Signs one of the demo accounts in. */
export async function signIn(url: string, name: DemoAccount): Promise<Caller> {
  const credentials = { email: `${name}@lyceum.example`, password: 'Lyceum-Demo-2026!' }
  const { status, data } = await send(`${url}/api/v1/auth/login`, { method: 'POST', body: credentials })
  if (status !== 200) throw new Error(`${name} could not sign in: ${status}`)
  return callerWith(url, data.access_token)
}

function callerWith(url: string, token: string): Caller {
  const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    send(`${url}/api/v1${path}`, { method, body, headers: { authorization: `Bearer ${token}`, ...headers } })
  const get: Caller['get'] = (path, headers) => call('GET', path, undefined, headers)
  return {
    url,
    token,
    get,
    post: (path, body, headers) => call('POST', path, body, headers),
    put: (path, body, headers) => call('PUT', path, body, headers),
    patch: (path, body, headers) => call('PATCH', path, body, headers),
    make: async (path, body) => {
      const { status, data, error } = await call('POST', path, body)
      if (status !== 201) throw new Error(`POST ${path} answered ${status} ${error?.code}: ${error?.message}`)
      return data
    },
    remove: async (path) => {
      const { status } = await call('DELETE', path)
      if (status !== 204) throw new Error(`DELETE ${path} answered ${status}`)
    },
    all: (path) => everyPage(get, path),
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
export async function send(url: string, { method = 'GET', body, headers = {} }: Request = {}): Promise<Answer> {
  const answer = await fetch(url, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const isJson = answer.headers.get('content-type')?.startsWith('application/json') ?? false
  if (!isJson && answer.status < 400) return { status: answer.status, headers: answer.headers, data: null, error: null }
  const envelope = (await answer.json()) as { success?: boolean; data: unknown; error: Answer['error'] }
  const data = envelope.success === undefined ? envelope : envelope.data
  return { status: answer.status, headers: answer.headers, data, error: envelope.error ?? null }
}

async function everyPage(get: Caller['get'], path: string): Promise<Answer['data'][]> {
  const rows: Answer['data'][] = []
  const separator = path.includes('?') ? '&' : '?'
  for (let page = 1; page <= 1000; page += 1) {
    const { status, data, error } = await get(`${path}${separator}page_size=200&page=${page}`)
    if (status !== 200) throw new Error(`GET ${path} answered ${status} ${error?.code}`)
    rows.push(...data.items)
    if (!data.has_next) return rows
  }
  throw new Error(`${path} has more than 1000 pages`)
}
