import { tokenMailedBy } from './mailed-token.ts'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { AnswerAt } from '../answer-at.ts'
import { type Caller, send, signIn } from './client.ts'
import { run as tool } from './tools.ts'

let folder: string
let registrar: Caller
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lyceum-data-'))
  registrar = await signIn(inject('url'), 'registrar')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function run(script: string, path: string, as: object = {}): Promise<string> {
  const account = { LYCEUM_URL: inject('url'), LYCEUM_EMAIL: 'registrar@lyceum.example', ...as }
  const argv = [`scripts/import/${script}.mjs`, path]
  const { stdout } = await promisify(execFile)(process.execPath, argv, { env: { ...process.env, ...account } })
  return stdout
}

/** Lines of the table that the script prints: entity -> rows, created, updated, skipped, failed. */
const loads = (output: string) =>
  Object.fromEntries(
    [...output.matchAll(/^ *(\w+) +(\d+) +(\d+) +(\d+) +(\d+) +(\d+) +[\d.]+$/gm)].map(([, entity, ...numbers]) => [
      entity,
      numbers.map(Number),
    ]),
  )

describe('import:uci', () => {
  const pupils = [
    'school;sex;absences;G1;G2;G3',
    '"GP";"F";2;"12";"11";12',
    '"GP";"M";0;"9";"9";10',
    '"MS";"F";4;"8";"9";9',
    '"MS";"M";0;"7";"0";0',
  ]

  test('loads pupils, and who left is not graded zero', async () => {
    const file = join(folder, 'student-tst.csv')
    writeFileSync(file, pupils.join('\n'))
    const output = await run('uci', file)
    expect(loads(output)).toMatchObject({
      students: [4, 4, 0, 0, 0],
      scores: [12, 12, 0, 0, 0],
      attendance: [6, 6, 0, 0, 0],
    })
    expect(output).toContain('passing (10 and more)     2 of 4')
    expect(output).toContain('left before the last one  1: G3 missing, 1 with a W')
    expect(output).toContain('graded zero               0')
    const again = loads(await run('uci', file))
    expect(again).toMatchObject({
      programs: [1, 0, 0, 1, 0],
      students: [4, 0, 0, 4, 0],
      enrollments: [4, 0, 0, 4, 0],
      scores: [12, 0, 0, 12, 0],
      attendance: [6, 0, 0, 6, 0],
    })
  })

  test('the results are on the Greek scale', async () => {
    const { data } = await registrar.get('/sections?search=UCI-TST')
    const results = await registrar.all(`/results?section_id=${data.items[0]!.id}&ordering=id`)
    expect(results.map(({ value, letter, outcome }) => [value, letter, outcome])).toEqual([
      [12, 'C', 'pass'],
      [10, 'D', 'pass'],
      [9, 'F', 'fail'],
      [0, 'W', 'withdrawn'],
    ])
  })
})

describe('an account with a second factor', () => {
  test('is asked for a code, and loads with one', async () => {
    const account = { email: `clerk-${Date.now()}@lyceum.example`, full_name: 'Υπατία', password: 'Correct-Horse-9!' }
    const admin = await signIn(inject('url'), 'admin')
    const confirmation = await tokenMailedBy(() => admin.make('/users', { ...account, role: 'registrar' }))
    const post = <const P extends string>(path: P, body: object, token = '') =>
      send<AnswerAt<'POST', `/auth/${P}`>>(`${inject('url')}/api/v1/auth/${path}`, {
        method: 'POST',
        body,
        headers: token ? { authorization: `Bearer ${token}` } : {},
      })
    await post('email-confirmation/confirm', { token: confirmation })
    const { access_token } = (await post('login', { email: account.email, password: account.password })).data
    const { secret } = (await post('mfa/setup', {}, access_token)).data
    const code = (await tool('oathtool', '--totp', '--base32', secret)).stdout.trim()
    const [recovery] = (await post('mfa/verify', { code }, access_token)).data.recovery_codes
    const as = { LYCEUM_EMAIL: account.email, LYCEUM_PASSWORD: account.password }
    const file = join(folder, 'student-tst.csv')
    await expect(run('uci', file, as)).rejects.toThrow('put a one-time code into LYCEUM_CODE')
    expect(loads(await run('uci', file, { ...as, LYCEUM_CODE: recovery }))).toMatchObject({ students: [4, 0, 0, 4, 0] })
  })
})

