import { beforeAll, describe, expect, test } from 'vitest'
import { settingsOf } from '#/platform/env.ts'
import { composeRecord } from '#/paperwork/transcript/compose-record.ts'
import { findRecordRows } from '#/paperwork/transcript/queries.ts'
import { systemContext, testEnv, type World, world } from '../../world.ts'
import { computed, execute, gradedSection, published, taken } from '../../grading/graded-section.ts'
import { digestOf, recordOf } from './issued.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const inYear = (year: number) => w.term({ start_date: `${year}-10-01`, end_date: `${year + 1}-02-15` })

/** Databases (6 credits) taken three times with 50, 90 and 70; Logic (3 credits) once in the first term with 80. */
async function repeater(program_id: number | null) {
  const student = await w.student({ program_id })
  const [databases, logic] = [await w.course({ credits: 6 }), await w.course({ title: 'Logic', credits: 3 })]
  const terms = [await inYear(2023), await inYear(2024), await inYear(2025)]
  // The order in which results are published is not the order of the terms.
  for (const [index, percentage] of [
    [2, 70],
    [0, 50],
    [1, 90],
  ] as const)
    await taken(w, student.id, percentage, { course_id: databases.id, term_id: terms[index]!.id })
  await taken(w, student.id, 80, { course_id: logic.id, term_id: terms[0]!.id })
  return { record: await recordOf(student.id), databases, terms }
}

describe('a record with repeats', () => {
  test.each([
    ['best', { average: '86.67', gpa: '3.47' }, [false, true, false]],
    ['last', { average: '73.33', gpa: '2.93' }, [false, false, true]],
    ['first', { average: '60.00', gpa: '2.40' }, [true, false, false]],
    ['average', { average: '73.33', gpa: '2.93' }, [true, true, true]],
  ])('counts the %s attempt, and shows all of them', async (repeat_policy, averages, counted) => {
    const { record, databases, terms } = await repeater((await w.program({ repeat_policy })).id)
    expect(record.cumulative).toEqual({ ...averages, credits_earned: '9.0', credits_attempted: '9.0' })
    expect(record.terms.map(({ code }) => code)).toEqual(terms.map((term) => term['code']))
    const attempts = record.terms.flatMap(({ courses }) => courses).filter(({ code }) => code === databases['code'])
    expect(attempts.map(({ percentage }) => percentage)).toEqual(['50.00', '90.00', '70.00'])
    expect(attempts.map((attempt) => attempt.counted)).toEqual(counted)
  })

  test('lets every term stand by what was taken in it, and earns credits once', async () => {
    const { record } = await repeater((await w.program({ repeat_policy: 'best' })).id)
    const standings = record.terms.map(({ average, gpa, credits_earned }) => [average, gpa, credits_earned])
    expect(standings).toEqual([
      ['60.00', '2.40', '3.0'],
      ['90.00', '3.60', '6.0'],
      ['70.00', '2.80', '0.0'],
    ])
  })

  test('counts the best attempt when the student has no program', async () => {
    const { record } = await repeater(null)
    expect([record.program, record.cumulative.average]).toEqual([null, '86.67'])
  })
})

