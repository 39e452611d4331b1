import { PDF } from '@libpdf/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadFontsFor } from '#/paperwork/document-text/draw-with.ts'
import type { InstitutionSeal } from '#/paperwork/official-document/index.ts'
import type { OfficialRecord, TranscriptCourse, TranscriptTerm } from '#/paperwork/transcript-paper/official-record.ts'
import { renderTranscript } from '#/paperwork/transcript-paper/render-transcript.ts'
import { systemContext } from '../../world.ts'

const course = (number: number, changes: Partial<TranscriptCourse> = {}): TranscriptCourse => ({
  code: `INF-${100 + number}`,
  title: { en: `Data Structures ${number}`, el: `Δομές Δεδομένων ${number}` },
  credits: '5.00',
  letter: 'B+',
  percentage: `8${number % 10}.25`,
  points: '3.30',
  outcome: 'pass',
  counted: true,
  ...changes,
})

const term = (index: number, courses: TranscriptCourse[]): TranscriptTerm => ({
  code: `T${index}`,
  name: { en: `Semester ${index}`, el: `Εξάμηνο ${index}` },
  courses,
  average: `7${index}.50`,
  gpa: `3.0${index}`,
  credits_earned: '25.00',
})

const fortyCourses = Array.from({ length: 8 }, (_, index) =>
  term(
    index + 1,
    Array.from({ length: 5 }, (_, place) => course(index * 5 + place)),
  ),
)

const student = {
  number: '2022-00417',
  name: 'Ευαγγελία Παπαδοπούλου-Χατζηγεωργίου',
  latin_name: 'Evangelia Papadopoulou-Chatzigeorgiou',
  father_name: 'Γεώργιος Ρήγας',
  date_of_birth: '2004-03-09',
  enrollment_date: '2022-09-26',
}

const record = (terms: TranscriptTerm[], holder: Partial<OfficialRecord['student']> = {}): OfficialRecord => ({
  institution: { en: 'University of the Aegean', el: 'Πανεπιστήμιο Αιγαίου' },
  student: { ...student, ...holder },
  program: {
    code: 'CS-BSC',
    title: { en: 'Computer Science', el: 'Επιστήμη Υπολογιστών' },
    degree: 'BSc',
    credits_required: '240.00',
  },
  terms,
  cumulative: { average: '81.62', gpa: '3.27', credits_earned: '200.00', credits_attempted: '210.00' },
})

const seal: InstitutionSeal = {
  language: 'el',
  issueId: '01JD2V7Q3M8Z4K6T9W5X1Y0ABC',
  issuedAt: '2026-11-19T22:30:00Z',
  expiresAt: '2026-11-21T22:30:00Z',
  digest: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  verificationUrl: `https://lyceum.example.edu/transcripts/verify/${'eyJpIjoiMDFKRDJWN1EzTT'.repeat(5)}`,
  timeZone: 'Europe/Athens',
  signer: null,
}
const inEnglish: InstitutionSeal = { ...seal, language: 'en' }

beforeAll(() => loadFontsFor(systemContext(), 'Α'))

const read = async (official: OfficialRecord, by: InstitutionSeal) => {
  const pdf = await PDF.load(await renderTranscript(official, by))
  const pages = pdf.getPages()
  return { pdf, pages, texts: pages.map((page) => page.extractText().text) }
}

const greek = (decimal: string | null) => String(decimal).replace('.', ',')

