import * as z from 'zod'
import { beforeAll, describe, expect, test } from 'vitest'
import { endpoints } from '#/wiring/endpoints.ts'
import type { Endpoint } from '#/platform/http/endpoint.ts'
import { isFormat } from '#/platform/http/format.ts'
import { buriedLetter } from '../platform/queue/deliver.ts'
import { call } from '../call.ts'
import { type Persona, testEnv, type World, world } from '../world.ts'
import { samples } from './samples.ts'

let w: World
let admin: Persona
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
})

const shapeOf = ({ returns }: Endpoint) => (isFormat(returns) ? {} : ((returns as z.ZodObject).shape ?? {}))
const takes = ({ query }: Endpoint, parameter: string) => parameter in ((query as z.ZodObject | undefined)?.shape ?? {})
const lists = endpoints.filter(
  (endpoint) => endpoint.method === 'get' && 'items' in shapeOf(endpoint) && 'has_next' in shapeOf(endpoint),
)

/** A row of the audit of registrations takes a term of its own: test/grading/registration-audit. */
const elsewhere = ['listRegistrationAudit']

/** What makes a row of a list where the sample of the list itself does not. */
const rowsBy: Record<string, () => Promise<unknown>> = {
  listInvitations: () => samples['withdrawInvitation']!(w),
  listAttendance: () => samples['updateAttendance']!(w),
  listCategories: () => samples['getCategory']!(w),
  listAssessments: () => samples['getAssessment']!(w),
  listScores: () => samples['getScore']!(w),
  listResults: () => samples['freezeResults']!(w),
  listResultChanges: () => samples['decideResultChange']!(w),
  listGradingSchemes: () => w.scheme(),
  listTerms: () => w.term(),
  listPrograms: () => w.program(),
  listCourses: () => w.course(),
  listStudents: () => w.student(),
  listApplications: () => samples['acceptApplication']!(w),
  listEnrollments: () => samples['getEnrollment']!(w),
  listTranscriptJobs: () => samples['getTranscriptJob']!(w),
  listRequests: () => samples['getRequest']!(w),
  listImports: () => samples['getImport']!(w),
  listDailyActivity: () =>
    testEnv.DB.prepare(
      "insert or ignore into daily_activity (day, action, done, refused) values ('2026-01-01', 'course.create', 3, 1)",
    ).run(),
  listSavedFilters: () => samples['getSavedFilter']!(w),
  listDeadLetters: () => buriedLetter(),
  listBackups: () => samples['getBackup']!(w),
  listBackupRuns: async () => {
    const { path, body } = await samples['createBackup']!(w)
    await call(admin, 'POST', path, body)
  },
  listApprovals: () => samples['getApproval']!(w),
  listLegacy: async () => {
    const { id } = await w.section()
    await testEnv.DB.prepare('update section set capacity_before = 1 where id = ?').bind(id).run()
  },
}

/** Where a list has a row that is that of one student. */
const filled: Record<string, () => Promise<string>> = {
  getStudentNotes: () => written('addStudentNote'),
  getHolds: () => written('placeHold'),
}
async function written(by: string) {
  const { path, body } = await samples[by]!(w)
  await call(w.registrar, 'POST', path, body)
  return path
}

const isEnum = (field: unknown): boolean => {
  const { def } = field as { def: { type: string; innerType?: unknown } }
  return def.type === 'enum' || (def.innerType !== undefined && isEnum(def.innerType))
}
const isMoment = (text: string) => /^\d{4}-\d\d-\d\d(?:T|$)/.test(text)

test('every list is searched', () => {
  expect(lists.length).toBeGreaterThan(30)
  expect(lists.filter((endpoint) => !takes(endpoint, 'search')).map(({ id }) => id)).toEqual([])
})