describe('a record', () => {
  test('has everything that is certified, with decimals as text', async () => {
    const program = await w.program({ degree: 'BSc', degree_el: 'Πτυχίο', credits_required: 240 })
    const course = await w.course({ credits: 7.5, program_id: program.id })
    const term = await w.term({ name: 'Autumn 2026', name_el: 'Χειμερινό 2026' })
    const student = await w.student({
      program_id: program.id,
      latin_name: 'Eleni Pappa',
      father_name: 'Γεώργιος',
      date_of_birth: '2004-03-09',
    })
    await taken(w, student.id, 85.5, { course_id: course.id, term_id: term.id })
    expect(await recordOf(student.id)).toEqual({
      institution: { en: 'Lyceum University', el: 'Πανεπιστήμιο Λύκειον' },
      institution_address: null,
      student: {
        number: student['student_number'],
        name: 'Ελένη Παππά',
        latin_name: 'Eleni Pappa',
        father_name: 'Γεώργιος',
        date_of_birth: '2004-03-09',
        enrollment_date: '2025-09-20',
      },
      program: {
        code: program['code'],
        title: { en: 'Informatics', el: 'Πληροφορική' },
        degree: 'BSc',
        degree_el: 'Πτυχίο',
        credits_required: '240.0',
      },
      scale: expect.objectContaining({
        max: '100',
        pass: '60.00',
        shows_percent: true,
        bands: ['A+ 90', 'A 85', 'B+ 80', 'B 75', 'C+ 70', 'C 65', 'D 60'].map((text) => {
          const [letter = '', minimum = ''] = text.split(' ')
          return { from: `${minimum}.00`, name: { en: letter, el: letter } }
        }),
      }) as object,
      terms: [
        {
          code: term['code'],
          name: { en: 'Autumn 2026', el: 'Χειμερινό 2026' },
          courses: [
            {
              code: course['code'],
              title: { en: 'Databases', el: 'Βάσεις Δεδομένων' },
              credits: '7.5',
              letter: 'A',
              value: '85.50',
              scale: '100',
              band: { en: 'A', el: 'A' },
              percentage: '85.50',
              points: '3.42',
              outcome: 'pass',
              counted: true,
            },
          ],
          average: '85.50',
          gpa: '3.42',
          credits_earned: '7.5',
        },
      ],
      cumulative: { average: '85.50', gpa: '3.42', credits_earned: '7.5', credits_attempted: '7.5' },
    })
  })

  test('weighs 85.0 of 3 credits and 95.0 of 2 to a GPA of 3.56', async () => {
    const student = await w.student()
    const term_id = (await w.term()).id
    await taken(w, student.id, 85, { course_id: (await w.course({ credits: 3 })).id, term_id })
    await taken(w, student.id, 95, { course_id: (await w.course({ credits: 2 })).id, term_id })
    const { cumulative } = await recordOf(student.id)
    expect(cumulative).toEqual({ average: '89.00', gpa: '3.56', credits_earned: '5.0', credits_attempted: '5.0' })
  })

  test('has grades and averages on the scale of the program, and says where a grade is on another', async () => {
    const student = await w.student({ program_id: (await w.program({ grading_scheme: 'greek-10' })).id })
    const term_id = (await w.term()).id
    const courses = [
      await w.course({ credits: 6 }),
      await w.course({ credits: 4, program_id: (await w.program({ grading_scheme: 'greek-20' })).id }),
    ]
    await taken(w, student.id, 84.95, { course_id: courses[0]!.id, term_id })
    await taken(w, student.id, 77.75, { course_id: courses[1]!.id, term_id })
    const { scale, terms, cumulative } = await recordOf(student.id)
    expect(scale).toMatchObject({ max: '10', pass: '5.00', shows_percent: false })
    expect(scale?.bands).toEqual([
      { from: '8.50', name: { en: 'Excellent', el: 'Άριστα' } },
      { from: '6.50', name: { en: 'Very good', el: 'Λίαν καλώς' } },
      { from: '5.00', name: { en: 'Good', el: 'Καλώς' } },
    ])
    const shown = terms[0]!.courses.map(({ value, scale, band }) => [value, scale, band?.el])
    expect(shown.toSorted()).toEqual([
      ['15.55', '20', 'Λίαν καλώς'],
      ['8.50', '10', 'Άριστα'],
    ])
    // (6 x 8.50 + 4 x 7.775) / 10
    expect([terms[0]!.average, cumulative.average]).toEqual(['8.21', '8.21'])
  })

  test('a failed course weighs in and earns nothing', async () => {
    const student = await w.student()
    await taken(w, student.id, 40, { course_id: (await w.course({ credits: 6 })).id })
    const { cumulative } = await recordOf(student.id)
    expect(cumulative).toEqual({ average: '40.00', gpa: '1.60', credits_earned: '0.0', credits_attempted: '6.0' })
  })

  test('uses the English title where there is no Greek one', async () => {
    const student = await w.student()
    await taken(w, student.id, 80, { course_id: (await w.course({ title_el: null })).id })
    expect((await recordOf(student.id)).terms[0]?.courses[0]?.title).toEqual({ en: 'Databases', el: 'Databases' })
  })

  test('has no drafts, and is the same to the last byte until they are published', async () => {
    const student = await w.student()
    await taken(w, student.id, 80, {})
    const before = await recordOf(student.id)
    const section = await gradedSection(w, { students: [student.id], marks: [[95]] })
    await computed(w, section)
    const after = await recordOf(student.id)
    expect([after, await digestOf(after)]).toEqual([before, await digestOf(before)])
    await published(w, section)
    const then = await recordOf(student.id)
    expect(then.terms).toHaveLength(2)
    expect(await digestOf(then)).not.toBe(await digestOf(before))
  })

  test('of somebody without results is empty and has no averages', async () => {
    const student = await w.student()
    await computed(w, await gradedSection(w, { students: [student.id], marks: [[95]] }))
    const { terms, cumulative } = await recordOf(student.id)
    expect(terms).toEqual([])
    expect(cumulative).toEqual({ average: null, gpa: null, credits_earned: '0.0', credits_attempted: '0.0' })
  })

  test.each(['withdrawn', 'incomplete'] as const)('leaves a course that is %s out of the averages', async (outcome) => {
    const student = await w.student()
    await taken(w, student.id, 80, { course_id: (await w.course({ credits: 6 })).id })
    await taken(w, student.id, 0, { course_id: (await w.course({ credits: 6 })).id })
    const rows = await findRecordRows(systemContext(), { studentId: student.id, language: 'en' })
    const results = rows.results.map((row) =>
      row.result.percentage === 0 ? { ...row, result: { ...row.result, outcome } } : row,
    )
    const { cumulative } = composeRecord({ ...rows, results }, settingsOf(testEnv))
    expect(cumulative).toEqual({ average: '80.00', gpa: '3.20', credits_earned: '6.0', credits_attempted: '6.0' })
  })
})

test('from 30 grades on a record tells their distribution, which nothing changes that comes later', async () => {
  const bands = [
    { minimum: 80, letter: 'high', name_el: 'Υψηλός', passing: true },
    { minimum: 50, letter: 'pass', passing: true },
    { minimum: 0, letter: 'fail', passing: false },
  ]
  const program_id = (await w.program({ grading_scheme: (await w.scheme({ bands })).code })).id
  const course_id = (await w.course({ program_id })).id
  const marks = Array.from({ length: 29 }, (_, index) => [index < 9 ? 85 : index < 24 ? 60 : 20])
  const crowd = await gradedSection(w, { course_id, marks })
  const [one] = crowd.students
  await execute('update student set program_id = ? where id = ?', program_id, one!)
  await published(w, crowd)
  const last = (await w.student({ program_id })).id
  const distributionOf = async (student: number) => (await recordOf(student)).scale?.distribution
  expect(await distributionOf(one!)).toBeUndefined()
  const before = await digestOf(await recordOf(one!))
  await taken(w, last, 90, { course_id })
  expect(await distributionOf(last)).toEqual({
    grades: 30,
    bands: [
      { name: { en: 'high', el: 'Υψηλός' }, grades: 10 },
      { name: { en: 'pass', el: 'pass' }, grades: 15 },
      { name: { en: 'fail', el: 'fail' }, grades: 5 },
    ],
  })
  expect(await digestOf(await recordOf(one!))).toBe(before)
})
