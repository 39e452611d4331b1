// So many connections and no more, for people of whom each has a request out now and then.
import { Agent, request } from 'node:http'

/** Sends requests, `callers` at a time, and keeps how each went. A request is timed from when a caller takes it up. */
export function callersOf({ port, callers }) {
  const agent = new Agent({ keepAlive: true, maxSockets: callers })
  const answers = []
  const queue = []
  let free = callers
  const call = async (kind, ask) => {
    if (free > 0) free -= 1
    else await new Promise((turn) => queue.push(turn))
    try {
      const start = performance.now()
      const answer = await send({ agent, port, ...ask })
      answers.push({ kind, status: answer.status, ms: performance.now() - start })
      return answer
    } finally {
      if (queue.length > 0) queue.shift()()
      else free += 1
    }
  }
  // Connections that are made in the middle of a crowd are taken late: all of them are there before it.
  const ready = () =>
    Promise.all(Array.from({ length: callers }, () => send({ agent, port, method: 'GET', path: '/terms/1' })))
  return { answers, call, ready, end: () => agent.destroy() }
}

/** The requests of one person. */
export function browserOf({ call }, token) {
  const to = (method) => (kind, path, body, turnstile) => call(kind, { method, path, token, body, turnstile })
  return { get: to('GET'), post: to('POST') }
}

function send({ agent, port, method, path, token, body, turnstile }) {
  return new Promise((done, failed) => {
    const text = body && JSON.stringify(body)
    const headers = {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(turnstile && { 'x-turnstile': turnstile }),
      ...(text && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
    }
    const to = { agent, host: '127.0.0.1', port, method, path: `/api/v1${path}`, headers }
    const outgoing = request(to, (answer) => {
      const chunks = []
      answer.on('data', (chunk) => chunks.push(chunk))
      answer.on('end', () => {
        const { data, error } = JSON.parse(Buffer.concat(chunks).toString())
        done({ status: answer.statusCode, data, code: error?.code })
      })
    })
    outgoing.on('error', failed)
    outgoing.end(text)
  })
}
