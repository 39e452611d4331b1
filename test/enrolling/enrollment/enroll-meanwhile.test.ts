import { beforeAll, expect, test } from 'vitest'
import { meanwhile } from '../../platform/database/between.ts'
import { json, serveWith } from '../../platform/http/serve.ts'
import { countRows, type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

type Place = { section_id: number; student_id: number }

/** Every way to a seat: its address and body. */
const ways: Record<string, (place: Place) => [string, object]> = {
  alone: ({ section_id, student_id }) => [`/sections/${section_id}/enroll`, { student_id }],
  'in a list': ({ section_id, student_id }) => [`/sections/${section_id}/enroll/bulk`, { student_ids: [student_id] }],
  'in a basket': (place) => ['/enrollments/bulk', { enrollments: [place] }],
}

/** What may come in between, and what is said then. */
const happenings: [string, string, (place: Place & { term_id: number }) => Promise<unknown>][] = [
  ['its last seat goes', 'SECTION_FULL', async ({ section_id }) => w.enroll(section_id, (await w.student()).id)],
  ['it is got otherwise', 'ALREADY_ENROLLED', ({ section_id, student_id }) => w.enroll(section_id, student_id)],
  [
    'another of its course is got',
    'COURSE_ALREADY_TAKEN',
    async ({ section_id, student_id }) => {
      const { course_id, term_id } = (await w.registrar.get(`/sections/${section_id}`)).data
      await w.enroll((await w.section({ course_id, term_id, number: 'B' })).id, student_id)
    },
  ],
  [
    'its student leaves',
    'STUDENT_NOT_ACTIVE',
    ({ student_id }) => w.registrar.patch(`/students/${student_id}`, { status: 'withdrawn' }),
  ],
  ['its term is closed', 'TERM_CLOSED', ({ term_id }) => w.registrar.post(`/terms/${term_id}/close`)],
  ['its section is deleted', 'SECTION_NOT_FOUND', ({ section_id }) => w.registrar.delete(`/sections/${section_id}`)],
  ['its student is deleted', 'STUDENT_NOT_FOUND', ({ student_id }) => w.registrar.delete(`/students/${student_id}`)],
]

const every = happenings.flatMap(([what, code, act]) =>
  Object.entries(ways).map(([way, ask]) => {
    // Several places are reported one by one, unless what they have in common is gone.
    const isWhole = way === 'alone' || (way === 'in a list' && code === 'SECTION_NOT_FOUND')
    return { what, way, ask, act, said: `${isWhole ? 'error' : 'report'} ${code}` }
  }),
)

interface Answered {
  data: { errors: { code: string }[] } | null
  error: { code: string } | null
}

test.each(every)('a seat that is asked for $way is given to nobody when $what meanwhile: $said', async (of) => {
  const { id: section_id, term_id } = await w.section({ capacity: 1 })
  const { id: student_id } = await w.student()
  const seats = () => countRows(`enrollment where section_id = ${section_id}`)
  let before = 0
  const DB = meanwhile(async () => {
    await of.act({ section_id, student_id, term_id })
    before = await seats()
  })
  const [path, body] = of.ask({ section_id, student_id })
  const init = json('POST', body, { authorization: `Bearer ${w.registrar.token}` })
  const { data, error } = (await (await serveWith({ DB }, `/api/v1${path}`, init)).json()) as Answered
  const said = error ? `error ${error.code}` : `report ${data!.errors[0]!.code}`
  expect([said, await seats()]).toEqual([of.said, before])
})
