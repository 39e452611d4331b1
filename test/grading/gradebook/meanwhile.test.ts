import { beforeAll, describe, expect, test } from 'vitest'
import { meanwhile } from '../../platform/database/between.ts'
import { codeOf, json, serveWith } from '../../platform/http/serve.ts'
import { countRows, type World, world } from '../../world.ts'
import { type GradedSection, gradedSection, scoreOf } from '../graded-section.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

/** Every way to a score of 80: method, address and body. */
const ways: [string, boolean, (of: GradedSection, score: number) => [string, string, object]][] = [
  ['a first one', false, (of) => ['POST', '/assessment-scores', scoreOf(of, 0, 0, 80)]],
  ['another one', true, (_, score) => ['PATCH', `/assessment-scores/${score}`, { score: 80 }]],
  ['a first one in the gradebook', false, (of) => inGradebook(of)],
  ['another one in the gradebook', true, (of) => inGradebook(of)],
]
const inGradebook = (of: GradedSection): [string, string, object] => [
  'PUT',
  `/sections/${of.id}/gradebook`,
  { scores: [scoreOf(of, 0, 0, 80)] },
]

describe('a score is refused', () => {
  /** What is answered when something else happens between the look and the write; no score above 10 is left. */
  async function written(
    isThere: boolean,
    ask: (typeof ways)[number][2],
    act: (of: GradedSection) => Promise<unknown>,
  ) {
    const section = await gradedSection(w, { marks: [[isThere ? 10 : null]] })
    const [score] = (await w.registrar.get(`/assessment-scores?section_id=${section.id}`)).data.items
    const [method, path, body] = ask(section, score?.id ?? 0)
    const init = json(method, body, { authorization: `Bearer ${section.teacher.token}` })
    const answer = await serveWith({ DB: meanwhile(() => act(section)) }, `/api/v1${path}`, init)
    expect(await countRows('score where score > 1000')).toBe(0)
    return codeOf(answer)
  }

  test.each(ways)('whose maximum falls below it meanwhile: %s', async (_, isThere, ask) => {
    const lower = ({ assessments }: GradedSection) =>
      w.registrar.patch(`/assessments/${assessments[0]}`, { max_score: 50 })
    expect(await written(isThere, ask, lower)).toBe('400 SCORE_EXCEEDS_MAX')
  })

  test.each(ways.filter(([, isThere]) => !isThere))('whose student leaves meanwhile: %s', async (_, isThere, ask) => {
    const leave = async ({ id }: GradedSection) => {
      const [seat] = (await w.registrar.get(`/enrollments?section_id=${id}`)).data.items
      return w.registrar.post(`/enrollments/${seat!.id}/drop`)
    }
    expect(await written(isThere, ask, leave)).toBe('400 NOT_ENROLLED')
  })

  test.each(ways.filter(([, isThere]) => !isThere))('whose work is deleted meanwhile: %s', async (_, isThere, ask) => {
    const remove = ({ assessments }: GradedSection) => w.registrar.delete(`/assessments/${assessments[0]}`)
    expect(await written(isThere, ask, remove)).toBe('404 ASSESSMENT_NOT_FOUND')
  })
})
