import { beforeAll, describe, expect, test } from 'vitest'
import { refusal, badFields } from '../../call.ts'
import { type Persona, type World, world } from '../../world.ts'
import { execute } from '../../grading/graded-section.ts'
import { actions, entriesOf, type Entry } from './entries.ts'

let w: World
let admin: Persona
/** What the registrar did in this file: a course was made, renamed and deleted. */
let course: { id: number; entries: Entry[] }

beforeAll(async () => {
  w = await world()
  admin = await w.admin()
  const { id } = await w.course({ title: 'Alchemy' })
  await w.registrar.patch(`/courses/${id}`, { title: 'Chemistry', credits: 4.5 })
  await w.registrar.delete(`/courses/${id}`)
  course = { id, entries: await list(`?entity_type=course&entity_id=${id}`) }
})

const list = (query = '') => entriesOf(admin, query)

describe('filtering the audit log', () => {
  test('by who acted', async () => {
    const other = await w.admin()
    await other.post('/programs', { code: 'BY-OTHER', title: 'By another' })
    expect(actions(await list(`?user_id=${other.userId}`))).toEqual(['program.create'])
    expect(await list('?user_id=999999')).toEqual([])
    const both = await list(`?user_id__in=${other.userId},${w.registrar.userId}&page_size=200`)
    expect(new Set(both.map(({ actor_id }) => actor_id))).toEqual(new Set([other.userId, w.registrar.userId]))
  })

  test.each([
    ['action=course.update', ['course.update']],
    ['action__in=course.update,course.create', ['course.update', 'course.create']],
    ['method=DELETE', ['course.delete']],
    ['method__in=POST,PATCH', ['course.update', 'course.create']],
    ['success=true', ['course.delete', 'course.update', 'course.create']],
    ['success=false', []],
  ])('by %s', async (query, expected) => {
    expect(actions(await list(`?entity_type=course&entity_id=${course.id}&${query}`))).toEqual(expected)
  })

  test('by what it was done to', async () => {
    const entries = await list('?entity_type=course&page_size=200')
    expect(new Set(entries.map(({ entity_type }) => entity_type))).toEqual(new Set(['course']))
    expect(await list(`?entity_type=term&entity_id=${course.id}&action=course.create`)).toEqual([])
  })

  test('by success, when something failed', async () => {
    await execute(
      `insert into audit_log (at, actor_id, actor_role, action, entity_type, success, method, path, status, request_id)
       values (?, 1, 'student', 'audit.read', 'audit', 0, 'GET', '/api/v1/audit/logs', 403, 'denied-1')`,
      new Date().toISOString(),
    )
    const failed = await list('?success=false&action=audit.read')
    expect(failed.map(({ request_id, status }) => [request_id, status])).toContainEqual(['denied-1', 403])
  })

  test('by time, both ends included', async () => {
    const [deleted, updated, created] = course.entries
    const of = `entity_type=course&entity_id=${course.id}`
    const earlier = (at: string) => new Date(Date.parse(at) - 1).toISOString()
    const later = (at: string) => new Date(Date.parse(at) + 1).toISOString()
    expect(actions(await list(`?${of}&from=${created!.at}&to=${deleted!.at}`))).toHaveLength(3)
    expect(actions(await list(`?${of}&from=${later(updated!.at)}`))).not.toContain('course.update')
    expect(actions(await list(`?${of}&to=${earlier(updated!.at)}`))).not.toContain('course.update')
    expect(actions(await list(`?${of}&from=${updated!.at}&to=${updated!.at}`))).toContain('course.update')
    expect(await list(`?${of}&from=${later(deleted!.at)}`)).toEqual([])
    expect(await list(`?${of}&to=${earlier(created!.at)}`)).toEqual([])
  })

  test('by a time without milliseconds, which is the start of that second', async () => {
    const [deleted] = course.entries
    const of = `entity_type=course&entity_id=${course.id}&action=course.delete`
    const second = `${deleted!.at.slice(0, 19)}Z`
    expect(actions(await list(`?${of}&from=${second}`))).toEqual(['course.delete'])
    const nextSecond = new Date(Date.parse(second) + 1000).toISOString().replace('.000Z', 'Z')
    expect(actions(await list(`?${of}&to=${nextSecond}`))).toEqual(['course.delete'])
  })

  test('page by page, without repeating or skipping', async () => {
    const all = await list(`?entity_type=course&page_size=200`)
    const walked: Entry[] = []
    let cursor = ''
    do {
      const { data } = await admin.get(`/audit/logs?entity_type=course&page_size=2${cursor}`)
      walked.push(...data.items)
      expect(walked.length).toBeLessThanOrEqual(all.length)
      cursor = data.next_cursor ? `&cursor=${data.next_cursor}` : ''
    } while (cursor)
    expect(walked).toEqual(all)
  })

  test.each(['user_id=me', 'success=maybe', 'from=yesterday', 'ordering=actor_id', 'status=201', 'changes=x'])(
    'refuses %s',
    async (query) => {
      const answer = await admin.get(`/audit/logs?${query}`)
      expect([...refusal(answer), badFields(answer)]).toEqual([
        422,
        'VALIDATION_ERROR',
        [`query.${query.split('=')[0]}`],
      ])
    },
  )
})
