import { beforeAll, describe, expect, test } from 'vitest'
import { type Persona, type World, world } from '../../world.ts'
import { csvRows, ndjsonRows } from '../../exchange/export/downloaded.ts'

let w: World
let admin: Persona
/** What the query of the list names: the acts on one course. */
let of: string
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
  const { id } = await w.course({ title: 'Alchemy' })
  await w.registrar.patch(`/courses/${id}`, { title: 'Chemistry' })
  await w.registrar.delete(`/courses/${id}`)
  of = `entity_type=course&entity_id=${id}`
})

describe('the audit log as a file', () => {
  test('holds what the list shows, newest first', async () => {
    const { data } = await admin.get(`/audit/logs?${of}`)
    expect(data.items).toHaveLength(3)
    const answer = await admin.get(`/exports/audit-logs.ndjson?${of}`)
    expect(answer.headers.get('content-disposition')).toMatch(/filename="audit-logs-\d{4}-\d\d-\d\d\.ndjson"$/)
    expect(await ndjsonRows(answer)).toEqual(data.items)
    const rows = await csvRows(await admin.get(`/exports/audit-logs.csv?${of}`))
    expect(rows.map(({ id, action, success }) => [Number(id), action, success])).toEqual(
      data.items.map(({ id, action }: { id: number; action: string }) => [id, action, 'true']),
    )
  })

  test.each([
    ['action=course.update', ['course.update']],
    ['action__in=course.create,course.delete', ['course.delete', 'course.create']],
    ['method=POST', ['course.create']],
    ['success=false', []],
    ['from=2099-01-01', []],
    ['to=2000-01-01', []],
  ])('follows the filter %s', async (filter, expected) => {
    const actions = (rows: Record<string, unknown>[]) => rows.map(({ action }) => action)
    expect(actions(await ndjsonRows(await admin.get(`/exports/audit-logs.ndjson?${of}&${filter}`)))).toEqual(expected)
    expect(actions(await csvRows(await admin.get(`/exports/audit-logs.csv?${of}&${filter}`)))).toEqual(expected)
  })

  test('follows who acted', async () => {
    const rows = await ndjsonRows(await admin.get(`/exports/audit-logs.ndjson?${of}&user_id=${admin.userId}`))
    expect(rows).toEqual([])
  })

  test.each(['csv', 'ndjson'])('is for administrators alone (%s)', async (format) => {
    const path = `/exports/audit-logs.${format}`
    for (const by of [w.registrar, await w.teacher(), await w.studentPersona()]) {
      const { status, error } = await by.get(path)
      expect([status, error?.code]).toEqual([403, 'HTTP_403'])
    }
    expect((await w.anonymous.get(path)).status).toBe(401)
    expect((await admin.get(`${path}?page=2`)).status).toBe(422)
  })
})
