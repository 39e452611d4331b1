// `npm run bench`: Lyceum beside its floor, in one process on one database. Ratios are what counts; the milliseconds are this machine's.
import { prepare } from '../scripts/prepare.mjs'
import { load } from './load.mjs'
import { startServer } from './server.mjs'

const rounds = 3
const connections = 16

prepare()
const server = await startServer()
try {
  const world = await (await fetch(`http://127.0.0.1:${server.port}/bench/seed`)).json()
  report(await measure(server, world))
} finally {
  await server.stop()
}

/** Every operation in turn, `rounds` times, so that a slow moment of the machine hits all of them. The best round counts. */
async function measure({ port, pid }, { token, section, firstFree, graduate }) {
  const id = (i) => 1 + ((i * 7919) % 10_000)
  const greek = (i) => String.fromCharCode(945 + (i % 17))
  let seat = firstFree
  const operations = {
    'floor: get': { requests: 2000, make: (i) => ({ path: `/floor/get/${id(i)}` }) },
    get: { requests: 2000, make: (i) => ({ path: `/api/v1/students/${id(i)}` }) },
    'floor: list of 50': { requests: 1000, make: () => ({ path: '/floor/list' }) },
    'list of 50': { requests: 1000, make: () => ({ path: '/api/v1/students?page_size=50&count=false' }) },
    'list of 50 with total': { requests: 1000, make: () => ({ path: '/api/v1/students?page_size=50' }) },
    search: {
      requests: 300,
      make: (i) => ({
        path: `/api/v1/students?page_size=50&search=${encodeURIComponent(`ΕΠΏΝΥΜΟ${greek(i)}${greek(i / 17)}`)}`,
      }),
    },
    enroll: {
      requests: 1000,
      expected: 201,
      make: () => ({
        method: 'POST',
        path: `/api/v1/sections/${section}/enroll`,
        body: JSON.stringify({ student_id: seat++ }),
      }),
    },
    'audit page': {
      requests: 500,
      make: () => ({ path: '/api/v1/audit/logs?page_size=50&entity_type=enrollment&count=false' }),
    },
    'transcript, 40 courses': { requests: 60, make: () => ({ path: `/api/v1/transcripts/${graduate}?language=el` }) },
  }
  const best = {}
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, { requests, make, expected = 200 }] of Object.entries(operations)) {
      const warm = { port, token, connections, make, expected, pid }
      if (round === 0) await load({ ...warm, requests: Math.ceil(requests / 5) })
      const seen = await load({ ...warm, requests })
      if (!best[name] || seen.rps > best[name].rps) best[name] = seen
    }
  }
  return best
}

function report(best) {
  const floorOf = (name) =>
    name.startsWith('floor') ? null : best[name.startsWith('list') ? 'floor: list of 50' : 'floor: get']
  console.log('| operation | requests/s | p50 ms | p99 ms | CPU ms/request | of its floor |')
  console.log('|---|---:|---:|---:|---:|---:|')
  for (const [name, { rps, p50, p99, cpu }] of Object.entries(best)) {
    const floor = floorOf(name)
    const share = floor ? `${Math.round((100 * rps) / floor.rps)} %` : ''
    console.log(
      `| ${name} | ${rps.toFixed(0)} | ${p50.toFixed(1)} | ${p99.toFixed(1)} | ${cpu.toFixed(2)} | ${share} |`,
    )
  }
}
