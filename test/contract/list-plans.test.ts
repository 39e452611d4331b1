import { beforeAll, expect, test } from 'vitest'
import { persona, type Persona } from '../world.ts'
import { lists } from './list-rows.ts'
import { faultsOf, plansOf, queriesOf } from './list-plans.ts'

let admin: Persona
beforeAll(async () => {
  admin = await persona('admin')
})

/** Why a list may read more rows than it shows, or sort them: of these lists, with these queries. */
const told = [
  {
    why: 'the table stays small, or grows by a few thousand rows a year',
    lists:
      /^list(?:Programs|Courses|Terms|GradingSchemes|Staff|Sections|Categories|Assessments|Invitations|ResultChanges)$/,
    queries: /^/,
  },
  {
    why: 'what runs the house: old rows go, or they are the days of some years',
    lists: /^list(?:Imports|DeadLetters|Approvals|DailyActivity|SavedFilters)$/,
    queries: /^/,
  },
  { why: 'the sessions of one account', lists: /^getSessions$/, queries: /^/ },
  { why: 'looks at all rows of before, which are read once', lists: /^listLegacy$/, queries: /^/ },
  { why: 'looks inside of texts', lists: /^/, queries: /__contains=/ },
  {
    why: 'rows of one student, section, teacher, account, assessment or number are few',
    lists: /^/,
    queries: /^(?:student_id|section_id|instructor_id|taught_by|user_id|email|assessment_id|student_number)(?:__in)?=/,
  },
  {
    why: 'several values are several places of an index, and codes may be those of several rows: what is found is sorted',
    lists: /^/,
    queries: /^(?:\w+__in|program_code)=/,
  },
  { why: 'found by sections, and sorted', lists: /^list(?:Results|Attendance)$/, queries: /^(?:term_id|course_id)=/ },
  {
    why: 'one of few values: a page in the order of the list is soon full',
    lists: /^/,
    queries:
      /^(?:study_year|tier|is_active|email_verified|end_reason|state|outcome|letter|success|method|period|enrollment_date|percentage|score)=/,
  },
  { why: 'the same: enrolled, completed', lists: /^list(?:Enrollments|Attendance)$/, queries: /^status=/ },
  {
    why: 'a span is walked in the order of the list; who asks what has changed orders by the moment, where an index begins',
    lists: /^/,
    queries: /^(?:\w+__(?:gte|lte|gt|lt)|from|to)=/,
  },
  {
    why: 'what one account did, among a page or two of one day',
    lists: /^/,
    queries: /^(?:published|frozen|graded|processed)_by=/,
  },
  { why: 'is asked together with entity_type', lists: /^listAuditEntries$/, queries: /^entity_id=/ },
  { why: 'is asked together with a day', lists: /^listAuditEntries$/, queries: /^request_id=/ },
  { why: 'of one account, or deleted with it', lists: /^listApplications$/, queries: /^student_id=/ },
  {
    why: 'the order of another table, which a roster is small enough to be sorted by',
    lists: /^list(?:Enrollments|Results|Scores|Requests)$/,
    queries: /^ordering=-?(?:student_number|student_name|course_code|assessment_title)$/,
  },
  {
    why: 'rows with one value are sorted among themselves',
    lists: /^/,
    queries: /^ordering=-?(?:last_name|status|type|role|assessment_id|student_id)$/,
  },
  {
    why: 'an index for each would make every write dearer than this reading is worth',
    lists: /^/,
    queries: /^ordering=-?(?:first_name|last_name|enrollment_date|study_year|percentage|period)$/,
  },
]

/** These are parts of one row, which is not there. */
const parts = [
  'getHolds',
  'getOverrides',
  'getResultHistory',
  'getStudentNotes',
  'getTranscripts',
  'listImportErrors',
  'listRegistrationAudit',
  'listUnresolvedSeats',
  'listWaitlist',
]

test('no list reads a table that grows, or sorts, but where it is told why', async () => {
  const found: (readonly [id: string, query: string, faults: string[]])[] = []
  const unasked = new Set<string>()
  for (const endpoint of lists)
    for (const query of queriesOf(endpoint)) {
      const { status, plans } = await plansOf(admin, `${endpoint.path.replaceAll(/:\w+/g, '1')}?${query}`)
      if (status === 200)
        found.push([endpoint.id, query, faultsOf(plans, query !== '' && !query.startsWith('ordering='))])
      else unasked.add(`${endpoint.id} ${status === 404 ? '' : query}`.trim())
    }
  const faulty = found.filter(([, , faults]) => faults.length > 0)
  const isTold = ([id, query]: (typeof found)[number]) =>
    told.some(({ lists: some, queries }) => some.test(id) && queries.test(query))
  expect([...unasked].toSorted()).toEqual(parts)
  expect(found.length).toBeGreaterThan(400)
  expect(faulty.filter((one) => !isTold(one)).map(([id, query, faults]) => `${id}?${query} ${faults.join()}`)).toEqual(
    [],
  )
  const idle = told.filter(
    ({ lists: some, queries }) => !faulty.some(([id, query]) => some.test(id) && queries.test(query)),
  )
  expect(idle.map(({ why }) => why)).toEqual([])
})

test.each([
  '/students?program_id=1&status=active',
  '/students?program_id=1',
  '/students?status=active',
  '/students?ordering=-created_at',
  '/enrollments?term_id=1&course_id=1',
  '/enrollments?term_id=1',
  '/enrollments?course_id=1',
  '/enrollments?student_id=1&status=enrolled',
  '/enrollments?ordering=-enrolled_at',
  '/results?section_id=1&state=draft',
  '/results?student_id=1&state=published',
  '/results?ordering=-updated_at',
  '/assessment-scores?ordering=-updated_at',
  '/attendance?ordering=-updated_at',
  '/applications?status=submitted',
  '/applications?program_id=1',
  '/requests?status=pending',
  '/requests?type=transcript',
  '/transcripts/jobs?status=queued',
  '/users?role=student',
  '/users?ordering=-created_at',
  '/audit/logs?action=student.create',
  '/audit/logs?entity_type=student&entity_id=1',
])('%s is answered by an index, page and total', async (path) => {
  const { status, plans } = await plansOf(admin, path)
  expect(status).toBe(200)
  expect(faultsOf(plans, !path.includes('ordering='))).toEqual([])
})
