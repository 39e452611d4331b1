import { beforeAll, describe, expect, inject, test } from 'vitest'
import { type Caller, signIn } from './client.ts'
import { soundness, textOf } from './paper.ts'

let registrar: Caller
beforeAll(async () => {
  registrar = await signIn(inject('url'), 'registrar')
})

let students = 0
const student = (first_name: string, last_name: string, latin_name: string | null = null) => {
  students += 1
  const email = `paper${students}@lyceum.example`
  return registrar.make('/students', { student_number: `PAPER-${students}`, first_name, last_name, latin_name, email })
}

describe.each(['el', 'en'])('pdftotext reads the name from a transcript as it was written (%s)', (language) => {
  test.each([
    ['Greek, polytonic', 'Ἀθηνᾶ', 'Ῥήγα-ᾱ\u0301'],
    ['Serbian', 'Љубица', 'Ђорђевић'],
    ['Ukrainian, with a stress', 'Їжак', 'Ґалаґан-Щепкіна\u0301'],
    ['Bulgarian', 'Цветелина', 'Щърбанова'],
    ['Georgian', 'გიორგი', 'წერეთელი'],
    ['Armenian', 'Արամ', 'Խաչատրյան'],
    ['Vietnamese', 'Nguyễn', 'Phượng Đặng'],
    ['Polish', 'Żółć', 'Świętosławska'],
    ['Turkish', 'Çağlayan İbrahim', 'Şükrüoğlu'],
    ['Romanian', 'Ștefania', 'Țurcanu'],
    ['Icelandic', 'Þórður', 'Guðmundsdóttir'],
    ['Lithuanian, with accents', 'Jų\u0303rė\u0303', 'Kazlauskaĩtė'],
    ['of two scripts', 'Ελένη', 'Џонсон'],
  ])('%s', async (_, first_name, last_name) => {
    const { id } = await student(first_name, last_name)
    const { bytes } = await registrar.download(`/transcripts/${id}?language=${language}`)
    const lines = (await textOf(bytes)).split('\n').map((line) => line.trim())
    expect(lines).toContain(`${first_name} ${last_name}`)
    expect(await soundness(bytes)).toContain('No syntax or stream encoding errors found')
  })
})

test('a name that would have to be shaped is printed as its Latin one, alone', async () => {
  const { id } = await student('محمد', 'الهاشمي', 'Muhammad al-Hashimi')
  for (const language of ['el', 'en']) {
    const { bytes } = await registrar.download(`/transcripts/${id}?language=${language}`)
    const text = await textOf(bytes)
    expect(text).toMatch(/^ *Muhammad al-Hashimi$/m)
    expect(text).not.toMatch(/\p{Script=Arabic}|\uFFFD|\(Muhammad/u)
  }
})
