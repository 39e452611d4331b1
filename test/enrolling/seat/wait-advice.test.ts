import { beforeAll, describe, expect, test } from 'vitest'
import { type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

type Seat = 'none' | 'other section' | 'completed'
interface Case {
  waitlist: number
  others: number
  seat: Seat
  waits: boolean
}

/** Every standing of a student before a full section: how long its list may be, who waits, what seat there is, whether the student waits already. */
const cases = [0, 1, 3].flatMap((waitlist) =>
  [0, 1].flatMap((others) =>
    (['none', 'other section', 'completed'] as const).flatMap((seat) =>
      [false, true].map((waits): Case => ({ waitlist, others, seat, waits })),
    ),
  ),
)
const isPossible = ({ waitlist, others, seat, waits }: Case) =>
  others + Number(waits) <= waitlist && !(waits && seat === 'completed')

async function given({ waitlist, others, seat, waits }: Case) {
  const [course, term] = [await w.course(), await w.term()]
  const at = { course_id: course.id, term_id: term.id }
  const full = await w.section({ ...at, number: '1', capacity: 0, waitlist_capacity: waitlist })
  const own = await w.section({ ...at, number: '2', capacity: 1 })
  const { id: student_id } = await w.student()
  const taken = seat === 'none' ? undefined : await w.enroll(own.id, student_id)
  const join = (student: number, swap: boolean) =>
    w.registrar.post(`/sections/${full.id}/waitlist`, { student_id: student, swap })
  for (let n = 0; n < others; n += 1) expect((await join((await w.student()).id, false)).status).toBe(201)
  if (waits) expect((await join(student_id, taken !== undefined)).status).toBe(201)
  if (seat === 'completed') {
    const assessment = await w.assessment(own.id, { weight: 100 })
    await w.registrar.post('/assessment-scores', { assessment_id: assessment.id, student_id, score: 80 })
    await w.registrar.post(`/sections/${own.id}/results/compute`)
    expect((await w.registrar.post('/results/publish', { section_id: own.id })).status).toBe(200)
  }
  return { full, student_id, taken, join }
}

/** What the refusal of a seat there says of waiting. */
function adviceIn(text: string): 'swap' | 'wait' | 'waits already' | 'full' | 'no list' | 'nothing' {
  if (text.includes('swap: true')) return 'swap'
  if (text.includes('The waitlist is open')) return 'wait'
  if (text.includes('waits for a seat there already')) return 'waits already'
  if (text.includes('The waitlist is full')) return 'full'
  return text.includes('There is no waitlist') ? 'no list' : 'nothing'
}

describe.each(cases.filter(isPossible))('%j', (one) => {
  test('whatever a refusal advises can be done', async () => {
    const { full, student_id, taken, join } = await given(one)
    const wish = { student_id }
    const refusals = [(await w.registrar.post(`/sections/${full.id}/enroll`, wish)).error!]
    if (one.seat === 'other section')
      refusals.push((await w.registrar.post(`/enrollments/${taken!.id}/transfer`, { section_id: full.id })).error!)
    const told = refusals.flatMap(({ details }) => details.reasons!).map(({ message }) => adviceIn(message))
    const joined = await join(student_id, told.includes('swap'))
    const isTold = (...some: ReturnType<typeof adviceIn>[]) =>
      expect(told.some((advice) => some.includes(advice))).toBe(true)
    expect([...new Set(told)].filter((advice) => advice !== 'nothing')).toHaveLength(
      one.seat === 'completed' && one.waitlist > one.others ? 0 : 1,
    )
    if (told.includes('swap') || told.includes('wait')) expect(joined.status).toBe(201)
    else if (one.waits) {
      isTold('waits already')
      expect(joined.error?.code).toBe('ALREADY_WAITING')
    } else if (one.seat === 'none') {
      isTold(one.waitlist === 0 ? 'no list' : 'full')
      expect(joined.error?.code).toBe(one.waitlist === 0 ? 'WAITLIST_CLOSED' : 'WAITLIST_FULL')
    } else expect(joined.status).toBe(400)
  })
})
