import { beforeAll, describe, expect, test } from 'vitest'
import { badFields } from '../../call.ts'
import { type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

describe('a decimal that is off by less than a float can tell', () => {
  test('weighs a category like the number beside it', async () => {
    const { id } = await w.section()
    const body = { section_id: id, name: 'Tiny', weight: 1e-26 }
    expect((await w.registrar.post('/assessment-categories', body)).data.weight).toBe(0)
    const rest = await w.registrar.post('/assessment-categories', { ...body, name: 'All', weight: 99.99000000000001 })
    expect(rest.data.weight).toBe(99.99)
    const last = await w.registrar.post('/assessment-categories', { ...body, name: 'Last', weight: 0.01 })
    expect([last.status, last.data.weight]).toEqual([201, 0.01])
  })

  test('weighs an assessment like the number beside it', async () => {
    const { id } = await w.assessment((await w.section()).id, { weight: 40 })
    const answer = await w.registrar.patch(`/assessments/${id}`, { weight: 1e-26 })
    expect([answer.status, answer.data.weight]).toEqual([200, 0])
  })

  test('makes no maximum of nothing', async () => {
    const body = { section_id: (await w.section()).id, type: 'quiz', title: 'Quiz', max_score: 1e-26 }
    const answer = await w.registrar.post('/assessments', body)
    expect([answer.status, badFields(answer)[0]]).toEqual([422, 'body.max_score'])
  })

  test('two decimals are still all there are', async () => {
    const body = { section_id: (await w.section()).id, name: 'Fine', weight: 0.001 }
    const answer = await w.registrar.post('/assessment-categories', body)
    expect([answer.status, badFields(answer)[0]]).toEqual([422, 'body.weight'])
  })
})
