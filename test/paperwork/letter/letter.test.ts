import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { refusal } from '../../call.ts'
import { type Persona, type World, world } from '../../world.ts'
import { execute, rowOf } from '../../grading/graded-section.ts'
import { bytesOf, digestOf, issueOf, textOf, tokenOf } from '../transcript/issued.ts'
import { rendered } from '../transcript-job/jobs.ts'
import { filed, statuses } from '../request/filed.ts'

let w: World
let me: Persona
let program: { id: number }
beforeAll(async () => {
  w = await world()
  program = await w.program({ title: 'Computer Science', title_el: 'Επιστήμη Υπολογιστών' })
  me = await w.studentPersona({ ...person, program_id: program.id })
})
afterEach(() => {
  vi.useRealTimers()
})

const person = {
  student_number: 'LTR-00418',
  first_name: 'Ευαγγελία',
  last_name: 'Ρήγα',
  latin_name: 'Evangelia Riga',
  father_name: 'Γεώργιος',
  study_year: 3,
}
const nothingKnown = {
  valid: false,
  type: null,
  institution: { en: 'Lyceum University', el: 'Πανεπιστήμιο Λύκειον' },
  holder: null,
  issued_at: null,
  expires_at: null,
  digest: null,
}

const approved = (type: string, fields: { language?: string; details?: string } = {}) =>
  filed(w.registrar, me.studentId!, { type, status: 'approved', language: 'en', ...fields })
const paper = async (id: number) => textOf(await bytesOf(await me.get(`/requests/${id}/document`)))
const letterOf = (id: number) =>
  rowOf<{ id: string; facts: string; digest: string; issued_at: string; expires_at: string }>(
    'select * from letter where request_id = ?',
    id,
  )
/** As it is printed: the address may be broken into lines. */
const tokenOn = (text: string) => /\/documents\/verify\/([\w-]{91})/.exec(text.replaceAll(/\s/g, ''))![1]!
const verify = async (token: string) => (await w.anonymous.get(`/documents/verify/${token}`)).data

describe('an approved letter', () => {
  test.each([
    ['bonafide', 'en', ['Certificate of Studies', 'bona fide student of Lyceum University', 'Computer Science']],
    ['bonafide', 'el', ['Βεβαίωση Σπουδών', 'ο/η Ευαγγελία Ρήγα', 'Επιστήμη Υπολογιστών']],
    ['noc', 'en', ['Letter of No Objection', 'has no objection', 'For a visa to Patagonia']],
    ['noc', 'el', ['Βεβαίωση Μη Αντίρρησης', 'δεν έχει αντίρρηση', 'For a visa to Patagonia']],
  ])('is a PDF: %s in %s', async (type, language, said) => {
    const id = await approved(type, { language, details: 'For a visa\nto Patagonia' })
    const answer = await me.get(`/requests/${id}/document`)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${type}_LTR-00418.pdf"`)
    expect(answer.headers.get('content-language')).toBe(language)
    const text = (await textOf(await bytesOf(answer))).replaceAll(/\s+/g, ' ')
    for (const words of [...said, 'LTR-00418', 'Ευαγγελία Ρήγα', 'Evangelia Riga']) expect(text).toContain(words)
  })

  test.each([
    ['en', 'bona fide student of Lyceum University, in active attendance.', 'Program of study'],
    ['el', 'ιδρύματος «Πανεπιστήμιο Λύκειον» και φοιτά κανονικά.', 'Πρόγραμμα σπουδών'],
  ])('of a student without a program speaks of none: in %s', async (language, said, label) => {
    const student = await w.studentPersona()
    const id = await filed(w.registrar, student.studentId!, { type: 'bonafide', status: 'approved', language })
    const text = await textOf(await bytesOf(await student.get(`/requests/${id}/document`)))
    expect(text.replaceAll(/\s+/g, ' ')).toContain(said)
    expect(text).not.toMatch(new RegExp(`${label}|null|undefined`))
    expect(await verify(tokenOn(text))).toMatchObject({ valid: true, type: 'bonafide' })
  })

  test('of no objection needs no stated purpose', async () => {
    expect((await paper(await approved('noc'))).replaceAll(/\s+/g, ' ')).toContain(
      'for which the student asks for this letter',
    )
  })

  test('is the same to the byte each time, and stays what it was when the student changes', async () => {
    const id = await approved('bonafide')
    const first = await bytesOf(await me.get(`/requests/${id}/document`))
    await w.registrar.patch(`/students/${me.studentId}`, { study_year: 4 })
    await w.registrar.post(`/requests/${id}/transition`, { status: 'completed' })
    expect(await bytesOf(await w.registrar.get(`/requests/${id}/document`))).toEqual(first)
    await w.registrar.patch(`/students/${me.studentId}`, { study_year: 3 })
  })

  test('is verified by anybody who has it, and says no more than the paper', async () => {
    const id = await approved('noc')
    const { digest, facts, issued_at, expires_at } = await letterOf(id)
    expect(await verify(tokenOn(await paper(id)))).toEqual({
      ...nothingKnown,
      valid: true,
      reason: 'valid',
      type: 'noc',
      holder: { initials: 'Ε. Ρ.', student_number: '*********' },
      issued_at,
      expires_at,
      digest,
    })
    expect(digest).toBe(await digestOf(JSON.parse(facts)))
  })

  test('has a verification page in both languages', async () => {
    const token = tokenOn(await paper(await approved('bonafide')))
    const page = async (language: string) => {
      const path = `/documents/verify/${token}?language=${language}`
      return (await w.anonymous.get(path, { accept: 'text/html' })).response.text()
    }
    expect(await page('en')).toContain('<h2>Genuine</h2>')
    expect(await page('el')).toContain('<h1>Επαλήθευση βεβαίωσης</h1>')
  })

  test('expires after ninety days', async () => {
    const id = await approved('bonafide')
    const token = tokenOn(await paper(id))
    const { expires_at, issued_at } = await letterOf(id)
    expect(Math.round((Date.parse(expires_at) - Date.parse(issued_at)) / 86_400_000)).toBe(90)
    vi.useFakeTimers({ toFake: ['Date'] })
    vi.setSystemTime(Date.parse(expires_at) - 1)
    expect((await verify(token)).reason).toBe('valid')
    vi.setSystemTime(Date.parse(expires_at))
    expect(await verify(token)).toMatchObject({ valid: false, reason: 'expired', type: 'bonafide' })
  })

  test('is kept as it was signed, whoever writes', async () => {
    const { id } = await letterOf(await approved('noc'))
    await expect(execute("update letter set digest = 'x' where id = ?", id)).rejects.toThrow('letter_is_kept')
    await expect(execute('delete from letter where id = ?', id)).rejects.toThrow('letter_is_kept')
  })
})

