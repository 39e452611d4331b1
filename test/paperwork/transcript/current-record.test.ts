import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { refusal } from '../../call.ts'
import { type World, world } from '../../world.ts'
import { computed, gradedSection } from '../../grading/graded-section.ts'
import { decide, type Official, pendingOn } from '../../grading/result-change/official.ts'
import { bytesOf, issueOf, textOf, tokenOf } from './issued.ts'
import { deliver, order, queuedJob } from '../transcript-job/jobs.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterEach(() => {
  vi.restoreAllMocks()
})

/** Runs `act` each time a transcript is being sealed: after its data was read, before its issue is written. Counts the times. */
function whileSealing(act: (time: number) => Promise<unknown>) {
  const sign = crypto.subtle.sign.bind(crypto.subtle)
  let times = 0
  vi.spyOn(crypto.subtle, 'sign').mockImplementation(async (...args: Parameters<typeof sign>) => {
    if (args[0] === 'HMAC') await act((times += 1))
    return sign(...args)
  })
  return () => times
}

const once = (act: () => Promise<unknown>) => async (time: number) => (time === 1 ? act() : undefined)
const verdictOn = async (student: number) =>
  (await w.anonymous.get(`/transcripts/verify/${await tokenOf(await issueOf(student))}`)).data.reason

type Pending = Official & { change: number }

/** What may happen to a page in that moment, and what the page then says. */
const events: [string, (official: Pending) => Promise<unknown>, string][] = [
  [
    'a grade is officially corrected',
    ({ change }) => w.registrar.post('/results/approve-change', { change_id: change, approved: true }),
    '90.50',
  ],
  [
    'the student is renamed',
    ({ student }) => w.registrar.patch(`/students/${student}`, { last_name: 'Μετονομασμένη' }),
    'Μετονομασμένη',
  ],
  [
    'the term is renamed',
    async ({ id }) => {
      const { section_id } = (await w.registrar.get(`/results/${id}`)).data
      const { term_id } = (await w.registrar.get(`/sections/${section_id}`)).data
      return w.registrar.patch(`/terms/${term_id}`, { name: 'Renamed Term' })
    },
    'Renamed Term',
  ],
  [
    'another result is published',
    async ({ student }) => {
      const section = await gradedSection(w, {
        students: [student],
        marks: [[66.66]],
        course: { title: 'Late Course' },
      })
      await computed(w, section)
      return w.registrar.post('/results/publish', { section_id: section.id })
    },
    'Late Course',
  ],
  [
    'the student joins a program',
    async ({ student }) =>
      w.registrar.patch(`/students/${student}`, { program_id: (await w.program({ title: 'New Program' })).id }),
    'New Program',
  ],
]

describe.each(events)('when between reading and issuing %s', (_, happens, says) => {
  test('a transcript issued at once says the new, and is valid', async () => {
    const official = await pendingOn(w, 'published')
    const sealing = whileSealing(once(() => happens(official)))
    const answer = await w.registrar.get(`/transcripts/${official.student}?language=en`)
    expect([answer.status, sealing()]).toEqual([200, 2])
    expect(await textOf(await bytesOf(answer))).toContain(says)
    expect(await verdictOn(official.student)).toBe('valid')
  })
})

describe('a transcript job', () => {
  test('renders again when a grade is corrected meanwhile', async () => {
    const { student, change } = await pendingOn(w, 'published')
    const job = await queuedJob(student, w.registrar)
    const sealing = whileSealing(once(() => decide(w.registrar, change)))
    expect((await deliver([order(job)])).acked).toEqual(['m0'])
    expect(sealing()).toBe(2)
    expect(await textOf(await bytesOf(await w.registrar.get(`/transcripts/jobs/${job}/file`)))).toContain('90.50')
    expect(await verdictOn(student)).toBe('valid')
  })

  test('is tried again later when the record changes each time', async () => {
    const { student } = await pendingOn(w, 'published')
    const job = await queuedJob(student, w.registrar)
    whileSealing((time) => w.registrar.patch(`/students/${student}`, { father_name: `Name ${time}` }))
    expect((await deliver([order(job)])).retried).toEqual(['m0'])
    expect((await w.registrar.get(`/transcripts/jobs/${job}`)).data.status).toBe('rendering')
    vi.restoreAllMocks()
    expect((await deliver([order(job)])).acked).toEqual(['m0'])
    expect((await w.registrar.get(`/transcripts/jobs/${job}`)).data.status).toBe('ready')
  })
})

test('a transcript whose data changes each time is refused after three tries, and none is issued', async () => {
  const { student } = await pendingOn(w, 'published')
  const sealing = whileSealing((time) => w.registrar.patch(`/students/${student}`, { father_name: `Name ${time}` }))
  expect(refusal(await w.registrar.get(`/transcripts/${student}`))).toEqual([409, 'STALE_STATE'])
  expect(sealing()).toBe(3)
  await expect(issueOf(student)).rejects.toThrow('no row')
})

test('a hold that is placed between reading and issuing refuses the transcript', async () => {
  const { student } = await pendingOn(w, 'published')
  const hold = { kind: 'financial', blocks: ['transcript'], office: 'Treasury', reason: 'Fees' }
  whileSealing(once(() => w.registrar.post(`/students/${student}/holds`, hold)))
  expect(refusal(await w.registrar.get(`/transcripts/${student}`))).toEqual([400, 'HOLD'])
})
