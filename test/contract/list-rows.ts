import type * as z from 'zod'
import { endpoints } from '#/wiring/endpoints.ts'
import type { Endpoint } from '#/platform/http/endpoint.ts'
import { isFormat } from '#/platform/http/format.ts'
import { buriedLetter } from '../platform/queue/deliver.ts'
import { call } from '../call.ts'
import { type Persona, testEnv, type World } from '../world.ts'
import type { Sample } from './sample-rows.ts'
import { samples } from './samples.ts'

export const shapeOf = ({ returns }: Endpoint) => (isFormat(returns) ? {} : ((returns as z.ZodObject).shape ?? {}))
export const takes = ({ query }: Endpoint, parameter: string) =>
  parameter in ((query as z.ZodObject | undefined)?.shape ?? {})
export const lists = endpoints.filter(
  (endpoint) => endpoint.method === 'get' && 'items' in shapeOf(endpoint) && 'has_next' in shapeOf(endpoint),
)

/** A row of the audit of registrations takes a term of its own: test/grading/registration-audit. */
export const elsewhere = ['listRegistrationAudit']

/** What makes a row of a list where the sample of the list itself does not. */
const rowsBy: Record<string, (w: World, admin: Persona) => Promise<unknown>> = {
  listInvitations: (w) => samples['withdrawInvitation']!(w),
  listAttendance: (w) => samples['updateAttendance']!(w),
  listCategories: (w) => samples['getCategory']!(w),
  listAssessments: (w) => samples['getAssessment']!(w),
  listScores: (w) => samples['getScore']!(w),
  listResults: (w) => samples['freezeResults']!(w),
  listResultChanges: async (w, admin) => {
    const { path, body } = await samples['decideResultChange']!(w)
    await call(admin, 'POST', path, { ...(body as object), note: 'Η κόλλα βαθμολογήθηκε εκ νέου' })
  },
  listGradingSchemes: (w) => w.scheme(),
  listTerms: (w) => w.term(),
  listPrograms: (w) => w.program(),
  listCourses: (w) => w.course(),
  listStudents: (w) => w.student(),
  listApplications: async (w, admin) => {
    const { path } = await samples['acceptApplication']!(w)
    await call(admin, 'POST', path, { note: 'Δεκτός με έπαινο' })
  },
  listEnrollments: (w) => samples['getEnrollment']!(w),
  listTranscriptJobs: (w) => samples['getTranscriptJob']!(w),
  listRequests: async (w, admin) => {
    const { path } = await samples['getRequest']!(w)
    await call(admin, 'POST', `${path}/transition`, { status: 'rejected', notes: 'Ζητήθηκε ήδη' })
  },
  listImports: (w) => samples['getImport']!(w),
  listDailyActivity: () =>
    testEnv.DB.prepare(
      "insert or ignore into daily_activity (day, action, done, refused) values ('2026-01-01', 'course.create', 3, 1)",
    ).run(),
  listSavedFilters: (w) => samples['getSavedFilter']!(w),
  listDeadLetters: () => buriedLetter(),
  listBackups: (w) => samples['getBackup']!(w),
  listBackupRuns: async (w, admin) => {
    const { path, body } = await samples['createBackup']!(w)
    await call(admin, 'POST', path, body)
  },
  listApprovals: (w) => samples['getApproval']!(w),
  listLegacy: async (w) => {
    const { id } = await w.section()
    await testEnv.DB.prepare('update section set capacity_before = 1 where id = ?').bind(id).run()
  },
}

/** Where a list has a row that is that of one student. */
const filled: Record<string, (w: World) => Promise<string>> = {
  getStudentNotes: (w) => written(w, 'addStudentNote'),
  getHolds: (w) => written(w, 'placeHold'),
}
async function written(w: World, by: string) {
  const { path, body } = await samples[by]!(w)
  await w.registrar.post(path, body)
  return path
}

/** The address of a list that has a row, and who reads it. */
export async function filledList(w: World, admin: Persona, id: string): Promise<Sample> {
  await rowsBy[id]?.(w, admin)
  return filled[id] ? { path: await filled[id](w) } : samples[id]!(w)
}

export const isEnum = (field: unknown): boolean => {
  const { def } = field as { def: { type: string; innerType?: unknown } }
  return def.type === 'enum' || (def.innerType !== undefined && isEnum(def.innerType))
}
export const isMoment = (text: string) => /^\d{4}-\d\d-\d\d(?:T|$)/.test(text)

export const fieldsOf = (endpoint: Endpoint): Record<string, z.ZodType> =>
  (shapeOf(endpoint)['items'] as z.ZodArray<z.ZodObject>).element.shape
