import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type Caller, signIn } from './client.ts'
import { forget, newPlace, type Place, type Server, startServer, waitUntil } from './server.ts'

describe('a first start', () => {
  let registrar: Caller

  beforeAll(async () => {
    registrar = await signIn(inject('url'), 'registrar')
  })

  test('fills a catalog of two programs, eight courses and nine sections in two terms', async () => {
    const programs = await registrar.all('/programs?code__in=INF,PHI')
    const terms = await registrar.all('/terms?code__in=2026S,2026W')
    const sections = await registrar.all(`/sections?term_id__in=${terms.map(({ id }) => id).join(',')}`)
    const courses = await registrar.all(`/courses?program_id__in=${programs.map(({ id }) => id).join(',')}`)
    expect(programs.length).toBe(2)
    expect(courses.length).toBe(8)
    expect(sections.length).toBe(9)
    expect(sections.filter(({ seats_taken, capacity }) => seats_taken === capacity).length).toBe(1)
  })

  test('admits sixty students', async () => {
    const students = await registrar.all('/students?email__contains=@students.lyceum.example')
    expect(students.length).toBe(60)
  })

  test('leaves results in all three states', async () => {
    for (const state of ['draft', 'published', 'frozen']) {
      const results = await registrar.all(`/results?state=${state}`)
      const ofDemo = results.filter(({ term_code }) => ['2026S', '2026W'].includes(term_code))
      expect([state, ofDemo.length > 10]).toEqual([state, true])
    }
  })

  test('leaves transcripts that are ready to be fetched', async () => {
    const terms = await registrar.all('/transcripts/jobs?ordering=created_at')
    const ordered = terms.slice(0, 5)
    expect(ordered.map(({ status }) => status)).toEqual(['ready', 'ready', 'ready', 'ready', 'ready'])
    const { bytes } = await registrar.download(`/transcripts/jobs/${ordered[0]!.id}/file`)
    expect(new TextDecoder().decode(bytes.slice(0, 5))).toBe('%PDF-')
  })

  test('leaves applications from a draft to a matriculated student', async () => {
    const demo = '/applications?email__contains=applicant&ordering=id'
    const states = (await registrar.all(demo)).map(({ status }) => status)
    expect(states).toEqual(['draft', 'submitted', 'under_review', 'waitlisted', 'rejected', 'accepted', 'matriculated'])
    const newcomer = await registrar.first('/students?email=applicant7@lyceum.example')
    expect(newcomer.student_number).toBe('2026-00001')
  })

  test('leaves a section with categories by the rules of its course, one with attendance, and a letter', async () => {
    const course = await registrar.first('/courses?code=PHI201')
    const { rules } = (await registrar.get(`/courses/${course.id}/evaluation-rules`)).data
    const ruled = await registrar.first(`/sections?course_id=${course.id}`)
    const categories = await registrar.all(`/assessment-categories?section_id=${ruled.id}`)
    expect(categories.map(({ name, weight }) => [name, weight])).toEqual([
      ['Essays', 40],
      ['Exam', 60],
    ])
    expect(rules.map(({ name }) => name)).toEqual(['Essays', 'Exam'])
    const taught = await registrar.first('/sections?search=INF101')
    const summary = await registrar.get(`/attendance/section-summary?section_id=${taught.id}`)
    expect(summary.data.students.every(({ records }) => records === 6)).toBe(true)
    const letter = await registrar.first('/requests?type=bonafide&status=approved')
    const { bytes } = await registrar.download(`/requests/${letter.id}/document`)
    expect(new TextDecoder().decode(bytes.slice(0, 5))).toBe('%PDF-')
  })

  test.for(['admin', 'registrar', 'teacher', 'teacher2', 'student', 'student2', 'applicant'] as const)(
    'lets %s sign in',
    async (name) => {
      const { data } = await (await signIn(inject('url'), name)).get('/auth/me')
      expect(data.email).toBe(`${name}@lyceum.example`)
    },
  )
})

describe('a start without the demo term', () => {
  let place: Place
  let server: Server

  beforeAll(async () => {
    place = await newPlace()
    server = await startServer(place, { demo: false })
  })

  afterAll(async () => {
    await server.stop()
    forget(place)
  })

  test('says where it is and who can sign in', async () => {
    await waitUntil(async () => server.output().includes('Lyceum is ready'), 'the server to say that it is ready')
    expect(server.output()).toContain(`${server.url}/docs`)
    expect(server.output()).toMatch(/Sign in +admin@lyceum\.example\n/)
  })

  test('has the admin and nothing else', async () => {
    const admin = await signIn(server.url, 'admin')
    for (const list of ['/programs', '/courses', '/terms', '/sections', '/students', '/enrollments', '/results']) {
      expect([list, await admin.all(list)]).toEqual([list, []])
    }
    await expect(signIn(server.url, 'registrar')).rejects.toThrow('registrar could not sign in: 401')
  })

  test('keeps its mail as files: with the token from one, a forgotten password is replaced', async () => {
    const post = (path: string, body: object) =>
      fetch(`${server.url}/api/v1/auth/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    const email = 'admin@lyceum.example'
    expect((await post('password-reset/request', { email })).status).toBe(202)
    const folder = join(place.state, 'mail')
    await waitUntil(async () => existsSync(folder) && readdirSync(folder).length > 0, 'the mail to arrive')
    const mail = readFileSync(join(folder, readdirSync(folder)[0]!), 'utf8')
    const token = /#token=([\w-]{44})$/m.exec(mail)![1]
    const new_password = 'Lyceum-Demo-2026!!'
    expect((await post('password-reset/confirm', { token, new_password })).status).toBe(204)
    const signedIn = await post('login', { email, password: new_password })
    const { data } = (await signedIn.json()) as { data: { access_token: string } }
    const back = await fetch(`${server.url}/api/v1/auth/change-password`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${data.access_token}` },
      body: JSON.stringify({ current_password: new_password, new_password: 'Lyceum-Demo-2026!' }),
    })
    expect(back.status).toBe(204)
  })

  test('a second `npm start` does nothing that is done, and has kept the data', async () => {
    const program = { code: 'KEPT', title: 'What stays', title_el: 'Ό,τι μένει' }
    const made = await (await signIn(server.url, 'admin')).make('/programs', program)
    await server.stop()
    server = await startServer(place, { demo: false, throughNpm: true })
    expect(server.output()).not.toMatch(/Installing|Making|Filling/)
    const { status, data } = await (await signIn(server.url, 'admin')).get(`/programs/${made.id}`)
    expect(status).toBe(200)
    expect(data).toEqual(made)
  })

  test('ends when npm is asked to end, and leaves nothing behind that listens', async () => {
    await expect(server.stop()).resolves.toBeUndefined()
  })
})
