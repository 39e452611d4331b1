// `npm run bench`: Lyceum beside its floor, in one process on one database. Ratios are what counts; the milliseconds are this machine's.
import { prepare } from '../scripts/prepare.mjs'
import { load } from './load.mjs'
import { startServer } from './server.mjs'

const rounds = 15
const connections = 16

prepare()
const server = await startServer()
try {
  const world = await (await fetch(`http://127.0.0.1:${server.port}/bench/seed`)).json()
  report(await measure(server, world))
} finally {
  await server.stop()
}

/** Every operation in turn, `rounds` times and briefly, so that a slow moment of the machine hits an operation and its floor alike. */
async function measure({ port, pid }, { token, section, firstFree, graduate }) {
  const id = (i) => 1 + ((i * 7919) % 10_000)
  const greek = (i) => String.fromCharCode(945 + (i % 17))
  let seat = firstFree
  const operations = {
    'floor: get': { requests: 400, make: (i) => ({ path: `/floor/get/${id(i)}` }) },
    get: { requests: 400, make: (i) => ({ path: `/api/v1/students/${id(i)}` }) },
    'floor: list of 50': { requests: 200, make: () => ({ path: '/floor/list' }) },
    'list of 50': { requests: 200, make: () => ({ path: '/api/v1/students?page_size=50&count=false' }) },
    'list of 50 with total': { requests: 200, make: () => ({ path: '/api/v1/students?page_size=50' }) },
    search: {
      requests: 32,
      make: (i) => ({
        path: `/api/v1/students?page_size=50&search=${encodeURIComponent(`ΕΠΏΝΥΜΟ${greek(i)}${greek(i / 17)}`)}`,
      }),
    },
    enroll: {
      requests: 200,
      expected: 201,
      make: () => ({
        method: 'POST',
        path: `/api/v1/sections/${section}/enroll`,
        body: JSON.stringify({ student_id: seat++ }),
      }),
    },
    'audit page': {
      requests: 100,
      make: () => ({ path: '/api/v1/audit/logs?page_size=50&entity_type=enrollment&count=false' }),
    },
    'transcript, 40 courses': { requests: 16, make: () => ({ path: `/api/v1/transcripts/${graduate}?language=el` }) },
  }
  const seen = Object.fromEntries(Object.keys(operations).map((name) => [name, []]))
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, { requests, make, expected = 200 }] of Object.entries(operations)) {
      const figures = await load({ port, token, connections, make, expected, pid, requests })
      // The first round warms up.
      if (round > 0) seen[name].push(figures)
    }
  }
  return seen
}

/** Medians over the rounds; the share of the floor is the median of what it was in each round. */
function report(seen) {
  const floorOf = (name) =>
    name.startsWith('floor') ? null : seen[name.startsWith('list') ? 'floor: list of 50' : 'floor: get']
  console.log('| operation | requests/s | p50 ms | p99 ms | CPU ms/request | of its floor |')
  console.log('|---|---:|---:|---:|---:|---:|')
  for (const [name, rounds] of Object.entries(seen)) {
    const middle = (figure) => median(rounds.map((round) => round[figure]))
    const floor = floorOf(name)
    const share = floor ? `${Math.round(100 * median(rounds.map(({ rps }, i) => rps / floor[i].rps)))} %` : ''
    const [rps, p50, p99, cpu] = ['rps', 'p50', 'p99', 'cpu'].map(middle)
    console.log(
      `| ${name} | ${rps.toFixed(0)} | ${p50.toFixed(1)} | ${p99.toFixed(1)} | ${cpu.toFixed(2)} | ${share} |`,
    )
  }
}

function median(figures) {
  return figures.toSorted((a, b) => a - b)[figures.length >> 1]
}