describe('a transcript of forty courses in eight terms', () => {
  it('is a PDF of A4 pages under 200 KB', async () => {
    const bytes = await renderTranscript(record(fortyCourses), seal)
    expect(new TextDecoder('latin1').decode(bytes.subarray(0, 5))).toBe('%PDF-')
    expect(bytes.length).toBeLessThan(200_000)
    const { pages } = await read(record(fortyCourses), seal)
    expect(pages.map((page) => page.getMediaBox())).toEqual(
      Array.from({ length: 3 }, () => ({ x: 0, y: 0, width: 595.28, height: 841.89 })),
    )
  })

  it('prints every name, code, title and number, with tonos and final sigma', async () => {
    const { texts } = await read(record(fortyCourses), seal)
    const text = texts.join('\n')
    for (const { code, title, percentage } of fortyCourses.flatMap(({ courses }) => courses)) {
      expect(text).toMatch(new RegExp(`${code}\\s+${title.el}\\s+5,00\\s+B\\+\\s+${greek(percentage)}\\s+3,30`))
    }
    for (const { name, code, average, gpa } of fortyCourses) {
      for (const part of [name.el, code, greek(average), greek(gpa)]) expect(text).toContain(part)
    }
    for (const part of [student.name, '(Evangelia Papadopoulou-Chatzigeorgiou)', 'Γεώργιος Ρήγας', '2022-00417']) {
      expect(text).toContain(part)
    }
    for (const part of ['Πανεπιστήμιο Αιγαίου', 'Επιστήμη Υπολογιστών (CS-BSC)', 'BSc', '240,00']) {
      expect(text).toContain(part)
    }
    for (const part of ['81,62', '3,27', '200,00', '210,00', seal.digest, seal.issueId]) expect(text).toContain(part)
  })

  it('keeps every term on one page and numbers the pages', async () => {
    const { texts } = await read(record(fortyCourses), seal)
    for (const { courses } of fortyCourses) {
      expect(texts.filter((text) => courses.every(({ code }) => text.includes(code)))).toHaveLength(1)
    }
    texts.forEach((text, index) => expect(text).toContain(`Σελίδα ${index + 1} από 3`))
  })

  it('names institution, holder and language in the file, and dates it at its issue', async () => {
    const { pdf } = await read(record(fortyCourses), inEnglish)
    expect(pdf.getMetadata()).toMatchObject({
      title: `Transcript of Academic Record: ${student.latin_name}, ${student.number}`,
      author: 'University of the Aegean',
      language: 'en',
      creationDate: new Date(seal.issuedAt),
    })
  })
})

it('gives the same bytes for the same record and seal', async () => {
  const first = await renderTranscript(record(fortyCourses), seal)
  expect(await renderTranscript(record(fortyCourses), seal)).toEqual(first)
  expect(await renderTranscript(record(fortyCourses), { ...seal, issueId: 'another' })).not.toEqual(first)
})

it('writes dates in words, in the language and time zone of the institution', async () => {
  const { texts } = await read(record([]), seal)
  for (const part of ['20 Νοεμβρίου 2026', '9 Μαρτίου 2004', '22 Νοεμβρίου 2026, 00:30'])
    expect(texts[0]).toContain(part)
  const english = await read(record([]), { ...inEnglish, timeZone: 'Atlantic/Azores' })
  for (const part of ['19 November 2026', '9 March 2004']) expect(english.texts[0]).toContain(part)
})

it('says so when nothing has been published', async () => {
  const { texts } = await read(record([]), inEnglish)
  expect(texts).toHaveLength(1)
  expect(texts[0]).toContain('No results have been published yet.')
  expect(texts[0]).not.toContain('Cumulative record')
  expect((await read(record([]), seal)).texts[0]).toContain('Δεν έχουν δημοσιευθεί ακόμη αποτελέσματα.')
})

it('marks a repeated course that does not count, and explains the mark only then', async () => {
  const repeated = await read(record([term(1, [course(1, { counted: false }), course(2)])]), inEnglish)
  expect(repeated.texts[0]).toContain('Data Structures 1 †')
  expect(repeated.texts[0]).toContain('† repeated course')
  expect((await read(record([term(1, [course(1)])]), inEnglish)).texts[0]).not.toContain('†')
})

it('prints the outcome where a course carries no letter, and a dash where it carries no figures', async () => {
  const withdrawn = course(1, { letter: '', percentage: '', points: '', outcome: 'withdrawn' })
  const { texts } = await read(record([term(1, [withdrawn])]), inEnglish)
  expect(texts[0]).toMatch(/INF-101\s+Data Structures 1\s+5\.00\s+W\s+–\s+–/)
})

const ofTen: Partial<OfficialRecord> = {
  institution_address: { en: '1 Academy Street', el: 'Ακαδημίας 1' },
  scale: {
    max: '10',
    pass: '5.00',
    shows_percent: false,
    bands: [
      { from: '8.50', name: { en: 'Excellent', el: 'Άριστα' } },
      { from: '5.00', name: { en: 'Good', el: 'Καλώς' } },
    ],
  },
  cumulative: { average: '8.02', gpa: '3.21', credits_earned: '10.0', credits_attempted: '10.0' },
}

