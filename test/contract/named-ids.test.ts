import type * as z from 'zod'
import { expect, test } from 'vitest'
import { isFormat } from '#/platform/http/format.ts'
import { endpoints } from '#/wiring/endpoints.ts'

/** What names what an id points to, where no field called alike does; or why nothing does. By the component of the document, or the operation and the way to the part. */
const named: Record<string, string> = {
  'Account.student_id': 'the own record of the account',
  'Application.user_id': 'account_name',
  'AuditDetail.entity_id': 'summary',
  'AuditDetail.request_id': 'a request has no other name',
  'AuditEntry.entity_id': 'summary',
  'AuditEntry.request_id': 'a request has no other name',
  'AuditProblem.from_id': 'a row of the log has no other name',
  'AuditProblem.to_id': 'a row of the log has no other name',
  'ChangedCourse.sections_updated.section_id': 'number',
  'ChangedStudent.ended.enrollment_id': 'student, section and course name an enrollment',
  'FinalGrade.breakdown.assessment_id': 'title',
  'Gradebook.assessments.category_id': 'it stands in categories, beside',
  'Gradebook.students.scores.assessment_id': 'it stands in assessments, beside',
  'Letter.request_id': 'a letter request has no other name',
  'Mode.user_id': 'the own account',
  'PastChange.result_id': 'student, section and term name the result',
  'Preferences.user_id': 'the own account',
  'RequestedChange.result_id': 'student, section and term name the result',
  'ResultChange.result_id': 'student, section and term name the result',
  'ServiceRequest.job_id': 'a job has no other name',
  'ServiceRequest.letter_id': 'a letter has no other name',
  'TranscriptAccepted.job_id': 'a job has no other name',
  'TranscriptBatchReport.jobs.job_id': 'a job has no other name',
  'TranscriptJob.issue_id': 'a transcript has no other name',
  'Transfer.left_behind.assessment_id': 'title',
  'TurnstilePlace.term_id': 'the term that was asked about',
  'getResultHistory.result_id': 'the items name the result',
}

type Part = z.ZodType & {
  def: Record<string, unknown>
  shape?: Record<string, Part>
  meta: () => { id?: string } | undefined
}

const words = ['name', 'code', 'number', 'title']
const isPerson = (name: string, shape: object) => name === 'user_id' && 'full_name' in shape

/** Ids of an answer, and of each part of it, beside which nothing is called as what they point to. */
function nameless(part: Part, at: string): string[] {
  const { def, shape } = part
  if (!shape) {
    const inner = [def['element'], def['innerType'], def['in'], def['out'], def['valueType'], def['left'], def['right']]
    const options = (def['options'] ?? []) as Part[]
    return [...inner, ...options].flatMap((one) =>
      one instanceof Object && 'def' in one ? nameless(one as unknown as Part, at) : [],
    )
  }
  const place = part.meta()?.id ?? at
  const own = Object.keys(shape)
    .filter((name) => name.endsWith('_id'))
    .filter((name) => !isPerson(name, shape))
    .filter((name) => !words.some((word) => `${name.slice(0, -'_id'.length)}_${word}` in shape))
  return [
    ...own.map((name) => `${place}.${name}`),
    ...Object.entries(shape).flatMap(([name, field]) => nameless(field, `${place}.${name}`)),
  ]
}

test('whatever an answer points to by an id is named beside it', () => {
  const answers = endpoints.filter(({ returns }) => !isFormat(returns))
  expect(answers.length).toBeGreaterThan(150)
  const found = answers.flatMap(({ id, returns }) => nameless(returns as unknown as Part, id))
  expect([...new Set(found)].toSorted()).toEqual(Object.keys(named).toSorted())
})
