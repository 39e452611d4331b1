import { beforeAll, describe, expect, test } from 'vitest'
import { wish } from '../../admission/application/applied.ts'
import { counts, csv, importFile, problems } from '../../exchange/import/files.ts'
import type { Answer } from '../../call.ts'
import { invitationToken, invitee } from '../mailed-token/mailed.ts'
import { badFields } from '../../call.ts'
import { caller, countRows, password, type Persona, unique, type World, world } from '../../world.ts'

let w: World
let admin: Persona
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
})

const email = () => `named${unique()}@lyceum.test`
type Post = (path: string, body: unknown, headers?: Record<string, string>) => Promise<Answer>

/** Every operation that takes the name of a person, by the field. */
const places: [string, string, (name: string, headers?: Record<string, string>) => Promise<Answer>][] = [
  [
    'a registration',
    'full_name',
    (full_name, headers) =>
      (caller(null).post as Post)('/auth/register', { email: email(), password, full_name }, headers),
  ],
  [
    'an account',
    'full_name',
    (full_name) => (admin.post as Post)('/users', { email: email(), password, full_name, role: 'faculty' }),
  ],
  [
    'a change of an account',
    'full_name',
    (full_name) => (admin.patch as Post)(`/users/${w.registrar.userId}`, { full_name }),
  ],
  ['an invitation', 'full_name', (full_name) => (admin.post as Post)('/users/invitations', invitee({ full_name }))],
  [
    'its acceptance',
    'full_name',
    async (full_name) =>
      (caller(null).post as Post)('/auth/invitations/accept', {
        token: await invitationToken(invitee()),
        password,
        full_name,
      }),
  ],
  ...(['first_name', 'last_name', 'latin_name', 'father_name'] as const).flatMap((field): typeof places => [
    [
      'a student',
      field,
      (name) =>
        (w.registrar.post as Post)('/students', {
          student_number: `N-${unique()}`,
          first_name: 'Ελένη',
          last_name: 'Παππά',
          email: email(),
          [field]: name,
        }),
    ],
    [
      'an application',
      field,
      async (name) =>
        (w.registrar.post as Post)('/applications', {
          ...(await wish(w)),
          user_id: (await applicant()).userId,
          [field]: name,
        }),
    ],
  ]),
]

let known: Promise<Persona> | undefined
const applicant = () => (known ??= w.studentPersona())

const bad = {
  'a link': 'Visit https://evil.example',
  'any scheme': 'x://y',
  'a word joiner': 'An\u2060na',
  'a filler': '\u3164',
  'nothing but what is taken out': '\u200B\u202E',
  'a tag': 'Anna\u{E0041}',
  'a line separator': 'Anna\u2028Call me',
  'a line break': 'Anna\nCall me',
  'tower of marks': `A${'\u0301\u0302\u0303\u0304\u0305'}nna`,
}

/** What is copied along and nobody sees, and the name as it is kept. */
const cleaned = {
  'an order from right to left': ['Anna \u202Egpj.exe', 'Anna gpj.exe'],
  'an isolate': ['\u2066Anna\u2069', 'Anna'],
  'a mark of direction': ['An\u200Ena', 'Anna'],
  'the Arabic one': ['An\u061Cna', 'Anna'],
  'a space without width': ['An\u200Bna', 'Anna'],
  'a soft hyphen': ['An\u00ADna', 'Anna'],
  'a byte order mark': ['\uFEFFAnna', 'Anna'],
  'an idle joiner': ['An\u200D\u200Cna', 'Anna'],
  'accents apart': ['A\u0301nna', 'Ánna'],
  'an accent behind what is taken out': ['A\u200B\u0301nna', 'Ánna'],
} as const

describe.each(places)('the name in %s (%s)', (_, field, send) => {
  test.each(Object.entries(bad))('holds no %s', async (__, name) => {
    const answer = await send(name)
    expect([answer.status, badFields(answer)]).toEqual([422, [`body.${field}`]])
  })

  test.each(Object.entries(cleaned))('is kept without %s', async (__, [typed, kept]) => {
    const answer = await send(typed)
    expect(answer.status).toBeLessThan(300)
    // Whoever accepts an invitation is signed in, and sees the own account.
    const row = (answer.data as { user?: object }).user ?? answer.data
    expect((row as Record<string, string>)[field]).toBe(kept)
  })

  const others = ['Δρ. Άννα Παπαδοπούλου-Smith', 'Nuño: Æsir / Łódź', '李小龍', 'محمد علي', 'نیک\u200Cنام', 'क्\u200Dष']
  test.each(["Mary-Jane O'Neill", ...(field === 'latin_name' ? [] : others)])('may be %s', async (name) => {
    expect((await send(name)).status).toBeLessThan(300)
  })
})

test('the refusal is told in Greek to those who read it', async () => {
  const before = await countRows('user')
  const answer = await places[0]![2]('x://y', { 'accept-language': 'el' })
  expect(answer.error!.details.errors![0]!.message).toContain('αόρατους χαρακτήρες')
  expect(await countRows('user')).toBe(before)
})

test('a file of students is refused the line', async () => {
  const row = { student_number: `N-${unique()}`, first_name: 'An\u2060na', last_name: 'x://y', email: email() }
  const answer = await importFile(admin, 'students', csv([{ ...row, enrollment_date: '2025-09-20' }]))
  expect(counts(answer)).toEqual([0, 0, 0, 1])
  expect(problems(answer)).toEqual([
    [2, 'first_name', 'invalid_format'],
    [2, 'last_name', 'invalid_format'],
  ])
})
