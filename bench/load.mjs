// A closed loop over HTTP: `connections` callers, each sending its next request when the last one was answered.
import { Agent, request } from 'node:http'
import { readdirSync, readFileSync } from 'node:fs'

/** Sends `requests` requests and says how it went. `make(i)` gives method, path, body. Fails on any unexpected status. */
export async function load({ port, token, connections, requests, make, expected, pid }) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const times = []
  let next = 0
  const caller = async () => {
    while (next < requests) {
      const { method = 'GET', path, body } = make(next++)
      const start = performance.now()
      const status = await send({ agent, port, token, method, path, body })
      if (status !== expected) throw new Error(`${method} ${path} answered ${status}`)
      times.push(performance.now() - start)
    }
  }
  const cpuBefore = cpuMilliseconds(pid)
  const start = performance.now()
  await Promise.all(Array.from({ length: connections }, caller))
  const elapsed = performance.now() - start
  agent.destroy()
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]
  return {
    rps: (requests * 1000) / elapsed,
    p50: at(0.5),
    p99: at(0.99),
    cpu: (cpuMilliseconds(pid) - cpuBefore) / requests,
  }
}

function send({ agent, port, token, method, path, body }) {
  return new Promise((done, failed) => {
    const headers = {
      authorization: `Bearer ${token}`,
      ...(body && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
    }
    const outgoing = request({ agent, host: '127.0.0.1', port, method, path, headers }, (answer) => {
      answer.resume()
      answer.on('end', () => done(answer.statusCode))
    })
    outgoing.on('error', failed)
    outgoing.end(body)
  })
}

/** CPU time of all threads of a process in milliseconds, as Linux's scheduler counts it (nanoseconds). */
function cpuMilliseconds(pid) {
  const threads = readdirSync(`/proc/${pid}/task`)
  const nanoseconds = threads.map((id) =>
    Number(readFileSync(`/proc/${pid}/task/${id}/schedstat`, 'utf8').split(' ')[0]),
  )
  return nanoseconds.reduce((sum, one) => sum + one, 0) / 1e6
}
