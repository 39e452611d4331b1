import { PDF } from '@libpdf/core'
import { settingsOf } from '#/platform/env.ts'
import { composeRecord } from '#/paperwork/transcript/compose-record.ts'
import { findRecordRows } from '#/paperwork/transcript/queries.ts'
import { signToken } from '#/paperwork/official-document/verification-token.ts'
import { type Persona, systemContext, testEnv } from '../../world.ts'
import { rowOf } from '../../grading/graded-section.ts'
import type { Answer } from '../../call.ts'

export interface IssueRow {
  id: string
  student_id: number
  language: string
  digest: string
  file_sha256: string
  issued_at: string
  expires_at: string
  issued_by: number | null
  revoked_at: string | null
  superseded_at: string | null
  seal_kid: string | null
}

/** The newest issue of a student. */
export const issueOf = (student: number) =>
  rowOf<IssueRow>('select * from transcript_issue where student_id = ? order by issued_at desc limit 1', student)

/** The token that was printed on an issued transcript, or one that differs from it. */
export const tokenOf = (issue: IssueRow, changes: Changes = {}, purpose: 'verification' | 'file' = 'verification') => {
  const { id, expires_at, digest } = { ...issue, ...changes }
  return signToken(settingsOf(testEnv).TRANSCRIPT_KEY, { issueId: id, expiresAt: expires_at, digest }, purpose)
}

type Changes = Partial<Pick<IssueRow, 'id' | 'expires_at' | 'digest'>>

/** The token of a link to the file of an issue, or one that differs from it. */
export const fileTokenOf = (issue: IssueRow, changes: Changes = {}) => tokenOf(issue, changes, 'file')

/** Issues a transcript, whatever was issued before; its file. */
export async function fileAnew(caller: Pick<Persona, 'get' | 'post'>, student: number, language = 'en') {
  const { data } = await caller.post(`/students/${student}/transcripts`, { language })
  const file = await caller.get(`/transcripts/${student}?language=${language}`)
  if (file.headers.get('x-transcript-issue') !== data.id) throw new Error(`${data.id} is not the newest`)
  return bytesOf(file)
}

/** The official record of a student as it would be certified now. */
export const recordOf = async (student: number) =>
  composeRecord(await findRecordRows(systemContext(), { studentId: student, language: 'en' }), settingsOf(testEnv))

export const bytesOf = async ({ response }: Answer) => new Uint8Array(await response.arrayBuffer())

export async function textOf(bytes: Uint8Array): Promise<string> {
  const pdf = await PDF.load(bytes)
  return pdf
    .getPages()
    .map((page) => page.extractText().text)
    .join('\n')
}

export const sha256 = async (bytes: BufferSource) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).toHex()

/** SHA-256 of the record's JSON with the keys of every object in order: what the seal line promises. */
export const digestOf = (record: object) => sha256(new TextEncoder().encode(JSON.stringify(inOrder(record))))

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, inner]) => [key, inOrder(inner)] as const)
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
