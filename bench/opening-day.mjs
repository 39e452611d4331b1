// `npm run bench:opening-day`: the day on which enrollment opens, at 300 callers over HTTP, without and with a turnstile. Of 10,000 students who
// want five courses each within ten minutes a run takes a share, SCALE (0.1 by default), of the students and of the time: as many come a second.
import { setTimeout as pause } from 'node:timers/promises'
import { prepare } from '../scripts/prepare.mjs'
import { browserOf, callersOf } from './callers.mjs'
import { startServer } from './server.mjs'

const scale = Number(process.env.SCALE ?? 0.1)
const students = Math.round(10_000 * scale)
const windowMs = 600_000 * scale
const callers = 300
/** Where the turnstile lets in fewer than the database takes, its queue stays short: a tenth less. */
const shareOfPace = 0.9

prepare()
console.log(`SCALE=${scale}: ${students} students, five courses each, within ${windowMs / 1000} s; ${callers} callers`)
const open = await day(null)
report('without a turnstile', open)
const pace = Number(process.env.PACE ?? Math.floor((shareOfPace * students * 60_000) / open.busyMs))
const guarded = await day(pace)
report(`with a turnstile of ${pace} a minute`, guarded)
reportWaits(guarded.waits)

/** One opening, from the first student to the last. Fails where somebody is overbooked or a request is answered 5xx. */
async function day(pace) {
  const server = await startServer('bench/opening-day-worker.ts')
  try {
    const at = `http://127.0.0.1:${server.port}`
    const seeding = await fetch(`${at}/bench/seed?students=${students}${pace === null ? '' : `&pace=${pace}`}`)
    const world = await seeding.json()
    const http = callersOf({ port: server.port, callers })
    const waits = []
    await http.ready()
    const start = performance.now()
    const done = world.tokens.map(async (token, i) => {
      const random = randomOf(i + 1)
      // Half of them wait for the opening; the others come whenever they do.
      if (random() > 0.5) await pause(random() * windowMs * 0.8)
      const browser = browserOf(http, token)
      await enrollOne({ browser, world, student: i + 1, random, waits, hasTurnstile: pace !== null })
    })
    await Promise.all(done)
    const busyMs = performance.now() - start
    http.end()
    const found = await (await fetch(`${at}/bench/check`)).json()
    const wrong = Object.entries(found).filter(([what, n]) => !['seats', 'waiting'].includes(what) && n > 0)
    const faults = http.answers.filter(({ status }) => status >= 500)
    if (wrong.length > 0 || faults.length > 0 || !found.seats)
      throw new Error(`${JSON.stringify(found)}, ${faults.length} answers of 5xx`)
    return { answers: http.answers, busyMs, waits, found }
  } finally {
    await server.stop()
  }
}

/** What one student does: lines up where there is a turnstile, looks, takes five courses, and looks what came of it. */
async function enrollOne({ browser, world, student, random, waits, hasTurnstile }) {
  const among = (from, count) => from + 1 + Math.floor(random() * count)
  const wanted = new Set()
  while (wanted.size < 3) wanted.add(among(0, world.popular))
  while (wanted.size < 5) wanted.add(among(world.popular, world.others))
  const another = () => among(world.popular, world.others)
  const refresh = () => browser.get('refresh', '/sections?term_id=1&page_size=50&count=false')
  const admission = hasTurnstile ? await lineUp({ browser, random, waits }) : undefined
  for (let i = 0; i <= random() * 2; i += 1) await refresh()
  const post = (kind, path, body) => browser.post(kind, path, body, admission)
  const take = async (section) => {
    const enroll = () => post('enroll', `/sections/${section}/enroll`, { student_id: student })
    // Some press twice.
    const [answer] = await Promise.all(random() < 0.1 ? [enroll(), enroll()] : [enroll()])
    if (answer.code === 'STALE_STATE') return take(section)
    if (answer.code !== 'SECTION_FULL') return
    const joined = await post('waitlist', `/sections/${section}/waitlist`, { student_id: student })
    if (joined.code === 'WAITLIST_FULL') await take(another())
  }
  if (random() < 0.5) {
    const enrollments = [...wanted].map((section_id) => ({ section_id, student_id: student }))
    const { data } = await post('basket', '/enrollments/bulk', { enrollments })
    for (let i = 0; i < (data?.failed ?? 0); i += 1) await take(another())
  } else
    for (const section of wanted) {
      await take(section)
      if (random() < 0.3) await refresh()
    }
  await browser.get('own courses', '/enrollments?page_size=50')
}

/** Takes a place and comes back when told to; some close the page and come back much later. Answers the admission. */
async function lineUp({ browser, random, waits }) {
  const path = '/terms/1/turnstile'
  const { data: place } = await browser.post('turnstile', path)
  const told = Date.now()
  if (place.state === 'admitted') return place.admission
  if (place.state !== 'waiting') throw new Error(`the turnstile answered ${place.state}`)
  const { position, wait_seconds } = place
  const leaves = random() < 0.1
  if (leaves) await pause(1000 * wait_seconds * random() * 1.5)
  let now = leaves ? (await browser.post('turnstile', path)).data : place
  if (leaves && now.state === 'waiting' && now.position > position) throw new Error('a place was lost')
  while (now.state === 'waiting') {
    await pause(1000 * Math.min(now.wait_seconds, 60))
    now = (await browser.get('turnstile', path)).data
  }
  if (!leaves) waits.push({ told: wait_seconds * 1000, came: Date.now() - told })
  return now.admission
}

/** The same numbers for the same student in each run (mulberry32). */
function randomOf(seed) {
  let state = seed * 2_654_435_761
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

function report(title, { answers, busyMs, found }) {
  const seconds = busyMs / 1000
  console.log(
    `\n${title}: all done after ${seconds.toFixed(0)} s, ${(answers.length / seconds).toFixed(0)} requests/s;`,
  )
  console.log(`${found.seats} seats given, ${found.waiting} wait, nobody overbooked, no 5xx\n`)
  console.log('| request | answers | a second | p50 ms | p95 ms | refused |\n|---|---:|---:|---:|---:|---:|')
  for (const [kind, some] of Object.entries(Object.groupBy(answers, ({ kind }) => kind))) {
    const times = some.map(({ ms }) => ms)
    const refused = some.filter(({ status }) => status >= 400).length
    const figures = [
      some.length,
      (some.length / seconds).toFixed(1),
      at(times, 0.5).toFixed(0),
      at(times, 0.95).toFixed(0),
      refused,
    ]
    console.log(`| ${[kind, ...figures].join(' | ')} |`)
  }
}

function reportWaits(waits) {
  if (waits.length === 0) return console.log('\nNobody had to wait.')
  const of = (figures, share = 0.5) => (at(figures, share) / 1000).toFixed(1)
  const off = waits.map(({ told, came }) => Math.abs(came - told) / Math.max(1000, came))
  const [told, came] = [waits.map((wait) => wait.told), waits.map((wait) => wait.came)]
  console.log(
    `\n${waits.length} waited. Told: median ${of(told)} s, p95 ${of(told, 0.95)} s; came: median ${of(came)} s, p95 ${of(came, 0.95)} s.`,
  )
  console.log(
    `Off by ${(100 * at(off, 0.5)).toFixed(1)} % in the median, ${(100 * at(off, 0.95)).toFixed(1)} % at p95.`,
  )
  if (at(off, 0.5) > 0.2) throw new Error('the wait that was told is more than 20 % off')
}

function at(figures, share) {
  const sorted = figures.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]
}