it('prints grades, bands and averages on the scale of the record, and how to read them, and no percentages', async () => {
  const graded = course(1, { value: '8.50', scale: '10', band: { en: 'Excellent', el: 'Άριστα' } })
  const elsewhere = course(2, { value: '15.55', scale: '20', band: { en: 'B', el: 'B' } })
  const withdrawn = course(3, { letter: '', value: '', scale: '100', band: null, percentage: '', outcome: 'withdrawn' })
  const of = { ...record([{ ...term(1, [graded, elsewhere, withdrawn]), average: '8.14' }]), ...ofTen }
  const text = (await read(of, seal)).texts.join('\n')
  expect(text).toMatch(/INF-101\s+Δομές Δεδομένων 1\s+5,00\s+8,50\s+Άριστα/)
  expect(text).toMatch(/INF-102\s+Δομές Δεδομένων 2\s+5,00\s+15,55\/20\s+B/)
  expect(text).toMatch(/INF-103\s+Δομές Δεδομένων 3\s+5,00\s+W\s+–/)
  for (const part of [
    'Ακαδημίας 1',
    '8,14',
    '8,02',
    'Βαθμοί από 0 έως 10, βάση 5,00. Άριστα από 8,50, Καλώς από 5,00.',
  ])
    expect(text).toContain(part)
  for (const part of ['81,25', 'Ποσοστό', 'GPA', '3,21']) expect(text).not.toContain(part)
  const english = (await read(of, inEnglish)).texts.join('\n')
  expect(english).toMatch(/INF-101\s+Data Structures 1\s+5\.00\s+8\.50\s+Excellent/)
  expect(english).toContain('Grades from 0 to 10, pass mark 5.00. Excellent from 8.50, Good from 5.00.')
})

it('draws how the grades of the scale are distributed', async () => {
  const names = ['Excellent', 'Very good', 'Good', 'Fail'].map((en) => ({ en, el: `${en} el` }))
  const bands = names.map((name, index) => ({ name, grades: [3, 12, 33, 0][index]! }))
  const of = {
    ...record([term(1, [course(1)])]),
    ...ofTen,
    scale: { ...ofTen.scale!, distribution: { grades: 48, bands } },
  }
  const english = (await read(of, inEnglish)).texts.join('\n')
  for (const part of [
    'the 48 grades given on this scale',
    'Excellent 6.3%',
    'Very good 25.0%',
    'Good 68.8%',
    'Fail 0.0%',
  ])
    expect(english).toContain(part)
  const text = (await read(of, seal)).texts.join('\n')
  for (const part of ['Κατανομή των 48 βαθμών', 'Excellent el 6,3%', 'Good el 68,8%']) expect(text).toContain(part)
})

it('names the holder in the letters of its language first', async () => {
  const lines = async (by: InstitutionSeal) => (await read(record([]), by)).texts[0]!.split('\n')
  const [english, greekLines] = [await lines(inEnglish), await lines(seal)]
  const [first, second] = [`${student.latin_name}`, `(${student.name})`]
  expect(english.indexOf(second) - english.indexOf(first)).toBe(1)
  expect(greekLines.indexOf(`(${student.latin_name})`) - greekLines.indexOf(student.name)).toBe(1)
})

it('prints polytonic names', async () => {
  const { texts } = await read(record([], { name: 'Ἀθηνᾶ Ῥήγα', father_name: 'Łukasz' }), seal)
  expect(texts[0]).toContain('Ἀθηνᾶ Ῥήγα')
})

it('repeats title and headings of a term longer than a page', async () => {
  const longTerm = term(
    1,
    Array.from({ length: 70 }, (_, number) => course(number)),
  )
  const { texts } = await read(record([longTerm]), inEnglish)
  const [first, ...others] = texts.filter((text) => text.includes('INF-1'))
  expect(others.length).toBeGreaterThan(0)
  expect(first).not.toContain('(continued)')
  for (const text of others) expect(text).toContain('Semester 1 (continued)')
  for (const text of [first, ...others]) expect(text).toMatch(/Code\s+Course\s+ECTS\s+Grade\s+Percentage\s+Points/)
})

it('keeps names and titles of any length between the margins', async () => {
  const unbroken = 'Λοπαδοτεμαχοσελαχογαλεοκρανιολειψανοδριμυποτριμματοσιλφιοκαραβομελιτοκατακεχυμενο'
  const extreme = record(
    [term(1, [course(1, { code: unbroken, title: { en: unbroken, el: `${unbroken} ${unbroken}` } })])],
    {
      name: `${unbroken} ${student.name} ${student.name}`,
      number: unbroken,
    },
  )
  const { pages } = await read({ ...extreme, institution: { en: unbroken, el: `${unbroken} ${unbroken}` } }, seal)
  const boxes = pages.flatMap((page) => page.extractText().lines.map(({ bbox }) => bbox))
  expect(Math.min(...boxes.map(({ x }) => x))).toBeGreaterThanOrEqual(59.9)
  expect(Math.max(...boxes.map(({ x, width }) => x + width))).toBeLessThanOrEqual(595.28 - 59.9)
})
