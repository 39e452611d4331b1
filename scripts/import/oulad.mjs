// `npm run import:oulad -- <folder>`: loads the Open University Learning Analytics dataset (Kuzilek, Hlosta, Zdrahal 2017, CC BY 4.0)
// through the API, and says what is odd about it. Doing it again changes nothing. LYCEUM_URL, LYCEUM_EMAIL and LYCEUM_PASSWORD name the
// server and an account of the registry, LYCEUM_CODE is a one-time code where it has a second factor; the local one by default.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { signIn } from './api.mjs'
import { presentationsOf } from './oulad-data.mjs'
import { printTable } from './tables.mjs'

const folder = process.argv[2]
if (!folder || !existsSync(join(folder, 'studentAssessment.csv'))) {
  console.error('Say where the data is: npm run import:oulad -- <folder with courses.csv, assessments.csv, ...>')
  process.exit(1)
}

const startedAt = performance.now()
const data = presentationsOf(folder)
const api = await signIn()
const reports = []
const load = async (entity, rows) => reports.push(await api.load(entity, rows))

await load('courses', data.courses())
await load('terms', data.terms())
await load('sections', data.sections())
reports.push(await loadCategories())
await load('students', data.students())
await load('enrollments', data.enrollments())
await load('assessments', data.assessments())
await load('scores', data.scores())

printTable(reports)
const changed = reports.reduce((sum, { created, updated }) => sum + created + updated, 0)
console.log(
  changed === 0 ? '\nNothing changed: everything was there already.' : `\n${changed} rows were created or updated.`,
)
console.log('\nWhat the data holds that a naive import would stumble over:')
for (const [what, count] of data.anomalies()) console.log(`  ${String(count).padStart(7)}  ${what}`)
const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
const megabytes = Math.round(process.resourceUsage().maxRSS / 1024)
console.log(`\n${seconds} s; this script took ${megabytes} MB at most.`)
console.log('Data: Kuzilek, Hlosta, Zdrahal 2017, Open University Learning Analytics dataset, CC BY 4.0.')
if (reports.some(({ failed }) => failed > 0)) process.exitCode = 1

/** Coursework and exam of each section, by the API: there is no import for categories. */
async function loadCategories() {
  const started = performance.now()
  const sections = await api.all('/sections')
  const there = new Set(
    (await api.all('/assessment-categories')).map(({ section_id, name }) => `${section_id}/${name}`),
  )
  const idOf = new Map(sections.map(({ id, course_code, term_code }) => [`${course_code}/${term_code}`, id]))
  const wanted = data.categories().map(({ course_code, term_code, ...category }) => ({
    ...category,
    section_id: idOf.get(`${course_code}/${term_code}`),
  }))
  const missing = wanted.filter(({ section_id, name }) => !there.has(`${section_id}/${name}`))
  for (const category of missing) await api.post('/assessment-categories', category)
  return {
    entity: 'categories',
    rows: wanted.length,
    created: missing.length,
    updated: 0,
    skipped: wanted.length - missing.length,
    failed: 0,
    seconds: Number(((performance.now() - started) / 1000).toFixed(1)),
  }
}
