import { createExecutionContext, createScheduledController, waitOnExecutionContext } from 'cloudflare:test'
import { beforeAll, describe, expect, test } from 'vitest'
import { backgroundContext } from '#/platform/background-context.ts'
import { promoteWaitlists } from '#/enrolling/waitlist/index.ts'
import { refusal } from '../../call.ts'
import { meanwhile } from '../../platform/database/between.ts'
import worker from '#/worker.ts'
import { auditRows, countRows, type Persona, testEnv, type World, world } from '../../world.ts'
import { block, enrolledIn, fullSection, join, waitingIn } from './queue.ts'
import { past, underWay } from '../../under-way.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const changesOf = async (entity: string, id: number) => JSON.parse((await auditRows(entity, id))[0]!.changes)
const drop = (id: number) => w.registrar.post(`/enrollments/${id}/drop`)

describe('a freed seat', () => {
  test('goes to the first in the same write, whose audit row names them', async () => {
    const { id, seated, queue } = await fullSection(w, { waiting: 2 })
    const before = await countRows('audit_log')
    expect((await drop(seated[0]!.id)).status).toBe(200)
    expect(await enrolledIn(w, id)).toEqual([queue[0]!.student_id])
    expect(await waitingIn(w, id)).toEqual([queue[1]!.student_id])
    expect(await countRows('audit_log')).toBe(before + 2)
    const [seat] = (await w.registrar.get(`/enrollments?section_id=${id}&status=enrolled`)).data.items
    expect(await auditRows('enrollment', seat!.id)).toMatchObject([{ action: 'waitlist.promote', status: 200 }])
    expect((await changesOf('enrollment', seat!.id)).student_id).toEqual({ new: queue[0]!.student_id })
    expect((await changesOf('enrollment', seated[0]!.id)).promoted).toEqual({
      new: [{ waitlist_entry_id: queue[0]!.id, student_id: queue[0]!.student_id, overrides: [] }],
    })
  })

  test.each<[string, (seat: { id: number }, section: { course_id: number; term_id: number }) => Promise<unknown>]>([
    ['withdrawn', (seat) => w.registrar.post(`/enrollments/${seat.id}/withdraw`)],
    ['deleted', (seat) => w.registrar.delete(`/enrollments/${seat.id}`)],
    [
      'left for another section',
      async (seat, { course_id, term_id }) => {
        const to = await w.section({ course_id, term_id, number: 'B' })
        return w.registrar.post(`/enrollments/${seat.id}/transfer`, { section_id: to.id })
      },
    ],
  ])('that is %s goes to the first, too', async (how, free) => {
    const drop_deadline = how === 'withdrawn' ? past : null
    const term = await w.term({ ...underWay, drop_deadline })
    const { id, seated, queue, ...section } = await fullSection(w, { waiting: 2, term_id: term.id })
    const before = await countRows('audit_log where success = 1')
    const answer = (await free(seated[0]!, section)) as { status: number }
    expect(answer.status).toBeLessThan(300)
    expect(await enrolledIn(w, id)).toEqual([queue[0]!.student_id])
    expect(await countRows('audit_log where success = 1')).toBe(before + (how.startsWith('left') ? 4 : 2))
  })

  test('by a transfer is named in its audit row', async () => {
    const { seated, queue, course_id, term_id } = await fullSection(w, { waiting: 2 })
    const to = await w.section({ course_id, term_id, number: 'B' })
    const { data } = await w.registrar.post(`/enrollments/${seated[0]!.id}/transfer`, { section_id: to.id })
    expect((await changesOf('enrollment', data.id)).promoted).toEqual({
      new: [{ waitlist_entry_id: queue[0]!.id, student_id: queue[0]!.student_id, overrides: [] }],
    })
  })

  test('in a term that was closed meanwhile goes to nobody, by whatever frees it', async () => {
    const { id, seated, queue, term_id } = await fullSection(w, { seats: 2, waiting: 1 })
    await testEnv.DB.prepare("update term set status = 'closed' where id = ?").bind(term_id).run()
    await w.registrar.delete(`/enrollments/${seated[0]!.id}`)
    expect(await enrolledIn(w, id)).toEqual([seated[1]!.student_id])
    expect(await waitingIn(w, id)).toEqual([queue[0]!.student_id])
  })

  test('passes over those who may not have it now; they keep their place and learn why', async () => {
    const { id, seated, queue } = await fullSection(w, { seats: 2, waiting: 3 })
    const release = await block(w, queue[0]!.student_id)
    await w.registrar.patch(`/students/${queue[1]!.student_id}`, { status: 'suspended' })
    await drop(seated[0]!.id)
    expect(await enrolledIn(w, id)).toContain(queue[2]!.student_id)
    const { items } = (await w.registrar.get(`/sections/${id}/waitlist`)).data
    expect(items).toMatchObject([
      { student_id: queue[0]!.student_id, position: 1, skipped_reason: { code: 'HOLD' } },
      { student_id: queue[1]!.student_id, position: 2, skipped_reason: { code: 'STUDENT_NOT_ACTIVE' } },
    ])
    expect(items[0]!.skipped_at).toMatch(/^\d{4}-/)
    expect(items[0]!.skipped_reason!.message).toContain('Treasury')
    await release()
    await drop(seated[1]!.id)
    expect(await enrolledIn(w, id)).toContain(queue[0]!.student_id)
  })

  test('tells faculty that somebody was passed over and not why; the student and the registry learn why', async () => {
    const { id, seated, queue } = await fullSection(w, { waiting: 1 })
    const waits = await w.studentPersona()
    await join(w, id, waits.studentId!)
    const teacher = await w.teacher()
    await w.teach(id, teacher)
    await block(w, waits.studentId!)
    await drop(seated[0]!.id)
    await drop((await w.registrar.get(`/enrollments?section_id=${id}&status=enrolled`)).data.items[0]!.id)
    expect(await waitingIn(w, id)).toEqual([waits.studentId])
    expect(queue).toHaveLength(1)
    const seen = async (who: Pick<Persona, 'get'>) => (await who.get(`/sections/${id}/waitlist`)).data.items[0]!
    const [forTeacher, forStudent, forRegistry] = [await seen(teacher), await seen(waits), await seen(w.registrar)]
    expect(forTeacher).toMatchObject({ skipped_at: expect.stringMatching(/^\d{4}-/), skipped_reason: null })
    expect(JSON.stringify(forTeacher)).not.toContain('Treasury')
    for (const one of [forStudent, forRegistry]) expect(one.skipped_reason!.message).toContain('Treasury')
  })

  test('by added capacity goes to as many as there are seats', async () => {
    const { id, queue } = await fullSection(w, { waiting: 4 })
    const release = await block(w, queue[1]!.student_id)
    await w.registrar.patch(`/sections/${id}`, { capacity: 3 })
    await release()
    expect((await enrolledIn(w, id)).slice(1)).toEqual([queue[0]!.student_id, queue[2]!.student_id])
    expect(await waitingIn(w, id)).toEqual([queue[1]!.student_id, queue[3]!.student_id])
    expect((await changesOf('section', id)).promoted.new).toHaveLength(2)
    expect((await w.registrar.get(`/sections/${id}`)).data).toMatchObject({ capacity: 3, seats_taken: 3 })
  })

  test('by a student goes to another whom that student may not see', async () => {
    const me = await w.studentPersona()
    const section = await w.section({ capacity: 1, waitlist_capacity: 1 })
    const seat = await w.enroll(section.id, me.studentId!)
    const next = await join(w, section.id, (await w.student()).id)
    expect((await me.post(`/enrollments/${seat.id}/drop`)).status).toBe(200)
    expect(await enrolledIn(w, section.id)).toEqual([next.student_id])
  })

  test('stays free when the term is closed', async () => {
    const { id, seated, queue, term_id } = await fullSection(w, { waiting: 1 })
    await w.registrar.post(`/terms/${term_id}/close`)
    expect((await drop(seated[0]!.id)).status).toBe(200)
    expect(await enrolledIn(w, id)).toEqual([])
    expect(await waitingIn(w, id)).toEqual([queue[0]!.student_id])
  })

  test('of five at once goes to the five in front, each once', async () => {
    const { id, seated, queue } = await fullSection(w, { seats: 5, waiting: 7, waitlist_capacity: 20 })
    const answers = await Promise.all(seated.map((seat) => drop(seat.id)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    const students = queue.map(({ student_id }) => student_id)
    expect((await enrolledIn(w, id)).toSorted()).toEqual(students.slice(0, 5).toSorted())
    expect(await waitingIn(w, id)).toEqual(students.slice(5))
  })

  test('is never left empty by a drop and somebody who joins at the same time', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { id, seated } = await fullSection(w)
      const student = await w.student()
      const [, joined] = await Promise.all([
        drop(seated[0]!.id),
        w.registrar.post(`/sections/${id}/waitlist`, { student_id: student.id }),
      ])
      const isSeated = (await enrolledIn(w, id)).includes(student.id)
      if (joined.status === 201) expect(isSeated).toBe(true)
      else expect(refusal(joined)).toEqual([400, 'WAITLIST_NOT_NEEDED'])
      expect(await waitingIn(w, id)).toEqual([])
    }
  })
})

