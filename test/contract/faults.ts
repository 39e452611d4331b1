import { future, past } from '../under-way.ts'
import { persona, unique, type World } from '../world.ts'
import { fault, type Fault, type FaultyRow, nowhere } from './fault.ts'
import { gradedFaults } from './graded-faults.ts'
import { filed, filter, recorded, student } from './sample-rows.ts'

async function archived(w: World, path: 'programs' | 'courses', { id }: { id: number }) {
  await w.registrar.post(`/${path}/${id}/archive`)
  return id
}

const [start_date, end_date] = ['2026-02-01', '2026-06-30']
const ofDates = (code: string, at: string, given: object): Fault => ({
  code,
  at,
  given: { start_date, end_date, ...given },
})

async function termInUse(w: World) {
  const { section_id } = (await recorded(w)).record
  return (await w.registrar.get(`/sections/${section_id}`)).data.term_id
}

/** Every kind of row that has rules, by its name in the audit log: a fault for each of them. */
export const faulty: Record<string, FaultyRow> = {
  student: async (w) => {
    const other = await w.student()
    return {
      path: '/students',
      sound: student,
      row: `/students/${(await w.student()).id}`,
      malformed: { study_year: 0 },
      faults: [
        fault('STUDENT_NUMBER_TAKEN', 'student_number', other.student_number),
        fault('STUDENT_EMAIL_TAKEN', 'email', other.email),
        fault('STUDENT_PROGRAM_NOT_FOUND', 'program_id', nowhere),
        fault('PROGRAM_ARCHIVED', 'program_id', await archived(w, 'programs', await w.program())),
        { code: 'NAME_MISSING', at: 'last_name', given: { last_name: null, first_name: null } },
        fault('ENROLLMENT_DATE_IN_FUTURE', 'enrollment_date', '2999-01-01'),
        {
          code: 'BIRTH_DATE_UNLIKELY',
          at: 'date_of_birth',
          given: { date_of_birth: '1899-12-31', enrollment_date: past },
        },
      ],
    }
  },
  program: async (w) => ({
    path: '/programs',
    sound: () => ({ code: `X${unique()}`, title: 'Law' }),
    row: `/programs/${(await w.program()).id}`,
    malformed: { credits_required: -1 },
    faults: [
      fault('PROGRAM_CODE_TAKEN', 'code', (await w.program()).code),
      fault('PROGRAM_SCHEME_NOT_FOUND', 'grading_scheme', 'no-such-scheme'),
    ],
  }),
  course: async (w) => ({
    path: '/courses',
    sound: () => ({ code: `X${unique()}`, title: 'Logic', credits: 5 }),
    row: `/courses/${(await w.course()).id}`,
    malformed: { absence_penalty: -1 },
    faults: [
      fault('COURSE_CODE_TAKEN', 'code', (await w.course()).code),
      fault('COURSE_PROGRAM_NOT_FOUND', 'program_id', nowhere),
    ],
  }),
  grading_scheme: async (w) => ({
    path: '/grading-schemes',
    sound: () => ({
      code: `X${unique()}`,
      pass_minimum: 0,
      bands: [{ minimum: 0, letter: 'attended', passing: true }],
    }),
    row: `/grading-schemes/${(await w.scheme()).id}`,
    malformed: { decimals: 9 },
    faults: [fault('NO_BANDS', 'bands', []), fault('PASS_MINIMUM_MISMATCH', 'pass_minimum', 50.5, 'bands')],
    creating: [fault('SCHEME_CODE_TAKEN', 'code', (await w.scheme()).code)],
    changing: [fault('SCHEME_CODE_FIXED', 'code', `Y${unique()}`)],
  }),
  term: async (w) => ({
    path: '/terms',
    changing: [fault('TERM_DAYS_OUTSIDE', 'start_date', future), fault('TERM_DAYS_OUTSIDE', 'end_date', past)],
    sound: () => ({ code: `X${unique()}`, name: 'Spring', start_date, end_date }),
    row: `/terms/${await termInUse(w)}`,
    malformed: { name_el: 5 },
    faults: [
      fault('TERM_CODE_TAKEN', 'code', (await w.term()).code),
      ofDates('TERM_DATES_ORDERED', 'end_date', { end_date: start_date }),
      ofDates('TERM_TOO_LONG', 'end_date', { end_date: '2028-06-30' }),
      ofDates('TERM_DROP_DEADLINE_OUTSIDE', 'drop_deadline', { drop_deadline: '2026-07-01' }),
      ofDates('TERM_WITHDRAW_DEADLINE_OUTSIDE', 'withdraw_deadline', { withdraw_deadline: '2026-07-02' }),
      ofDates('TERM_DEADLINES_ORDERED', 'withdraw_deadline', {
        drop_deadline: '2026-03-02',
        withdraw_deadline: '2026-03-01',
      }),
      ofDates('TERM_ENROLLMENT_WINDOW_ORDERED', 'enrollment_closes_at', {
        enrollment_opens_at: '2026-02-02T00:00:00Z',
        enrollment_closes_at: '2026-02-01T00:00:00Z',
      }),
      ofDates('TERM_OPENS_AFTER_END', 'enrollment_opens_at', { enrollment_opens_at: '2026-07-03T00:00:00Z' }),
      ofDates('TERM_CLOSES_AFTER_END', 'enrollment_closes_at', { enrollment_closes_at: '2026-07-04T00:00:00Z' }),
    ],
  }),
  section: async (w) => {
    const { id, course_id, term_id } = await w.section()
    const { number } = await w.section({ course_id, term_id })
    await w.enroll(id, (await w.student()).id)
    return {
      path: '/sections',
      sound: () => ({ course_id, term_id, capacity: 30 }),
      row: `/sections/${id}`,
      malformed: { waitlist_capacity: -1 },
      faults: [
        fault('SECTION_COURSE_NOT_FOUND', 'course_id', nowhere),
        fault('COURSE_ARCHIVED', 'course_id', await archived(w, 'courses', await w.course())),
        fault('SECTION_TERM_NOT_FOUND', 'term_id', nowhere),
        fault('SECTION_SCHEME_NOT_FOUND', 'grading_scheme', 'no-such-scheme'),
        { code: 'SECTION_NUMBER_TAKEN', at: 'number', given: { course_id, term_id, number } },
      ],
      changing: [fault('SECTION_CAPACITY_BELOW_SEATS', 'capacity', 0)],
    }
  },
  user: async (w) => {
    const [holder, another] = [await w.studentPersona(), await persona('faculty')]
    return {
      path: '/users',
      sound: () => ({
        email: `u${unique()}@lyceum.test`,
        password: 'Correct-Horse-9!',
        full_name: 'Somebody Else',
        role: 'student',
      }),
      row: `/users/${(await w.studentPersona()).userId}`,
      malformed: { tier: 'golden' },
      faults: [
        fault('EMAIL_TAKEN', 'email', another.email),
        fault('ACCOUNT_STUDENT_NOT_FOUND', 'student_id', nowhere),
        fault('STUDENT_HAS_ACCOUNT', 'student_id', holder.studentId),
        { code: 'invalid', at: 'role', given: { role: 'faculty', student_id: (await w.student()).id } },
      ],
      creating: [fault('password_length', 'password', 'Sho-9x!')],
    }
  },
  application: async (w) => {
    const [{ userId }, program, term] = [await persona('student'), await w.program(), await w.term()]
    const [other, elsewhere] = [await persona('student'), await w.program()]
    const open = { user_id: userId, program_id: elsewhere.id, term_id: term.id }
    const named = { first_name: 'Ζωή', last_name: 'Ράλλη' }
    await w.registrar.post('/applications', { ...named, ...open })
    const row = (
      await w.registrar.post('/applications', { ...named, ...open, program_id: program.id, user_id: other.userId })
    ).data
    return {
      path: '/applications',
      row: `/applications/${row.id}`,
      sound: () => ({
        first_name: 'Ζωή',
        last_name: 'Ράλλη',
        program_id: program.id,
        term_id: term.id,
        user_id: userId,
      }),
      malformed: { statement: 5 },
      faults: [
        fault('APPLICATION_ACCOUNT_NOT_FOUND', 'user_id', nowhere),
        fault('APPLICATION_PROGRAM_NOT_FOUND', 'program_id', nowhere),
        fault('PROGRAM_ARCHIVED', 'program_id', await archived(w, 'programs', await w.program())),
        fault('APPLICATION_TERM_NOT_FOUND', 'term_id', nowhere),
        { code: 'NAME_MISSING', at: 'last_name', given: { last_name: null, first_name: null } },
        fault('BIRTH_DATE_UNLIKELY', 'date_of_birth', '1899-12-31'),
      ],
      creating: [
        { code: 'APPLICATION_EXISTS', at: 'program_id', given: open },
        fault('APPLICATION_ACCOUNT_REQUIRED', 'user_id', undefined),
      ],
      changing: [fault('APPLICATION_ACCOUNT_FIXED', 'user_id', userId)],
    }
  },
  ...gradedFaults,
  request: async (w) => {
    const student_id = (await w.student()).id
    return {
      path: '/requests',
      sound: () => ({ student_id, type: 'noc' }),
      row: `/requests/${(await filed(w)).id}`,
      malformed: { details: 5 },
      faults: [],
      creating: [
        fault('STUDENT_NOT_FOUND', 'student_id', nowhere),
        fault('REQUEST_STUDENT_REQUIRED', 'student_id', undefined),
      ],
      changing: [fault('REQUEST_STUDENT_FIXED', 'student_id', student_id)],
    }
  },
  saved_filter: async (_, caller) => {
    const mine = filter()
    await caller.post('/saved-filters', mine)
    return {
      path: '/saved-filters',
      sound: filter,
      malformed: { made_up: 1 },
      faults: [
        { code: 'SAVED_FILTER_NAME_TAKEN', at: 'name', given: { name: mine.name, entity: mine.entity } },
        { code: 'unknown', at: 'query.nope', given: { query: { nope: '1' } }, on: ['entity'] },
      ],
    }
  },
}
