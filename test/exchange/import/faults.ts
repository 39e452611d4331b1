import { unique, type World } from '../../world.ts'
import { gradedSection, published } from '../../grading/graded-section.ts'

type Row = Record<string, unknown>

/** One way to break a rule: what a line gives for it, the column that is told, and the code. */
export interface Fault {
  given: Row
  at: string
  code: string
  /** Columns of whose further faults nothing can be known beside it. */
  hides?: readonly string[]
}

export interface Faulty {
  /** A sound line of a new row, another one each time. */
  fresh: () => Row
  /** A sound line that changes a row which is there. */
  there?: () => Row
  /** Of a new row or of any. */
  faults: Fault[]
  /** Of a row that is there alone. */
  changing?: Fault[]
}

const fault = (at: string, code: string, value: unknown): Fault => ({ given: { [at]: value }, at, code })
const nothing = (at: string, ...hides: string[]): Fault => ({
  ...fault(at, 'IMPORT_REFERENCE_NOT_FOUND', 'NO-SUCH'),
  hides,
})

async function archived(w: World, path: 'programs' | 'courses', { id, code }: { id: number; code: string }) {
  await w.registrar.post(`/${path}/${id}/archive`)
  return code
}

const named = ({ course_code, term_code, number }: Row) => ({ course_code, term_code, section_number: number })

async function seated(w: World) {
  const section = await w.section()
  const student = await w.student()
  await w.enroll(section.id, student.id)
  return { section, row: { ...named(section), student_number: student.student_number } }
}

/** A section of which a result is official, and a line that names it. */
async function official(w: World) {
  const section = await gradedSection(w, { marks: [[80]] })
  await published(w, section)
  return (await w.registrar.get(`/sections/${section.id}`)).data
}

