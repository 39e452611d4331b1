import { type World } from '../../world.ts'
import { rowOf, taken } from '../../grading/graded-section.ts'
import { filed } from '../request/filed.ts'
import { type IssueRow, issueOf, tokenOf } from '../transcript/issued.ts'

export const birth = '2004-03-09'

/** A document of somebody: the address that shows it, and what is known of the holder. */
interface Shown {
  path: string
  /** Its noun in the audit log. */
  entity: string
  issue: IssueRow
  student: number
  student_number: string
}

export async function holder(w: World, fields: object = {}) {
  const person = { date_of_birth: birth, latin_name: 'Eleni Pappa', father_name: 'Γεώργιος' }
  const student = await w.student({ ...person, ...fields })
  await taken(w, student.id, 85.5, { course_id: (await w.course({ title: 'Operating Systems' })).id })
  return { student: student.id, student_number: student['student_number'] as string }
}

export async function transcript(w: World, fields: object = {}): Promise<Shown> {
  const held = await holder(w, fields)
  await w.registrar.get(`/transcripts/${held.student}`)
  const issue = await issueOf(held.student)
  return { ...held, issue, entity: 'transcript', path: `/transcripts/verify/${await tokenOf(issue)}/record` }
}

export async function letter(w: World, fields: object = {}): Promise<Shown> {
  const held = await holder(w, fields)
  const request = { type: 'noc', status: 'approved', details: 'For a visa', language: 'en' } as const
  const id = await filed(w.registrar, held.student, request)
  const issue = await rowOf<IssueRow>('select * from letter where request_id = ?', id)
  return { ...held, issue, entity: 'letter', path: `/documents/verify/${await tokenOf(issue)}/record` }
}

/** As a browser asks. */
export const page = { accept: 'text/html', 'accept-language': 'el' }
