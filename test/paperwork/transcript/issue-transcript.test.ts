import { beforeAll, describe, expect, test } from 'vitest'
import { refusal, badFields } from '../../call.ts'
import { auditRows, countRows, type Persona, persona, type World, world } from '../../world.ts'
import { computed, execute, gradedSection, taken } from '../../grading/graded-section.ts'
import { bytesOf, digestOf, fileAnew, issueOf, recordOf, sha256, textOf, tokenOf } from './issued.ts'

let w: World
let me: Persona
/** Of the student: a published course and a draft. */
let courses: { published: string; draft: string }

beforeAll(async () => {
  w = await world()
  me = await w.studentPersona({ student_number: '2022-00417', father_name: 'Γεώργιος Ρήγας' })
  const course = await w.course({ title: 'Operating Systems', title_el: 'Λειτουργικά Συστήματα' })
  const unpublished = await w.course({ title: 'Compilers', title_el: 'Μεταγλωττιστές' })
  await taken(w, me.studentId!, 85.5, { course_id: course.id })
  await computed(w, await gradedSection(w, { course_id: unpublished.id, students: [me.studentId!], marks: [[43.21]] }))
  courses = { published: course['code'] as string, draft: unpublished['code'] as string }
})

describe('issuing a transcript', () => {
  test('answers a PDF under the name of the student number', async () => {
    const answer = await w.registrar.get(`/transcripts/${me.studentId}`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('application/pdf')
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="transcript_2022-00417.pdf"')
    expect(answer.headers.get('content-language')).toBe('en')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(new TextDecoder('latin1').decode((await bytesOf(answer)).slice(0, 5))).toBe('%PDF-')
  })

  test('prints what is published and nothing of the drafts', async () => {
    const text = await textOf(await bytesOf(await me.get(`/transcripts/${me.studentId}?language=en`)))
    for (const part of ['Operating Systems', courses.published, '85.50', 'Γεώργιος Ρήγας', '2022-00417'])
      expect(text).toContain(part)
    for (const part of ['Compilers', courses.draft, '43.21']) expect(text).not.toContain(part)
  })

  test('speaks the language asked for, else that of the caller', async () => {
    const path = `/transcripts/${me.studentId}`
    const [asked, accepted, neither] = [
      await w.registrar.get(`${path}?language=el`),
      await w.registrar.get(path, { 'accept-language': 'el-GR,en;q=0.5' }),
      await w.registrar.get(path),
    ]
    for (const answer of [asked, accepted]) {
      const text = await textOf(await bytesOf(answer))
      expect(text).toContain('Αναλυτική Βαθμολογία')
      expect(text).toContain('Λειτουργικά Συστήματα')
    }
    expect(await textOf(await bytesOf(neither))).toContain('Transcript of Academic Record')
    expect(badFields(await w.registrar.get(`${path}?language=de`))).toEqual(['query.language'])
  })

  test('puts the issue on record, with the digest of the record and of the file', async () => {
    const bytes = await fileAnew(me, me.studentId!, 'el')
    const issue = await issueOf(me.studentId!)
    expect(issue).toEqual({
      id: expect.stringMatching(/^[\w-]{22}$/),
      student_id: me.studentId,
      language: 'el',
      digest: await digestOf(await recordOf(me.studentId!)),
      file_sha256: await sha256(bytes),
      issued_at: expect.any(String),
      expires_at: expect.any(String),
      issued_by: me.userId,
      revoked_at: null,
      superseded_at: null,
      seal_kid: 'local-test',
    })
    const second = 1000
    const lifetime = Date.parse(issue.expires_at) - Math.floor(Date.parse(issue.issued_at) / second) * second
    expect(lifetime).toBe(48 * 3600 * second)
  })

  test('prints the token that verifies it', async () => {
    const bytes = await fileAnew(w.registrar, me.studentId!)
    const issue = await issueOf(me.studentId!)
    const token = await tokenOf(issue)
    const printed = (await textOf(bytes)).replaceAll(/\s/g, '')
    expect(printed).toContain(`http://localhost:8787/api/v1/transcripts/verify/${token}`)
    expect(printed).toContain(issue.digest)
    expect((await w.anonymous.get(`/transcripts/verify/${token}`)).data.reason).toBe('valid')
  })

  test('leaves one audit row and one issue', async () => {
    const { id } = await w.student()
    const before = [await countRows('audit_log'), await countRows('transcript_issue')]
    await w.registrar.get(`/transcripts/${id}`)
    const issue = await issueOf(id)
    expect([await countRows('audit_log'), await countRows('transcript_issue')]).toEqual(before.map((n) => n + 1))
    const [audit, ...others] = await auditRows('transcript', issue.id)
    expect(others).toEqual([])
    expect(audit).toMatchObject({ action: 'transcript.issue', actor_id: w.registrar.userId, status: 200 })
    expect(JSON.parse(audit!.changes)).toEqual({ student_id: { new: id }, digest: { new: issue.digest } })
  })

  test('of somebody without results is a PDF that says so', async () => {
    const student = await w.student()
    const answer = await w.registrar.get(`/transcripts/${student.id}`)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    expect(await textOf(await bytesOf(answer))).toContain('No results have been published yet.')
  })

  test('keeps odd characters of the number out of the file name', async () => {
    const student = await w.student({ student_number: '2026/α 7' })
    const { headers } = await w.registrar.get(`/transcripts/${student.id}`)
    expect(headers.get('content-disposition')).toBe('attachment; filename="transcript_2026___7.pdf"')
  })

  test('students get their own only, and teachers none', async () => {
    const other = await w.student()
    const before = await countRows('transcript_issue')
    const foreign = await me.get(`/transcripts/${other.id}`)
    expect([...refusal(foreign), foreign.error?.message]).toEqual([
      404,
      'STUDENT_NOT_FOUND',
      `Student with id ${other.id} not found.`,
    ])
    expect(refusal(await (await persona('student')).get(`/transcripts/${other.id}`))).toEqual([
      404,
      'STUDENT_NOT_FOUND',
    ])
    expect(refusal(await (await w.teacher()).get(`/transcripts/${other.id}`))).toEqual([403, 'HTTP_403'])
    expect(refusal(await w.anonymous.get(`/transcripts/${other.id}`))).toEqual([401, 'HTTP_401'])
    expect(await countRows('transcript_issue')).toBe(before)
  })

  test('of an unknown or deleted student answers 404', async () => {
    const gone = await w.student()
    await w.registrar.delete(`/students/${gone.id}`)
    for (const id of [gone.id, 999_999])
      expect(refusal(await w.registrar.get(`/transcripts/${id}`))).toEqual([404, 'STUDENT_NOT_FOUND'])
  })

  test.each(['digest', 'file_sha256', 'issued_at', 'expires_at', 'student_id', 'language'])(
    'the %s on record cannot be changed by SQL',
    async (column) => {
      await w.registrar.get(`/transcripts/${me.studentId}`)
      const { id } = await issueOf(me.studentId!)
      const value = column === 'student_id' ? 1 : column === 'language' ? 'en' : '2030-01-01T00:00:00.000Z'
      const update = execute(`update transcript_issue set ${column} = ? where id = ?`, value, id)
      await expect(update).rejects.toThrow('transcript_issue_is_kept')
      await expect(execute('delete from transcript_issue where id = ?', id)).rejects.toThrow('transcript_issue_is_kept')
    },
  )
})