describe.each(lists.filter(({ id }) => !elsewhere.includes(id)).map((endpoint) => [endpoint.id, endpoint] as const))(
  '%s',
  (id, endpoint) => {
    test('finds a row by each text, code and id that it shows, and none by another', async () => {
      await rowsBy[id]?.()
      const sample = filled[id] ? { path: await filled[id]() } : await samples[id]!(w)
      const { as = admin, path } = sample
      const list = async (query: string) => {
        const { status, data } = await call(as, 'GET', `${path}?${query}`)
        expect(status).toBe(200)
        return (data as { items: Record<string, unknown>[] }).items
      }
      const size = (rows: number) => (takes(endpoint, 'page_size') ? `page_size=${rows}&` : '')
      const named = (one: Record<string, unknown>) => one['id'] ?? one['name'] ?? one['kid']
      const search = async (text: string) =>
        (await list(`${size(200)}search=${encodeURIComponent(text)}`)).map((one) => named(one))
      const row = (await list(size(1)))[0]!
      const fields = (shapeOf(endpoint)['items'] as z.ZodArray<z.ZodObject>).element.shape
      const texts = Object.entries(row).flatMap(([name, value]) => {
        if (isEnum(fields[name]) || hidden[id]?.includes(name)) return []
        if (typeof value === 'number') return name === 'id' || name.endsWith('_id') ? [[name, String(value)]] : []
        return typeof value === 'string' && value !== '' && !isMoment(value) ? [[name, value]] : []
      })
      expect(texts.length).toBeGreaterThan(0)
      const missed = []
      for (const [name, text] of texts) if (!(await search(text!)).includes(named(row))) missed.push(name)
      expect(missed).toEqual([])
      expect(await search('nothing-has-this-text')).toEqual([])
    })
  },
)

/** Made of other fields when the row is shown, or said of its kind; an audit entry keeps no reason in clear; faculty do not see a father's name and a telephone. */
const hidden: Record<string, string[]> = {
  listSavedFilters: ['path'],
  listImportErrors: ['message'],
  listAuditEntries: ['actor_role', 'method', 'reason', 'summary'],
  listStudents: ['father_name', 'phone'],
  listLegacy: ['entity', 'text'],
}

/** Parts of a row that are replaced as a whole, and what is no list of rows. */
const parts = ['listPublicKeys', 'getEvaluationRules', 'getInstructors', 'getMeetings', 'search']

test('every answer that is a list has the dress of one', () => {
  const bare = endpoints.filter((endpoint) => {
    const fields = Object.values(shapeOf(endpoint)) as z.ZodType[]
    return endpoint.method === 'get' && fields.length === 1 && fields[0]!.def.type === 'array'
  })
  expect(bare.map(({ id }) => id).filter((id) => !parts.includes(id))).toEqual([])
})

test('a row that says by which account something was done names it, too', () => {
  const nameless = endpoints.flatMap((endpoint) => {
    const items = shapeOf(endpoint)['items'] as z.ZodArray<z.ZodObject> | undefined
    const fields = Object.keys(items?.element?.shape ?? {})
    return fields
      .filter((name) => /^(?:actor_id|author_id|\w+_by)$/.test(name))
      .filter((name) => !fields.includes(`${name.replace(/_id$/, '')}_name`))
      .map((name) => `${endpoint.id} ${name}`)
  })
  expect(nameless.filter((one) => !elsewhere.includes(one.split(' ')[0]!))).toEqual([])
})

test('a list that shows no e-mail of a student finds none by it; students are found by theirs', async () => {
  const { id, email } = await w.student({ email: 'felt.for@private.test' })
  const section = await w.section()
  await w.enroll(section.id, id)
  for (const path of [`/enrollments?section_id=${section.id}`, `/sections/${section.id}/waitlist?`])
    expect((await w.registrar.get(`${path}&search=${email}` as '/enrollments')).data.items).toEqual([])
  expect((await w.registrar.get(`/students?search=${email}`)).data.items).toMatchObject([{ id }])
  expect((await w.registrar.get(`/search?q=${email}&types=students`)).data.hits).toMatchObject([{ id }])
})

test.each(['students', 'courses'] as const)(
  '%s are filtered by the codes of their programs, one or several',
  async (list) => {
    const [one, other, third] = [await w.program(), await w.program(), await w.program()]
    const make = (program_id: number) => (list === 'students' ? w.student({ program_id }) : w.course({ program_id }))
    const [first, second] = [await make(one.id), await make(other.id)]
    await make(third.id)
    const found = async (filter: string) =>
      (await w.registrar.get(`/${list}?${filter}&ordering=id`)).data.items.map(({ id }) => id)
    expect(await found(`program_code=${one.code.toLowerCase()}`)).toEqual([first.id])
    expect(await found(`program_code__in=${one.code},${other.code}`)).toEqual([first.id, second.id])
  },
)
