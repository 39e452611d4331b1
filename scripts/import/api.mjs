// The API over HTTP, for scripts: signs in, waits where it is asked to wait, and throws what it cannot go on with.
import { setTimeout as sleep } from 'node:timers/promises'

const account = {
  url: process.env.LYCEUM_URL ?? 'http://localhost:8787',
  email: process.env.LYCEUM_EMAIL ?? 'admin@lyceum.example',
  password: process.env.LYCEUM_PASSWORD ?? 'Lyceum-Demo-2026!',
  code: process.env.LYCEUM_CODE,
}

/** Signs in with the account that the environment names; the local one by default. One with a second factor needs a code (LYCEUM_CODE). */
export async function signIn({ url, email, password, code } = account) {
  async function tokensFrom(step, body) {
    const answer = await fetch(`${url}/api/v1/auth/${step}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${email} could not sign in at ${url}: ${answer.status}`)
    const { data } = await answer.json()
    if (!data.mfa_required) return data
    if (!code) throw new Error(`${email} has a second factor: put a one-time code into LYCEUM_CODE`)
    return tokensFrom('mfa/login', { mfa_token: data.mfa_token, code })
  }
  let tokens = await tokensFrom('login', { email, password })

  async function call(method, path, body, type = 'application/json') {
    for (;;) {
      const answer = await fetch(`${url}/api/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${tokens.access_token}`,
          ...(body !== undefined && { 'content-type': type }),
        },
        ...(body !== undefined && { body }),
      })
      const { data, error } = await answer.json()
      if (answer.ok) return data
      if (answer.status === 401) tokens = await tokensFrom('refresh', { refresh_token: tokens.refresh_token })
      else if (answer.status === 429) await sleep(Number(answer.headers.get('retry-after') ?? 1) * 1000)
      else throw new Error(`${method} ${path} answered ${answer.status} ${error.code}: ${error.message}`)
    }
  }

  const get = (path) => call('GET', path)
  const post = (path, body = {}) => call('POST', path, JSON.stringify(body))

  /** All rows of a list, by cursor. */
  async function all(path) {
    const rows = []
    const first = `${path}${path.includes('?') ? '&' : '?'}page_size=200`
    for (let page = await get(first); ; page = await get(`${first}&cursor=${page.next_cursor}`)) {
      rows.push(...page.items)
      if (!page.has_next) return rows
    }
  }

  /** Imports rows (objects of the same fields) and waits until it is done. Throws when a row fails. */
  async function load(entity, rows) {
    const startedAt = performance.now()
    let job = await call('POST', `/imports/${entity}`, csvOf(rows), 'text/csv')
    const { id } = job
    while (job.finished_at === null) {
      if (job.state === 'needs_confirmation') throw new Error(`${entity}: ${job.updated} rows would change`)
      await sleep(500)
      job = await get(`/imports/${id}`)
    }
    const { created, updated, skipped, failed } = job
    const seconds = (performance.now() - startedAt) / 1000
    const report = { entity, rows: job.rows, created, updated, skipped, failed, seconds: Number(seconds.toFixed(1)) }
    if (job.state === 'failed') throw new Error(`${entity}: ${job.error_code}`)
    if (failed > 0) {
      const { items } = await get(`/imports/${id}/errors?page_size=10`)
      console.error(`${entity}: ${failed} rows were refused, the first of them:`)
      for (const { line, field, code, message } of items)
        console.error(`  line ${line} ${field ?? ''} ${code} ${message}`)
    }
    return report
  }

  return { get, post, all, load }
}

/** CSV of rows that have the same fields. */
function csvOf(rows) {
  const columns = Object.keys(rows[0] ?? {})
  const lines = rows.map((row) => columns.map((name) => cell(row[name])).join(','))
  return [columns.join(','), ...lines, ''].join('\n')
}

function cell(value) {
  const text = value === null || value === undefined ? '' : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