describe('import:oulad', () => {
  const files = {
    courses: [
      '"code_module","code_presentation","module_presentation_length"',
      '"TTT","2013J","268"',
      '"TTT","2014B","234"',
    ],
    assessments: [
      '"code_module","code_presentation","id_assessment","assessment_type","date","weight"',
      '"TTT","2013J","1","TMA","19","100"',
      '"TTT","2013J","2","Exam","?","100"',
      '"TTT","2013J","3","Exam","230","100"',
      '"TTT","2014B","4","CMA","19","0"',
      '"TTT","2014B","5","Exam","?","100"',
    ],
    studentInfo: [
      '"code_module","code_presentation","id_student","final_result"',
      '"TTT","2013J","900001","Pass"',
      '"TTT","2013J","900002","Withdrawn"',
      '"TTT","2013J","900003","Withdrawn"',
      '"TTT","2014B","900001","Fail"',
    ],
    studentRegistration: [
      '"code_module","code_presentation","id_student","date_registration","date_unregistration"',
      '"TTT","2013J","900001","-159","?"',
      '"TTT","2013J","900002","-53","12"',
      '"TTT","2013J","900003","?","?"',
      '"TTT","2014B","900001","3","?"',
    ],
    studentAssessment: [
      'id_assessment,id_student,date_submitted,is_banked,score',
      '1,900001,-3,0,78',
      '1,900002,18,0,0',
      '1,900003,18,0,',
      '2,900001,230,0,55',
      '4,900001,-1,1,90',
    ],
  }

  test('loads presentations, names what is odd, and changes nothing the second time', async () => {
    for (const [name, lines] of Object.entries(files)) writeFileSync(join(folder, `${name}.csv`), lines.join('\n'))
    const output = await run('oulad', folder)
    expect(loads(output)).toEqual({
      courses: [1, 1, 0, 0, 0],
      terms: [2, 2, 0, 0, 0],
      sections: [2, 2, 0, 0, 0],
      categories: [4, 4, 0, 0, 0],
      students: [3, 3, 0, 0, 0],
      enrollments: [4, 4, 0, 0, 0],
      assessments: [5, 5, 0, 0, 0],
      scores: [5, 5, 0, 0, 0],
    })
    expect(
      [...output.matchAll(/^ +(\d+) {2}([a-z ]+)/gm)].map(([, count, what]) => [what!.trim(), Number(count)]),
    ).toEqual([
      ['presentations whose exams total', 1],
      ['presentations whose coursework totals', 1],
      ['submissions without a score', 1],
      ['submissions with the score zero', 1],
      ['scores banked from an earlier presentation', 1],
      ['assessments without any submission', 2],
      ['submissions after the student had left', 1],
      ['submissions before the course began', 2],
      ['withdrawn without a date', 1],
      ['left on a date without being', 0],
      ['registrations without a date', 1],
      ['submissions of somebody who is not registered', 0],
      ['students of the largest presentation', 3],
    ])
    const again = await run('oulad', folder)
    expect(again).toContain('Nothing changed: everything was there already.')
    const [banked] = (await registrar.get('/assessment-scores?state=banked&ordering=-id&page_size=1')).data.items
    expect(banked).toMatchObject({ score: 90, state: 'banked' })
  })

  test('says what it wants when there is no data', async () => {
    await expect(run('oulad', join(folder, 'nowhere'))).rejects.toThrow('Say where the data is')
  })
})
