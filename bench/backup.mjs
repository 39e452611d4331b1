// `npm run bench:backup`: a million rows backed up, verified and restored; rows/s, MB/s and the memory of the isolate at its highest.
import { prepare } from '../scripts/prepare.mjs'
import { startServer } from './server.mjs'

const inspectorPort = 9337
const pollMs = 5

prepare()
const server = await startServer('bench/backup-worker.ts', { inspectorPort, inspectorHost: '127.0.0.1' })
try {
  const { n } = await get('/bench/fill')
  console.log(`${n} rows`)
  console.log('| run | seconds | rows/s | MB/s of the file | messages | peak heap MB | peak heap and buffers MB |')
  console.log('|---|---:|---:|---:|---:|---:|---:|')
  await measured('backup and reading it back', '/bench/backup?name=big')
  await measured('verify', '/bench/verify?name=big')
  await measured('restore (verify, safety backup, load, swap)', '/bench/restore?name=big')
  await measured('backup without encryption', '/bench/backup?name=plain&plain', '&plain')
  await measured('backup without encryption, again', '/bench/backup?name=plain2&plain', '&plain')
  await measured('verify without encryption', '/bench/verify?name=plain2&plain', '&plain')
} finally {
  await server.stop()
}

async function get(path) {
  const answer = await fetch(`http://127.0.0.1:${server.port}${path}`, { headers: { connection: 'close' } })
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
  return answer.json()
}

async function measured(name, path, extra = '') {
  const heap = await watchHeap()
  const start = performance.now()
  let run = await get(path)
  let messages = 0
  const phases = {}
  while (!run.finished_at) {
    const before = performance.now()
    const phase = run.phase ?? run.progress.phase
    run = await get(`/bench/work?name=${run.id}${extra}`)
    phases[phase] = (phases[phase] ?? 0) + performance.now() - before
    messages += 1
  }
  const seconds = (performance.now() - start) / 1000
  const peak = heap.stop()
  if (run.error_code) throw new Error(`${name}: ${run.error_code} ${run.error_where}`)
  const mega = (bytes) => (bytes / 1e6).toFixed(0)
  console.log(
    `| ${name} | ${seconds.toFixed(1)} | ${(run.rows / seconds).toFixed(0)} | | ${messages} | ${mega(peak.heap)} | ${mega(peak.all)} |`,
    JSON.stringify(phases),
  )
}

/** Asks the isolate again and again how much it holds. */
async function watchHeap() {
  const targets = await (
    await fetch(`http://127.0.0.1:${inspectorPort}/json`, { headers: { connection: 'close' } })
  ).json()
  const socket = new WebSocket(targets[0].webSocketDebuggerUrl)
  await new Promise((open, failed) => {
    socket.onopen = open
    socket.onerror = failed
  })
  const peak = { heap: 0, all: 0 }
  let id = 0
  socket.onmessage = ({ data }) => {
    const { result } = JSON.parse(data)
    if (!result) return
    peak.heap = Math.max(peak.heap, result.usedSize)
    peak.all = Math.max(
      peak.all,
      result.usedSize + (result.embedderHeapUsedSize ?? 0) + (result.backingStorageSize ?? 0),
    )
  }
  const timer = setInterval(
    () => socket.send(JSON.stringify({ id: (id += 1), method: 'Runtime.getHeapUsage' })),
    pollMs,
  )
  return {
    stop() {
      clearInterval(timer)
      socket.close()
      return peak
    },
  }
}
