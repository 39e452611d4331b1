// `npm run bench:backup`: a million rows backed up, verified and restored; rows/s, MB/s and the memory of the isolate at its highest.
import { prepare } from '../scripts/prepare.mjs'
import { startServer } from './server.mjs'

const inspectorPort = 9337
const pollMs = 5

/** A connection that has waited for long may be gone. */
const once = { headers: { connection: 'close' } }

prepare()
const server = await startServer('bench/backup-worker.ts', { inspectorPort, inspectorHost: '127.0.0.1' })
try {
  const { rows, bytes } = await get('/bench/fill')
  console.log(`${rows} rows; ${mega(bytes)} MB of database`)
  console.log('| run | seconds | rows/s | MB/s of the database | messages | peak of heap and buffers, MB |')
  console.log('|---|---:|---:|---:|---:|---:|')
  const figures = { rows, bytes }
  await measure('backup, read back at once', '/bench/backup?name=first', figures)
  await measure('backup, read back at once', '/bench/backup?name=second', figures)
  await measure('the same without encryption', '/bench/backup?name=plain&plain', figures, '&plain')
  await measure('the same without encryption', '/bench/backup?name=plain2&plain', figures, '&plain')
  await measure('verify', '/bench/verify?name=first', figures)
  await measure('verify', '/bench/verify?name=second', figures)
  await measure('restore: verify, safety backup, load, swap', '/bench/restore?name=second', figures)
} finally {
  await server.stop()
}

async function get(path) {
  const answer = await fetch(`http://127.0.0.1:${server.port}${path}`, once)
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
  return answer.json()
}

function mega(bytes) {
  return (bytes / 1e6).toFixed(0)
}

/** Runs what `path` begins to its end, a request for each message of the queue. */
async function measure(name, path, { rows, bytes }, option = '') {
  const stop = await watchHeap()
  const start = performance.now()
  const { id } = await get(path)
  let [run, messages] = [{}, 0]
  for (; !run.finished_at; messages += 1) run = await get(`/bench/work?name=${id}${option}`)
  const seconds = (performance.now() - start) / 1000
  if (run.error_code) throw new Error(`${name}: ${run.error_code} ${run.error_where}`)
  const figures = [seconds.toFixed(1), (rows / seconds).toFixed(0), (bytes / 1e6 / seconds).toFixed(1), messages]
  console.log(`| ${[name, ...figures, mega(stop())].join(' | ')} |`)
}

/** Asks the isolate again and again how much it holds. */
async function watchHeap() {
  const targets = await (await fetch(`http://127.0.0.1:${inspectorPort}/json`, once)).json()
  const socket = new WebSocket(targets.find(({ id }) => id === 'core:user:lyceum').webSocketDebuggerUrl)
  await new Promise((open, failed) => {
    socket.addEventListener('open', open)
    socket.addEventListener('error', failed)
  })
  let [id, peak] = [0, 0]
  socket.addEventListener('message', ({ data }) => {
    const { result } = JSON.parse(data)
    if (!result) return
    peak = Math.max(peak, result.usedSize + (result.embedderHeapUsedSize ?? 0) + (result.backingStorageSize ?? 0))
  })
  const timer = setInterval(
    () => socket.send(JSON.stringify({ id: (id += 1), method: 'Runtime.getHeapUsage' })),
    pollMs,
  )
  return () => {
    clearInterval(timer)
    socket.close()
    return peak
  }
}