describe('a token', () => {
  test('with a character changed is tampered', async () => {
    const token = tokenOn(await paper(await approved('noc')))
    for (const place of [0, 30, 60, 90]) {
      const changed = token.slice(0, place) + (token[place] === 'A' ? 'Q' : 'A') + token.slice(place + 1)
      expect(await verify(changed)).toEqual({ ...nothingKnown, reason: 'tampered' })
    }
    expect(await verify('nonsense')).toEqual({ ...nothingKnown, reason: 'tampered' })
  })

  test('of a transcript proves no letter, and the other way round', async () => {
    await me.get(`/transcripts/${me.studentId}`)
    expect(await verify(await tokenOf(await issueOf(me.studentId!)))).toEqual({ ...nothingKnown, reason: 'unknown' })
    const token = tokenOn(await paper(await approved('noc')))
    expect((await w.anonymous.get(`/transcripts/verify/${token}`)).data.reason).toBe('unknown')
  })
})

describe('the document of a request', () => {
  const unapproved = statuses.filter((status) => !['approved', 'completed'].includes(status))

  test.each(['noc', 'bonafide', 'transcript'].flatMap((type) => unapproved.map((status) => [type, status] as const)))(
    'is not there: %s that is %s',
    async (type, status) => {
      const id = await filed(w.registrar, me.studentId!, { type, status })
      expect(refusal(await me.get(`/requests/${id}/document`))).toEqual([409, 'REQUEST_DOCUMENT_NOT_READY'])
    },
  )

  test('of a transcript is the file of its job, until that is deleted', async () => {
    const id = await approved('transcript')
    const job = (await me.get(`/requests/${id}`)).data.job_id
    await rendered(me, job!)
    expect(await paper(id)).toContain('Transcript of Academic Record')
    await execute('delete from transcript_job where id = ?', job)
    expect(refusal(await me.get(`/requests/${id}/document`))).toEqual([404, 'TRANSCRIPT_FILE_EXPIRED'])
  })

  test('of any other kind does not exist', async () => {
    const id = await approved('other')
    expect(refusal(await me.get(`/requests/${id}/document`))).toEqual([404, 'REQUEST_WITHOUT_DOCUMENT'])
  })

  test('is not found by another student', async () => {
    const other = await w.studentPersona()
    const id = await approved('noc')
    expect(refusal(await other.get(`/requests/${id}/document`))).toEqual([404, 'REQUEST_NOT_FOUND'])
  })

  test('is not signed for a student who is not active', async () => {
    const student = await w.student({ status: 'withdrawn' })
    const id = await filed(w.registrar, student.id, { type: 'bonafide' })
    const answer = await w.registrar.post(`/requests/${id}/transition`, { status: 'approved' })
    expect(refusal(answer)).toEqual([400, 'REQUEST_STUDENT_NOT_ACTIVE'])
    expect((await w.registrar.get(`/requests/${id}`)).data.status).toBe('pending')
  })

  test('is signed once, however many approve at the same moment', async () => {
    const id = await filed(w.registrar, me.studentId!, { type: 'bonafide' })
    const approve = () => w.registrar.post(`/requests/${id}/transition`, { status: 'approved' })
    const answers = await Promise.all([approve(), approve(), approve()])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409])
    const { n } = await rowOf<{ n: number }>('select count(*) as n from letter where request_id = ?', id)
    expect(n).toBe(1)
  })
})