/** Every kind of row that is imported: how a line is refused, one fault for each rule that the file alone or the database knows. */
export const faulty: Record<string, (w: World) => Promise<Faulty>> = {
  programs: async (w) => {
    const { code } = await w.program()
    return {
      fresh: () => ({ code: `AF${unique()}`, title: 'Law' }),
      there: () => ({ code }),
      faults: [
        fault('title', 'too_long', 'x'.repeat(201)),
        fault('credits_required', 'too_small', -1),
        fault('repeat_policy', 'not_one_of', 'always'),
        fault('grading_scheme', 'PROGRAM_SCHEME_NOT_FOUND', 'no-such-scheme'),
      ],
    }
  },
  courses: async (w) => {
    const { code } = await w.course()
    return {
      fresh: () => ({ code: `AF${unique()}`, title: 'Logic', credits: 5 }),
      there: () => ({ code }),
      faults: [
        fault('title', 'too_long', 'x'.repeat(201)),
        fault('credits', 'too_big', 61),
        fault('absence_penalty', 'wrong_type', 'much'),
        nothing('program_code'),
      ],
    }
  },
  terms: async (w) => {
    const dates = { start_date: '2026-02-01', end_date: '2026-06-30' }
    const { code } = await w.term(dates)
    return {
      fresh: () => ({ code: `AF${unique()}`, name: 'Spring', ...dates }),
      there: () => ({ code }),
      faults: [
        fault('name', 'too_long', 'x'.repeat(101)),
        fault('status', 'not_one_of', 'ajar'),
        fault('drop_deadline', 'TERM_DATES_INVALID', '2026-07-01'),
        fault('withdraw_deadline', 'TERM_DATES_INVALID', '2026-07-02'),
        fault('enrollment_opens_at', 'TERM_DATES_INVALID', '2026-07-03T00:00:00Z'),
        fault('enrollment_closes_at', 'TERM_DATES_INVALID', '2026-07-04T00:00:00Z'),
        fault('end_date', 'TERM_DATES_INVALID', '2026-01-31'),
        {
          ...fault('start_date', 'invalid_format', '1 February'),
          hides: ['end_date', 'drop_deadline', 'withdraw_deadline'],
        },
      ],
    }
  },
  sections: async (w) => {
    const [{ course_code, term_code, number, id }, graded] = [await w.section(), await official(w)]
    await w.enroll(id, (await w.student()).id)
    const free = await w.section()
    return {
      fresh: () => ({ course_code: free.course_code, term_code: free.term_code, number: `A${unique() % 100_000}` }),
      there: () => ({ course_code, term_code, number }),
      faults: [
        fault('waitlist_capacity', 'too_small', -1),
        fault('title_el', 'too_long', 'x'.repeat(201)),
        fault('grading_scheme', 'SECTION_SCHEME_NOT_FOUND', 'no-such-scheme'),
        nothing('term_code', 'capacity'),
        nothing('course_code', 'capacity'),
        {
          ...fault('course_code', 'COURSE_ARCHIVED', await archived(w, 'courses', await w.course())),
          hides: ['capacity'],
        },
      ],
      changing: [
        fault('capacity', 'SECTION_CAPACITY_BELOW_SEATS', 0),
        ...(['title', 'credits', 'grading_scheme'] as const).map((at, n) => ({
          given: {
            course_code: graded.course_code,
            term_code: graded.term_code,
            number: graded.number,
            [at]: ['Other', 59, 'greek-10'][n],
          },
          at,
          code: 'SECTION_GRADED',
        })),
      ],
    }
  },
  students: async (w) => {
    const [holder, there] = [await w.student(), await w.student()]
    return {
      fresh: () => {
        const n = unique()
        return { student_number: `AF-${n}`, first_name: 'Ζωή', last_name: 'Ράλλη', email: `af${n}@lyceum.test` }
      },
      there: () => ({ student_number: there.student_number }),
      faults: [
        fault('phone', 'invalid_format', 'none'),
        fault('study_year', 'too_big', 13),
        fault('email', 'STUDENT_EMAIL_TAKEN', holder.email),
        fault('email', 'invalid_format', 'nobody'),
        nothing('program_code'),
        fault('program_code', 'PROGRAM_ARCHIVED', await archived(w, 'programs', await w.program())),
        fault('enrollment_date', 'ENROLLMENT_DATE_IN_FUTURE', '2999-01-01'),
        fault('date_of_birth', 'BIRTH_DATE_UNLIKELY', '1850-01-01'),
        { given: { first_name: '', last_name: '' }, at: 'last_name', code: 'NAME_MISSING' },
      ],
    }
  },
  enrollments: async (w) => {
    const [{ section, row }, stranger, closed] = [await seated(w), await w.student(), await w.section()]
    await w.registrar.post(`/terms/${closed.term_id}/close`)
    return {
      fresh: () => ({
        ...named(section),
        student_number: stranger.student_number,
        enrolled_at: new Date(Date.UTC(2025, 1, 1) + unique() * 1000).toISOString(),
        status: 'withdrawn',
        ended_at: '2026-04-01',
      }),
      there: () => ({ ...row, enrolled_at: '' }),
      faults: [
        nothing('student_number'),
        nothing('course_code', 'member_from'),
        { given: named(closed), at: 'term_code', code: 'TERM_CLOSED' },
        { given: { status: 'enrolled', ended_at: '2026-04-01' }, at: 'ended_at', code: 'IMPORT_END_MISMATCH' },
        { given: { status: 'dropped', ended_at: '' }, at: 'ended_at', code: 'IMPORT_END_MISMATCH' },
        { given: { status: 'asleep' }, at: 'status', code: 'not_one_of' },
        {
          given: { enrolled_at: '2026-03-02', status: 'dropped', ended_at: '2026-03-01' },
          at: 'ended_at',
          code: 'IMPORT_END_BEFORE_START',
        },
        fault('member_from', 'MEMBERSHIP_OUTSIDE_TERM', '1999-01-01'),
        fault('member_until', 'invalid_format', 'May'),
      ],
    }
  },
  attendance: async (w) => {
    const [{ section, row }, stranger] = [await seated(w), await w.student()]
    const { start_date } = (await w.registrar.get(`/terms/${section.term_id}`)).data
    return {
      fresh: () => ({ ...row, date: start_date, period: 1, status: 'present' }),
      faults: [
        fault('status', 'not_one_of', 'asleep'),
        fault('note', 'too_long', 'x'.repeat(5000)),
        fault('date', 'ATTENDANCE_IN_FUTURE', '2999-01-01'),
        fault('date', 'ATTENDANCE_OUTSIDE_TERM', '1999-01-01'),
        fault('date', 'invalid_format', 'May'),
        fault('period', 'too_big', 25),
        fault('student_number', 'NOT_ENROLLED', stranger.student_number),
        nothing('student_number'),
      ],
    }
  },
  assessments: async (w) => {
    const section = await w.section()
    const student = await w.student()
    await w.enroll(section.id, student.id)
    const exam = await w.assessment(section.id, { title: 'Exam', weight: 60, max_score: 20 })
    await w.assessment(section.id, { title: 'Quiz', weight: 10 })
    const scores = [{ assessment_id: exam.id, student_id: student.id, score: 15 }]
    await w.registrar.put(`/sections/${section.id}/gradebook`, { scores })
    const roll = await w.category(section.id, { kind: 'attendance' })
    const graded = named(await official(w))
    return {
      fresh: () => ({ ...named(section), title: `Work ${unique()}`, type: 'final', weight: 1 }),
      there: () => ({ ...named(section), title: 'Exam' }),
      faults: [
        fault('type', 'not_one_of', 'party'),
        fault('title_el', 'too_long', 'x'.repeat(201)),
        fault('weight', 'too_big', 101),
        fault('weight', 'WEIGHT_EXCEEDED', 100),
        nothing('category_name', 'weight'),
        { ...fault('category_name', 'CATEGORY_IS_ATTENDANCE', roll.name), hides: ['weight', 'section_number'] },
        { given: graded, at: 'section_number', code: 'RESULT_OFFICIAL', hides: ['weight'] },
      ],
      changing: [fault('max_score', 'MAX_SCORE_BELOW_SCORES', 10)],
    }
  },
  scores: async (w) => {
    const [{ section, row }, stranger] = [await seated(w), await w.student()]
    await w.assessment(section.id, { title: 'Exam', max_score: 20 })
    return {
      fresh: () => ({ ...row, assessment_title: 'Exam', score: 10, state: 'graded' }),
      faults: [
        fault('state', 'not_one_of', 'lost'),
        fault('score', 'SCORE_EXCEEDS_MAX', 21),
        fault('score', 'wrong_type', 'ten'),
        { given: { score: '', state: 'graded' }, at: 'score', code: 'SCORE_STATE_MISMATCH' },
        { given: { score: 5, state: 'missing' }, at: 'score', code: 'SCORE_STATE_MISMATCH' },
        fault('student_number', 'NOT_ENROLLED', stranger.student_number),
        nothing('student_number'),
        nothing('assessment_title', 'score'),
      ],
    }
  },
}
