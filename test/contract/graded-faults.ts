import { future, past } from '../under-way.ts'
import { unique } from '../world.ts'
import { fault, type FaultyRow, nowhere } from './fault.ts'
import { recorded, scored } from './sample-rows.ts'

/** Those of kinds of rows that grading has. */
export const gradedFaults: Record<string, FaultyRow> = {
  assessment_category: async (w) => {
    const { id } = await w.section()
    const { name } = await w.category(id, { weight: 40 })
    return {
      path: '/assessment-categories',
      sound: () => ({ section_id: id, name: `Part ${unique()}`, weight: 0 }),
      row: `/assessment-categories/${(await w.category(id)).id}`,
      malformed: { drop_lowest: -1 },
      faults: [
        fault('CATEGORY_NAME_TAKEN', 'name', name, 'section_id'),
        fault('CATEGORY_WEIGHT_EXCEEDED', 'weight', 60.01, 'section_id'),
      ],
      creating: [fault('SECTION_NOT_FOUND', 'section_id', nowhere)],
      changing: [
        fault('CATEGORY_KIND_FIXED', 'kind', 'attendance'),
        fault('CATEGORY_SECTION_FIXED', 'section_id', (await w.section()).id),
      ],
    }
  },
  assessment: async (w) => {
    const { section, assessment } = await scored(w)
    const attended = await w.category(section.id, { kind: 'attendance' })
    return {
      path: '/assessments',
      sound: () => ({ section_id: section.id, type: 'final', title: 'Exam', weight: 0 }),
      row: `/assessments/${assessment.id}`,
      malformed: { title_el: 5 },
      faults: [
        fault('ASSESSMENT_CATEGORY_NOT_FOUND', 'category_id', nowhere, 'section_id'),
        fault('CATEGORY_IS_ATTENDANCE', 'category_id', attended.id, 'section_id'),
      ],
      creating: [
        fault('SECTION_NOT_FOUND', 'section_id', nowhere),
        fault('WEIGHT_EXCEEDED', 'weight', 0.01, 'section_id', 'category_id'),
      ],
      changing: [
        fault('MAX_SCORE_BELOW_SCORES', 'max_score', 1),
        fault('ASSESSMENT_SECTION_FIXED', 'section_id', (await w.section()).id),
      ],
    }
  },
  attendance: async (w) => {
    const { id, section_id, student_id, date, period } = (await recorded(w)).record
    const seat = await w.enroll(section_id, (await w.student()).id)
    await w.registrar.patch(`/enrollments/${seat.id}`, { member_from: future })
    return {
      path: '/attendance',
      sound: () => ({ section_id, student_id, status: 'present', date: past, period: (unique() % 20) + 3 }),
      row: `/attendance/${id}`,
      malformed: { note: 5 },
      faults: [
        fault('ATTENDANCE_OUTSIDE_TERM', 'date', '2001-01-01', 'section_id'),
        fault('ATTENDANCE_IN_FUTURE', 'date', future),
      ],
      creating: [
        fault('SECTION_NOT_FOUND', 'section_id', nowhere),
        fault('NOT_ENROLLED', 'student_id', (await w.student()).id, 'section_id'),
        { code: 'ATTENDANCE_EXISTS', at: 'date', given: { date, period }, on: ['section_id', 'student_id'] },
        {
          code: 'ATTENDANCE_OUTSIDE_MEMBERSHIP',
          at: 'date',
          given: { date: past, student_id: seat.student_id },
          on: ['section_id'],
        },
      ],
      changing: [
        fault('ATTENDANCE_FIXED', 'section_id', (await w.section()).id),
        fault('ATTENDANCE_FIXED', 'student_id', seat.student_id),
      ],
    }
  },
  score: async (w) => {
    const { assessment, student: taker, score } = await scored(w)
    const free = await w.student()
    await w.enroll(score.section_id as number, free.id)
    return {
      path: '/assessment-scores',
      sound: () => ({ assessment_id: assessment.id, student_id: free.id, score: 80 }),
      malformed: { made_up: 1 },
      row: `/assessment-scores/${score.id}`,
      faults: [
        fault('SCORE_EXCEEDS_MAX', 'score', 100.01, 'assessment_id'),
        { code: 'SCORE_STATE_MISMATCH', at: 'score', given: { state: 'missing' }, on: ['score'] },
      ],
      creating: [
        fault('ASSESSMENT_NOT_FOUND', 'assessment_id', nowhere),
        fault('NOT_ENROLLED', 'student_id', (await w.student()).id, 'assessment_id'),
        fault('SCORE_EXISTS', 'student_id', taker.id, 'assessment_id'),
      ],
    }
  },
}
