import { beforeAll, describe, expect, inject, test } from 'vitest'
import { act, until, visit } from './browser.ts'
import type { AnswerAt } from '../answer-at.ts'
import { type Caller, send, signIn } from './client.ts'
import { attendUniversity, type Studies } from './long-studies.ts'
import { pageSizes, qrCodes, signatures, soundness, textOf } from './paper.ts'
import { standingOf, weighted } from './standing.ts'

const a4 = '595.28 x 841.89 pts (A4)'
const institution = { en: 'Lyceum University', el: 'Πανεπιστήμιο Λύκειον' } as const
const verdict = { en: '<h2>Genuine</h2>', el: '<h2>Γνήσια</h2>' } as const
const longDate = { en: 'en-GB', el: 'el-GR' } as const

let registrar: Caller
let studies: Studies

beforeAll(async () => {
  registrar = await signIn(inject('url'), 'registrar')
  studies = await attendUniversity(registrar)
})

describe.each(['el', 'en'] as const)('the transcript of forty courses (%s)', (language) => {
  let bytes: Uint8Array
  let text: string
  let codes: string[]
  let address: string

  beforeAll(async () => {
    ;({ bytes } = await registrar.download(`/transcripts/${studies.student.id}?language=${language}`))
    text = await textOf(bytes)
    codes = await qrCodes(bytes, (await pageSizes(bytes)).length)
    address = codes[0]!
  })

  const inLanguage = (row: Partial<Record<'title' | 'title_el' | 'name' | 'name_el', string | null>>) =>
    language === 'el' ? (row.title_el ?? row.name_el)! : (row.title ?? row.name)!

  /** A decimal as readers of the language write it. */
  const figure = (decimal: string) => (language === 'el' ? decimal.replace('.', ',') : decimal)

  test('is sound, small and on A4', async () => {
    expect(await soundness(bytes)).toContain('No syntax or stream encoding errors found')
    expect(bytes.length).toBeLessThan(200_000)
    expect(new Set(await pageSizes(bytes))).toEqual(new Set([a4]))
  })

  test('is signed, all of it, and the signature is valid; one changed byte breaks it', async () => {
    const said = await signatures(bytes)
    for (const line of [
      'Signature Type: ETSI.CAdES.detached',
      'Total document signed',
      'Signature Validation: Signature is Valid.',
    ])
      expect(said).toContain(line)
    expect(said.match(/^Signature #/gm)).toHaveLength(1)
    const forged = bytes.slice()
    forged[Math.floor(bytes.length / 3)]! ^= 1
    expect(await signatures(forged)).toContain('Signature Validation: Digest Mismatch.')
  })

  test('is the same to the byte when it is asked for again', async () => {
    const again = await registrar.download(`/transcripts/${studies.student.id}?language=${language}`)
    expect(Buffer.compare(again.bytes, bytes)).toBe(0)
  })

  test('names the institution, the student and the program as the API does', () => {
    const { student, program } = studies
    const day = (date: string) =>
      new Intl.DateTimeFormat(longDate[language], { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(date))
    for (const datum of [
      institution[language],
      `${student.first_name} ${student.last_name}`,
      student.latin_name!,
      student.father_name!,
      student.student_number,
      day(student.date_of_birth!),
      day(student.enrollment_date),
      inLanguage(program),
      program.code,
      program.degree!,
      figure(program.credits_required!.toFixed(1)),
    ])
      expect(text).toContain(datum)
  })

  test('has a line for every result that the API returns, in the order of the terms', async () => {
    const results = await registrar.all(`/results?student_id=${studies.student.id}`)
    expect(results.length).toBe(41)
    const places = studies.terms.flatMap((term) => {
      expect(text).toMatch(lineOf(inLanguage(term), term.code))
      return results
        .filter(({ term_code }) => term_code === term.code)
        .toSorted((a, b) => (a.course_code < b.course_code ? -1 : 1))
        .map((result) => {
          const course = studies.courses.find(({ code }) => code === result.course_code)!
          const title = inLanguage(course) + (result.id === studies.repeated.id ? ' †' : '')
          const figures = [result.letter!, figure(result.percentage!.toFixed(2)), figure(result.points!.toFixed(2))]
          const line = lineOf(result.course_code, title, figure(result.credits.toFixed(1)), ...figures)
          expect(text).toMatch(line)
          return text.search(line)
        })
    })
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(new Set(places).size).toBe(41)
  })

  test('has the percentages that follow from the scores', () => {
    const { courses, scores } = studies
    expect(courses.length).toBe(40)
    for (const [n, { code }] of courses.entries()) {
      const line = new RegExp(`^ *${code} .* ${figure(weighted(scores[n]!))} +\\d[.,]\\d\\d *$`, 'm')
      expect(text).toMatch(line)
    }
  })

  test('has the averages and credits that follow from the results', async () => {
    const results = await registrar.all(`/results?student_id=${studies.student.id}`)
    const labels = { en: ['Credits earned', 'Average', 'GPA'], el: ['Κατοχυρωμένες μονάδες', 'Μέσος όρος', 'GPA'] }
    const [credits, average, gpa] = labels[language] as [string, string, string]
    for (const term of studies.terms) {
      const { earned, ...figures } = standingOf(results.filter(({ term_code }) => term_code === term.code))
      expect(text).toMatch(lineOf(credits, figure(earned), average, figure(figures.average), gpa, figure(figures.gpa)))
    }
    const counted = results.filter(({ id }) => id !== studies.repeated.id)
    const total = standingOf(counted)
    expect(text).toMatch(lineOf(...[total.earned, total.attempted, total.average, total.gpa].map(figure)))
  })

  test('carries one QR code, which holds the printed address', () => {
    expect(codes.length).toBe(1)
    expect(address).toMatch(/\/api\/v1\/transcripts\/verify\/[\w-]{91}$/)
    expect(address.startsWith(inject('url'))).toBe(true)
    expect(text.replaceAll(/\s/g, '')).toContain(address)
  })

  test('is genuine for a program that opens the address', async () => {
    const { status, data } = await send<AnswerAt<'GET', '/transcripts/verify/:'>>(address)
    expect(status).toBe(200)
    expect(data).toMatchObject({
      valid: true,
      reason: 'valid',
      institution,
      holder: { initials: 'Ό. Π.', student_number: '**********' },
    })
    expect(text).toContain(data.digest)
    expect(Date.parse(data.expires_at!) - Date.parse(data.issued_at!)).toBeGreaterThan(47 * 3_600_000)
  })

  test('is genuine for a person who opens the address in a browser', async () => {
    const page = await visit(address, { language })
    expect(page.html).toContain(verdict[language])
    expect(page.html).toContain(`<html lang="${language}">`)
    expect(page.html).toContain('**********')
    expect(page.console).toEqual([])
    expect(page.requests).toContain(address)
    expect(page.requests.filter((url) => !url.startsWith(inject('url')))).toEqual([])
  })

  test('is not genuine once a character of the address is changed', async () => {
    const at = address.length - 40
    const forged = `${address.slice(0, at)}${address[at] === 'A' ? 'B' : 'A'}${address.slice(at + 1)}`
    expect((await send(forged)).data).toMatchObject({ valid: false, reason: 'tampered', holder: null, digest: null })
    const page = await visit(forged, { language })
    expect(page.html).toContain(language === 'en' ? '<h2>Not genuine</h2>' : '<h2>Μη γνήσια</h2>')
    expect(page.html).not.toContain('**********')
    expect(page.console).toEqual([])
  })

  test('shows a person who knows whose it is what was issued, and whether a file is the one that was', async () => {
    const type = (field: string, value: string) => `document.querySelector('[name=${field}]').value = '${value}'`
    const show = "document.querySelector('form button').click()"
    const place = (form: number) => `document.querySelectorAll('form + [role=status]')[${form}]`
    const shown = (form: number) => until(`${place(form)}.children.length > 0`)
    const text = (form: number) => `${place(form)}.innerText`
    const give = (base64: string) => `(() => {
      const content = Uint8Array.from(atob('${base64}'), (one) => one.charCodeAt(0))
      const files = new DataTransfer()
      files.items.add(new File([content], 'transcript.pdf', { type: 'application/pdf' }))
      const input = document.querySelector('input[type=file]')
      input.files = files.files
      input.dispatchEvent(new Event('change', { bubbles: true }))
    })()`
    const again = (form: number) => `${place(form)}.replaceChildren()`
    const [, , , refused, , , , , record, , , known, , , , unknown, href] = await act(
      `${address}?language=${language}`,
      [
        type('student_number', 'nobody'),
        show,
        shown(0),
        text(0),
        again(0),
        type('student_number', studies.student.student_number),
        show,
        shown(0),
        text(0),
        give(Buffer.from(bytes).toString('base64')),
        shown(1),
        text(1),
        again(1),
        give(Buffer.from('%PDF-1.7 forged').toString('base64')),
        shown(1),
        text(1),
        'location.href',
      ],
    )
    expect(refused).toContain(language === 'en' ? 'do not belong together' : 'δεν ταιριάζουν')
    for (const { code } of studies.courses) expect(record).toContain(code)
    expect(known).toContain(language === 'en' ? 'This exact file was issued' : 'Αυτό ακριβώς το αρχείο εκδόθηκε')
    expect(unknown).toContain(language === 'en' ? 'Not a file that was issued' : 'Δεν είναι αρχείο που εκδόθηκε')
    expect(href).not.toContain(studies.student.student_number)
  })
})

/** A whole line of the page with these cells, whatever the space between them. */
const lineOf = (...cells: string[]) =>
  new RegExp(`^ *${cells.map((cell) => cell.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join(' +')} *$`, 'm')
