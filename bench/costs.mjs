// `npm run bench:costs`: what a term costs at Cloudflare. Counts the real operations of a class of 50 in six sections, takes them as often as
// a student's term does, and sets the prices of Workers Paid to them.
import { prepare } from '../scripts/prepare.mjs'
import { startServer } from './server.mjs'

const [students, months] = [1000, 5]

/** How often in a student's term; requests are those of one act. Rosters and results serve a class of 50. */
const ofStudent = {
  'student admitted': { times: 1, requests: 1 },
  'sign-in': { times: 40, requests: 1 },
  refresh: { times: 80, requests: 1 },
  'page read by a student': { times: 200, requests: 1 },
  'page read by staff': { times: 40, requests: 1 },
  enrollment: { times: 6, requests: 1 },
  'roster of attendance': { times: 60 / 50, requests: 1 },
  'roster of scores': { times: 12 / 50, requests: 2 },
  'results of a section': { times: 6 / 50, requests: 2 },
  transcript: { times: 1, requests: 3 },
  'audit row sealed': { times: 160, requests: 0 },
}

/** How often a month, whoever is there; `grows`: with the rows of all students. */
const ofMonth = {
  'jobs of five minutes': { times: 8640, requests: 1 },
  'jobs of the night': { times: 30, requests: 1, grows: true },
  gauges: { times: 86_400, requests: 1, grows: true },
  health: { times: 43_200, requests: 1 },
}

/** Of the price list: what is included a month, and dollars for a million (or a GB) more. */
const prices = {
  requests: { name: 'requests to the Worker', included: 10e6, price: 0.3 },
  cpu: { name: 'CPU, ms', included: 30e6, price: 0.02 },
  read: { name: 'D1 rows read', included: 25e9, price: 0.001 },
  written: { name: 'D1 rows written', included: 50e6, price: 1 },
  objects: { name: 'requests to Durable Objects', included: 1e6, price: 0.15 },
  duration: { name: 'Durable Objects, GB-s', included: 400_000, price: 12.5 },
  objectRows: { name: 'rows written by Durable Objects', included: 50e6, price: 1 },
  operations: { name: 'operations of queues', included: 1e6, price: 0.4 },
  classA: { name: 'R2 class A', included: 1e6, price: 4.5 },
  classB: { name: 'R2 class B', included: 10e6, price: 0.36 },
}

prepare()
const server = await startServer('bench/costs-worker.ts')
try {
  const answer = await fetch(`http://127.0.0.1:${server.port}/`)
  if (!answer.ok) throw new Error(await answer.text())
  report(await answer.json())
} finally {
  await server.stop()
}

function report({ rows, bytes, known }) {
  console.log('| act | queries | rows read | rows written | Durable Object | messages | R2 A | R2 B |')
  console.log('|---|---:|---:|---:|---:|---:|---:|---:|')
  for (const { act, times, counts } of rows) {
    const each = ['queries', 'read', 'written', 'objects', 'messages', 'classA', 'classB'].map(
      (name) => counts[name] / times,
    )
    console.log(`| ${[act, ...each.map((n) => (n >= 10 ? n.toFixed(0) : Number(n.toFixed(1))))].join(' | ')} |`)
  }
  const term = total(rows, ofStudent, () => 1)
  const month = total(rows, ofMonth, ({ grows }) => (grows ? students / known : 1))
  console.log(`\n${Math.round(bytes / 1000)} KB of database a student and term\n`)
  console.log(
    `| | a student's term | fixed a month | ${students} students, a month | included | list price without it |`,
  )
  console.log('|---|---:|---:|---:|---:|---:|')
  let [all, toPay] = [0, 0]
  for (const [key, { name, included, price }] of Object.entries(prices)) {
    const use = (term[key] * students) / months + month[key]
    const cost = (amount) => (Math.max(0, amount) / 1e6) * price
    all += cost(use)
    toPay += cost(use - included)
    const cells = [term[key], month[key], use, included].map((n) => Math.round(n).toLocaleString('en'))
    console.log(`| ${[name, ...cells, `$${cost(use).toFixed(2)}`].join(' | ')} |`)
  }
  console.log(`\n$${all.toFixed(2)} by the list, of which $${toPay.toFixed(2)} beyond what the plan includes`)
}

/** What acts taken so often add up to, in the units of the price list. */
function total(rows, plan, factor) {
  const sum = Object.fromEntries(Object.keys(prices).map((key) => [key, 0]))
  for (const { act, times, counts } of rows) {
    const planned = plan[act]
    if (!planned) continue
    const each = (name) => (counts[name] / times) * planned.times * factor(planned)
    const requests = planned.requests * planned.times
    for (const name of ['read', 'written', 'classA', 'classB']) sum[name] += each(name)
    sum.operations += each('messages') * 3
    sum.requests += requests + each('messages')
    sum.cpu += requests * (act === 'sign-in' ? 80 : 15) + each('messages') * 100
    // A request delivers its figures at once when the traffic is thin; a delivery writes some fifteen series, and takes a second until they are on disk.
    sum.objects += each('objects') + requests
    sum.objectRows += requests * 15
    sum.duration += requests * 0.128 * 1.1
  }
  return sum
}
