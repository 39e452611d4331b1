import { beforeAll, describe, expect, test } from 'vitest'
import { refusal } from '../../call.ts'
import { type Persona, persona, type World, world } from '../../world.ts'
import { computed, type GradedSection, gradedSection, published } from '../graded-section.ts'

let w: World
let me: Persona
let other: Persona
/** Of the student and the other one: a published, a frozen and a draft section. */
let sections: { published: GradedSection; frozen: GradedSection; draft: GradedSection }
let ids: { published: number[]; frozen: number[]; draft: number[] }

beforeAll(async () => {
  w = await world()
  me = await w.studentPersona({ last_name: 'Παππά', first_name: 'Ελένη' })
  other = await w.studentPersona({ last_name: 'Ωραιοπούλου', first_name: 'Ηλέκτρα' })
  const students = [me.studentId!, other.studentId!]
  const given = (mine: number, theirs: number) => gradedSection(w, { students, marks: [[mine], [theirs]] })
  sections = { published: await given(81, 91), frozen: await given(72, 92), draft: await given(63, 93) }
  ids = {
    published: await published(w, sections.published),
    frozen: await published(w, sections.frozen),
    draft: await computed(w, sections.draft),
  }
  await w.registrar.post('/results/freeze', { section_id: sections.frozen.id })
})

const seen = async (caller: Persona, query = '') => {
  const { data } = await caller.get(`/results${query}`)
  return data.items.map(({ percentage }: { percentage: number }) => percentage) as number[]
}

describe('a result', () => {
  test('says whether it is official, and who made it so', async () => {
    const { userId: registrar } = w.registrar
    const publication = { is_published: true, published_by: registrar, published_by_name: 'The registrar' }
    const states = await Promise.all(
      [ids.frozen[0], ids.published[0], ids.draft[0]].map(async (id) => (await w.registrar.get(`/results/${id}`)).data),
    )
    const [frozen, published, draft] = states
    expect(frozen).toMatchObject({ ...publication, frozen_by: registrar, frozen_by_name: 'The registrar' })
    expect(published).toMatchObject({ ...publication, frozen_by: null, frozen_by_name: null })
    expect(draft).toMatchObject({ is_published: false, published_by: null, published_by_name: null })
    expect((await w.registrar.get(`/results?section_id=${sections.draft.id}`)).data.items[0]).toMatchObject({
      is_published: false,
    })
  })

  test('is found by what its row shows', async () => {
    const { id, section_id, course_code } = (await w.registrar.get(`/results/${ids.frozen[0]}`)).data
    for (const words of ['ελενη παππα frozen', `pappa ${course_code}`, `${id} ελενη`, 'c+ παππα', 'registrar παππα']) {
      const { data } = await w.registrar.get(`/results?section_id=${section_id}&search=${encodeURIComponent(words)}`)
      expect(data.items.map((one) => one.id)).toEqual([id])
    }
  })
})

describe('a student', () => {
  test('sees the own published and frozen results', async () => {
    expect(await seen(me)).toEqual([81, 72])
    expect((await me.get('/results')).data.total).toBe(2)
    const answer = await me.get(`/results/${ids.published[0]}`)
    expect(answer.data).toMatchObject({ student_id: me.studentId, percentage: 81, letter: 'B+', state: 'published' })
    expect((await me.get(`/results/${ids.frozen[0]}`)).data.state).toBe('frozen')
  })

  test('finds neither the own drafts nor any result of somebody else', async () => {
    for (const id of [ids.draft[0], ids.draft[1], ids.published[1], ids.frozen[1]])
      expect(refusal(await me.get(`/results/${id}`))).toEqual([404, 'RESULT_NOT_FOUND'])
  })

  test('cannot ask for them by a filter', async () => {
    for (const query of [
      `?student_id=${other.studentId}`,
      `?student_id__in=${other.studentId}`,
      `?section_id=${sections.draft.id}`,
      '?state=draft',
      '?percentage=63',
      '?percentage__gt=81',
      '?percentage__lt=72',
      '?letter=A%2B',
      '?letter=D',
    ]) {
      const { data } = await me.get(`/results${query}`)
      expect([query, data.items, data.total]).toEqual([query, [], 0])
    }
  })

  test('cannot search for them', async () => {
    expect(await seen(me, `?search=${encodeURIComponent('Ηλέκτρα')}`)).toEqual([])
    expect(await seen(me, `?search=${encodeURIComponent('παππα')}`)).toEqual([81, 72])
  })

  test.each([
    ['percentage', [72, 81]],
    ['-percentage', [81, 72]],
    ['-id', [72, 81]],
    ['student_number,-percentage', [81, 72]],
  ])('learns nothing from the ordering %s', async (ordering, expected) => {
    expect(await seen(me, `?ordering=${ordering}`)).toEqual(expected)
  })

  test('walks by cursor over the own ones only', async () => {
    const first = (await me.get('/results?page_size=1')).data
    const second = (await me.get(`/results?page_size=1&cursor=${first.next_cursor}`)).data
    expect([first.items[0]!.percentage, second.items[0]!.percentage]).toEqual([81, 72])
    expect([second.has_next, second.next_cursor]).toEqual([false, null])
  })
})

test('an applicant sees no result at all', async () => {
  const applicant = await persona('student')
  expect(await seen(applicant)).toEqual([])
  expect(refusal(await applicant.get(`/results/${ids.published[0]}`))).toEqual([404, 'RESULT_NOT_FOUND'])
})

test('a teacher sees all states of the own sections, and nothing of others', async () => {
  expect(await seen(sections.draft.teacher)).toEqual([63, 93])
  expect(await seen(sections.frozen.teacher)).toEqual([72, 92])
  const answer = await sections.draft.teacher.get(`/results/${ids.frozen[0]}`)
  expect(refusal(answer)).toEqual([404, 'RESULT_NOT_FOUND'])
  expect(await seen(await w.teacher())).toEqual([])
})

test('the registrar sees all and filters by every field', async () => {
  expect(await seen(w.registrar)).toEqual([81, 91, 72, 92, 63, 93])
  const [result] = (await w.registrar.get(`/results?student_id=${me.studentId}`)).data.items
  const section = (await w.registrar.get(`/sections/${result!.section_id}`)).data
  expect(await seen(w.registrar, `?student_id=${me.studentId}`)).toEqual([81, 72, 63])
  expect(await seen(w.registrar, `?section_id=${sections.draft.id}`)).toEqual([63, 93])
  expect(await seen(w.registrar, `?term_id=${section.term_id}`)).toEqual([81, 91])
  expect(await seen(w.registrar, `?course_id=${section.course_id}`)).toEqual([81, 91])
  expect(await seen(w.registrar, '?state__in=draft,frozen')).toEqual([72, 92, 63, 93])
  expect(await seen(w.registrar, '?outcome=fail')).toEqual([])
  expect(await seen(w.registrar, '?letter=A%2B')).toEqual([91, 92, 93])
  expect(await seen(w.registrar, '?percentage__gte=72&percentage__lt=92&ordering=-percentage')).toEqual([91, 81, 72])
  expect(await seen(w.registrar, '?search=%CF%89%CF%81%CE%B1%CE%B9%CE%BF')).toEqual([91, 92, 93])
})

test('nobody reads results without signing in', async () => {
  expect(refusal(await w.anonymous.get('/results'))).toEqual([401, 'HTTP_401'])
  expect(refusal(await w.anonymous.get(`/results/${ids.published[0]}`))).toEqual([401, 'HTTP_401'])
})
