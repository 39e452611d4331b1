// `npm run bench:renewal`: 250,000 rows that an older version wrote into the audit log are encrypted and hashed anew; rows/s, messages, and how
// long the longest of them took.
import { prepare } from '../scripts/prepare.mjs'
import { startServer } from './server.mjs'

prepare()
const server = await startServer('bench/renewal-worker.ts')
try {
  const { rows } = await get('/bench/fill')
  const start = performance.now()
  let [run, messages, longest] = [{}, 0, 0]
  for (; !run.finished_at; messages += 1) {
    const begun = performance.now()
    run = await get('/bench/work')
    longest = Math.max(longest, performance.now() - begun)
  }
  if (run.error_code) throw new Error(run.error_code)
  const seconds = (performance.now() - start) / 1000
  const { problems, plain } = await get('/bench/check')
  console.log('| rows | seconds | rows/s | steps | messages | longest message, s | problems | names in the clear |')
  console.log('|---:|---:|---:|---:|---:|---:|---:|---:|')
  const figures = [
    rows,
    seconds.toFixed(1),
    (rows / seconds).toFixed(0),
    run.step,
    messages,
    (longest / 1000).toFixed(1),
  ]
  console.log(`| ${[...figures, problems, plain].join(' | ')} |`)
} finally {
  await server.stop()
}

async function get(path) {
  const answer = await fetch(`http://127.0.0.1:${server.port}${path}`)
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
  return answer.json()
}
