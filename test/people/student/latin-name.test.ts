import { beforeAll, describe, expect, test } from 'vitest'
import { applicant, applied, wish } from '../../admission/application/applied.ts'
import { badFields } from '../../call.ts'
import { testEnv, unique, type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const words = {
  en: 'must be in Latin letters, with nothing else but blanks, hyphens, apostrophes and points, such as Maria Papadopoulou',
  el: 'πρέπει να είναι με λατινικά γράμματα και μόνο κενά, παύλες, αποστρόφους και τελείες, όπως Maria Papadopoulou',
}
const input = () => {
  const n = unique()
  return { student_number: `LN-${n}`, email: `ln${n}@lyceum.test`, last_name: 'Ρήγα' }
}
const post = (latin_name: string, language: 'en' | 'el' = 'en') =>
  w.registrar.post('/students', { ...input(), latin_name }, { 'accept-language': language })

/** A student of before, whose Latin name is in Greek letters. */
async function ofBefore() {
  const { id } = await w.student()
  await testEnv.DB.prepare("update student set latin_name = 'Ελένη Ρήγα' where id = ?").bind(id).run()
  return id
}

describe('a Latin name', () => {
  test.each([
    'Eleni Riga',
    'Đặng Nguyễn Thị',
    'Łukasz Żółć-Þór',
    "Sinéad O'Connor d’Arc",
    'J. R. R. Tolkien Jr.',
    'Marcel·lí Ibn ʿArabī',
    'Ḩ\u0331asan',
    "'t Hooft",
  ])('is kept: %s', async (latin_name) => {
    const { status, data } = await post(latin_name)
    expect([status, data.latin_name]).toEqual([201, latin_name.normalize('NFC')])
  })

  test.each([
    'Ελένη Ρήγα',
    'Eleni Ρήγα',
    'Αnna',
    'Иван',
    'გიორგი',
    '李明',
    'Muhammad علي',
    '-',
    '1',
    'Anna 2',
    'A & B',
    'a@b',
  ])('is refused: %s', async (latin_name) => {
    const answer = await post(latin_name)
    expect([answer.status, badFields(answer)]).toEqual([422, ['body.latin_name']])
  })

  test.each(['en', 'el'] as const)('is refused in words with an example: %s', async (language) => {
    const { error } = await post('Ρήγα', language)
    expect(error!.details.errors).toEqual([
      { in: 'body', path: 'latin_name', code: 'invalid_format', message: words[language] },
    ])
  })

  test('is asked for in every change, application and file', async () => {
    const { id } = await w.student()
    const { id: draft, ...rest } = { id: await applied(w, await applicant()), ...(await wish(w)) }
    const answers = [
      await w.registrar.patch(`/students/${id}`, { latin_name: 'Ρήγα' }),
      await w.registrar.put(`/students/${id}`, { ...input(), latin_name: 'Ρήγα' }),
      await w.registrar.patch(`/applications/${draft}`, { latin_name: 'Ρήγα' }),
      await w.registrar.put(`/applications/${draft}`, { ...rest, latin_name: 'Ρήγα' }),
      await w.registrar.post('/applications', { user_id: (await applicant()).userId, ...rest, latin_name: 'Ρήγα' }),
    ]
    for (const answer of answers) expect([answer.status, badFields(answer)]).toEqual([422, ['body.latin_name']])
    const { student_number, email, last_name } = input()
    const file = `student_number,email,last_name,latin_name\n${student_number},${email},${last_name},Ρήγα\n`
    const { data } = await w.registrar.post('/imports/students', file, { 'content-type': 'text/csv' })
    expect(data).toMatchObject({ created: 0, failed: 1 })
    expect(data.errors).toMatchObject([{ line: 2, field: 'latin_name', message: words.en }])
  })
})

describe('a Latin name of before in other letters', () => {
  test('is shown, and stays where something else is changed', async () => {
    const id = await ofBefore()
    expect((await w.registrar.get(`/students/${id}`)).data.latin_name).toBe('Ελένη Ρήγα')
    const { status, data } = await w.registrar.patch(`/students/${id}`, { study_year: 3 })
    expect([status, data.study_year, data.latin_name]).toEqual([200, 3, 'Ελένη Ρήγα'])
    expect((await w.registrar.patch(`/students/${id}`, { latin_name: 'Eleni Riga' })).data.latin_name).toBe(
      'Eleni Riga',
    )
  })

  test('does not go from the application to the student', async () => {
    const me = await applicant()
    const id = await applied(w, me)
    await testEnv.DB.prepare("update application set latin_name = 'Ιφιγένεια' where id = ?").bind(id).run()
    for (const step of ['submit', 'review', 'accept'] as const) await w.registrar.post(`/applications/${id}/${step}`)
    const { status, data } = await w.registrar.post(`/applications/${id}/matriculate`)
    expect([status, data.latin_name]).toEqual([200, 'Ιφιγένεια'])
    const { data: student } = await w.registrar.get(`/students/${data.student_id!}`)
    expect(student).toMatchObject({ last_name: 'Κομνηνού', latin_name: null })
  })
})
