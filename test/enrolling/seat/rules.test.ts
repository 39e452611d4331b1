import { describe, expect, test } from 'vitest'
import { type EnrollmentCase, enrollmentRefusals } from '#/enrolling/seat/rules.ts'
import { messageOf } from '#/platform/errors.ts'
import { languages } from '#/platform/words.ts'

const opens = '2026-09-01T06:00:00.000Z'
const closes = '2026-10-01T06:00:00.000Z'

function caseOf({
  now = '2026-09-15T00:00:00.000Z',
  credits = [5],
  limit = null as number | null,
} = {}): EnrollmentCase {
  const [own = 0, ...others] = credits
  return {
    student: { status: 'active', credit_limit: limit },
    section: {
      id: 1,
      number: '1',
      course_id: 1,
      course_code: 'ALG1',
      credits: own,
      capacity: 2,
      seats_taken: 1,
      waitlist_capacity: 0,
      waiting: 0,
      term: {
        id: 1,
        code: '2026A',
        status: 'open',
        enrollment_opens_at: opens,
        enrollment_closes_at: closes,
        turnstile_pace: null,
      },
    },
    seats: others.map((credits, n) => ({
      id: n + 2,
      status: 'enrolled',
      is_graded: 0,
      section_number: '2',
      section_id: n + 2,
      course_id: n + 2,
      course_code: `C${n}`,
      credits,
      term_id: 1,
    })),
    company: [],
    meetings: [],
    holds: [],
    has_result: false,
    is_waiting: false,
    left: undefined,
    requirements: [],
    now,
    time_zone: 'Europe/Athens',
  }
}

const codes = (of: EnrollmentCase) => enrollmentRefusals(of).map(({ error }) => error.code)

describe('the window of a term', () => {
  test.each([
    ['a millisecond before it opens', '2026-09-01T05:59:59.999Z', ['ENROLLMENT_WINDOW_CLOSED']],
    ['at the moment it opens', opens, []],
    ['a millisecond before it closes', '2026-10-01T05:59:59.999Z', []],
    ['at the moment it closes', closes, ['ENROLLMENT_WINDOW_CLOSED']],
  ])('%s', (_, now, expected) => {
    expect(codes(caseOf({ now }))).toEqual(expected)
  })
})

test.each([
  [
    opens,
    closes,
    'It opens on 1 September 2026 at 09:00 and closes on 1 October 2026 at 09:00.',
    'Ανοίγουν στις 1 Σεπτεμβρίου 2026 στις 09:00 και κλείνουν στις 1 Οκτωβρίου 2026 στις 09:00.',
  ],
  [opens, null, 'It opens on 1 September 2026 at 09:00.', 'Ανοίγουν στις 1 Σεπτεμβρίου 2026 στις 09:00.'],
  [null, closes, 'It closed on 1 October 2026 at 09:00.', 'Έκλεισαν στις 1 Οκτωβρίου 2026 στις 09:00.'],
])('a window from %s to %s is told as people read it where the institution is', (from, until, en, el) => {
  const of = caseOf({ now: from === null ? '2027-01-01T00:00:00.000Z' : '2020-01-01T00:00:00.000Z' })
  const term = { ...of.section.term, enrollment_opens_at: from, enrollment_closes_at: until }
  const [first] = enrollmentRefusals({ ...of, section: { ...of.section, term } })
  const said = languages.map((language) => messageOf(first!.error, first!.params, language))
  expect(said).toEqual([expect.stringContaining(` now. ${en} At `), expect.stringContaining(` τώρα. ${el} Εκτός `)])
})

const mine = { id: 2, status: 'enrolled', is_graded: 0, section_number: '2', course_id: 1 }
test.each([
  ['enrolled', [mine], 'To change the section: POST /api/v1/enrollments/2/transfer.'],
  ['completed without a result', [{ ...mine, status: 'completed' }], 'the course is taken again in another term'],
  ['official', [{ ...mine, status: 'completed', is_graded: 1 }], 'Its result there is official'],
  ['enrolled beside a completed one', [mine, { ...mine, id: 3, status: 'completed' }], 'taken again in another term'],
  ['enrolled beside an official one', [mine, { ...mine, id: 3, is_graded: 1 }], 'Its result there is official'],
  ['two that may be ended', [mine, { ...mine, id: 3 }], 'All but one of these seats have to be ended first.'],
])('a seat of the course that is %s is answered with what can be done', (_, seats, advice) => {
  const of = caseOf({ credits: [5, 5] })
  const section = { ...of.section, capacity: 1, seats_taken: 1, waitlist_capacity: 5, waiting: 0 }
  const taken = seats.map((seat) => ({ ...of.seats[0]!, ...seat }))
  const [first] = enrollmentRefusals({ ...of, section, seats: taken })
  const message = messageOf(first!.error, first!.params, 'en')
  expect(message).toContain(advice)
  expect(message.includes('swap')).toBe(advice.includes('transfer'))
})

describe('the limit of credits', () => {
  test.each([
    ['is kept by exactly as many', [5, 25], 30, []],
    ['is passed by a tenth', [5.1, 25], 30, ['CREDIT_LIMIT']],
    ['is counted in exact tenths', [0.1, 0.2, 0.1, 0.2, 0.1], 0.7, []],
  ])('%s', (_, credits, limit, expected) => {
    expect(codes(caseOf({ credits, limit }))).toEqual(expected)
  })
})

test('another section of the course is no clash: there is no seat beside it; a section of another course is', () => {
  const meeting = { weekday: 1, start: '09:00', end: '11:00', start_date: '2026-10-01', end_date: '2027-02-15' }
  const meetings = [
    { section_id: 1, ...meeting },
    { section_id: 2, ...meeting },
  ]
  const of = { ...caseOf({ credits: [5, 5] }), meetings }
  expect(codes(of)).toEqual(['SCHEDULE_CONFLICT'])
  expect(codes({ ...of, seats: of.seats.map((seat) => ({ ...seat, course_id: 1 })) })).toEqual(['COURSE_ALREADY_TAKEN'])
})