describe('whoever gets a seat directly', () => {
  test('waits no longer, in the same write', async () => {
    const { id, seated, queue } = await fullSection(w, { waiting: 2 })
    const releases = await Promise.all(queue.map(({ student_id }) => block(w, student_id)))
    await drop(seated[0]!.id)
    for (const release of releases) await release()
    const before = await countRows('audit_log')
    await w.enroll(id, queue[1]!.student_id)
    expect(await countRows('audit_log')).toBe(before + 1)
    expect(await waitingIn(w, id)).toEqual([queue[0]!.student_id])
  })
})

describe('every five minutes', () => {
  async function run() {
    const execution = createExecutionContext()
    await worker.scheduled(createScheduledController({ cron: '*/5 * * * *' }), testEnv, execution)
    await waitOnExecutionContext(execution)
  }

  test('a seat that somebody takes meanwhile is left to them, and nothing is on record that did not happen', async () => {
    const { id, seated, queue } = await fullSection(w, { waiting: 1 })
    const release = await block(w, queue[0]!.student_id)
    await drop(seated[0]!.id)
    await release()
    const [quicker, before] = [await w.student(), await auditRows('section', id)]
    const env = { ...testEnv, DB: meanwhile(() => w.enroll(id, quicker.id)) }
    await promoteWaitlists(backgroundContext(env, { waitUntil: () => undefined }, 'system.read', 'promote-waitlists'))
    expect([await enrolledIn(w, id), await waitingIn(w, id)]).toEqual([[quicker.id], [queue[0]!.student_id]])
    expect(await auditRows('section', id)).toEqual(before)
  })

  test('free seats go to those who may have them by now', async () => {
    const { id, seated, queue } = await fullSection(w, { waiting: 2 })
    const releases = await Promise.all(queue.map(({ student_id }) => block(w, student_id)))
    await drop(seated[0]!.id)
    const before = await countRows('audit_log')
    await run()
    expect([await enrolledIn(w, id), await countRows('audit_log')]).toEqual([[], before])
    for (const release of releases) await release()
    await run()
    expect(await enrolledIn(w, id)).toEqual([queue[0]!.student_id])
    expect(await auditRows('section', id)).toMatchObject([
      { action: 'enrollment.create', actor_id: null },
      { action: 'section.create' },
    ])
    await run()
    expect(await waitingIn(w, id)).toEqual([queue[1]!.student_id])
  })
})
