import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#/platform/context.ts'
import { unique, type World, world } from '../../world.ts'
import { execute, taken } from '../../grading/graded-section.ts'
import { badFields } from '../../call.ts'
import { issueOf, type IssueRow, tokenOf } from './issued.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

async function issued(fields: object = {}): Promise<IssueRow> {
  const student = await w.student(fields)
  await taken(w, student.id, 85.5, {})
  await w.registrar.get(`/transcripts/${student.id}`)
  return issueOf(student.id)
}

async function pageOf(token: string, { query = '', language = 'en' } = {}) {
  const accept = { accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8', 'accept-language': language }
  const answer = await w.anonymous.get(`/transcripts/verify/${token}${query}`, accept)
  return { ...answer, html: await answer.response.text() }
}

describe('the verification page', () => {
  test('tells people in English what programs get as JSON', async () => {
    const issue = await issued({ student_number: '2022-00419' })
    const { status, headers, html } = await pageOf(await tokenOf(issue))
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(html).toContain('<html lang="en">')
    expect(html).toContain('<title>Transcript verification - Lyceum University</title>')
    expect(html).toContain('<h2>Genuine</h2>')
    for (const part of ['<dd>Ε. Π.</dd>', '<dd>**********</dd>', `<dd>${issue.digest}</dd>`])
      expect(html).toContain(part)
    expect(html).toContain('<a href="?language=el" lang="el">Ελληνικά</a>')
  })

  test.each([{ language: 'el' }, { query: '?language=el' }])('speaks Greek by %j', async (wish) => {
    const { html } = await pageOf(await tokenOf(await issued()), wish)
    expect(html).toContain('<html lang="el">')
    expect(html).toContain('<title>Επαλήθευση αναλυτικής βαθμολογίας - Πανεπιστήμιο Λύκειον</title>')
    expect(html).toContain('<h2>Γνήσια</h2>')
    expect(html).toContain('<a href="?language=en" lang="en">English</a>')
  })

  test('writes the times where the institution is, and says where, as the paper does', async () => {
    const issue = await issued()
    const local = (instant: string) => {
      const format = (style: object) => new Intl.DateTimeFormat('en-GB', { ...style, timeZone: 'Europe/Athens' })
      const [day, time] = [format({ dateStyle: 'long' }), format({ timeStyle: 'short' })]
      return `${day.format(new Date(instant))}, ${time.format(new Date(instant))} (Europe/Athens)`
    }
    const { html } = await pageOf(await tokenOf(issue))
    expect(html).toContain(`<dd>${local(issue.issued_at)}</dd>`)
    expect(html).toContain(`<dd>${local(issue.expires_at)}</dd>`)
  })

  test.each([
    ['revoked', 'Revoked', 'Ανακλήθηκε', 'bad'],
    ['superseded', 'Superseded', 'Αντικαταστάθηκε', 'old'],
  ])('names what is %s in both languages', async (column, english, greek, tone) => {
    const issue = await issued()
    await execute(`update transcript_issue set ${column}_at = ? where id = ?`, new Date().toISOString(), issue.id)
    const token = await tokenOf(issue)
    expect((await pageOf(token)).html).toContain(`<section class="verdict ${tone}"><h2>${english}</h2>`)
    expect((await pageOf(token, { language: 'el' })).html).toContain(
      `<section class="verdict ${tone}"><h2>${greek}</h2>`,
    )
  })

  test('shows no facts of what is tampered or unknown', async () => {
    const unknown = await pageOf(await tokenOf(await issued(), { id: newId() }))
    expect(unknown.html).toContain('<h2>Unknown</h2>')
    const tampered = await pageOf('A'.repeat(91), { language: 'el' })
    expect(tampered.html).toContain('<h2>Μη γνήσια</h2>')
    for (const { html } of [unknown, tampered])
      for (const part of ['<dl>', '<form', '<script']) expect(html).not.toContain(part)
  })

  test('lets nothing run but what carries the nonce of this answer', async () => {
    const token = await tokenOf(await issued())
    const nonces = []
    for (const { headers, html } of [await pageOf(token), await pageOf(token)]) {
      const policy = headers.get('content-security-policy')!
      const nonce = /style-src 'nonce-([\w-]{22})'/.exec(policy)?.[1]
      expect(policy).toContain("default-src 'none'")
      expect(policy).not.toContain('unsafe')
      expect(html).toContain(`<style nonce="${nonce}">`)
      expect(policy).toContain("form-action 'none'")
      expect(html.match(/<(script|link|img|iframe)\b[^>]*>|\son\w+=/g)).toEqual([`<script nonce="${nonce}">`])
      expect(html.match(/<form\b[^>]*\b(?:action|method)\b/g)).toBeNull()
      nonces.push(nonce)
    }
    expect(nonces[0]).not.toBe(nonces[1])
  })

  test('escapes what people entered', async () => {
    const { html } = await pageOf(await tokenOf(await issued({ first_name: '<b>Mallory</b>', last_name: '&co' })))
    expect(html).toContain('<dd>&lt;. &amp;.</dd>')
    expect(html).not.toContain('<b>')
  })

  test('refuses another language', async () => {
    expect(badFields(await pageOf(await tokenOf(await issued()), { query: '?language=de' }))).toEqual([
      'query.language',
    ])
  })
})

describe('the holder', () => {
  const holder = {
    first_name: 'Ευαγγελία',
    last_name: 'Παπαδοπούλου',
    latin_name: 'Evangelia Papadopoulou',
    father_name: 'Γεώργιος',
    date_of_birth: '2004-03-09',
    phone: '+302101234567',
  }

  test.each(['2022-00420', 'ΑΜ 77/2022', '123456', 'Z9Y8', 'Q7X', 'Q7', '7'])(
    'with the number %s is named by nothing but initials and last characters',
    async (student_number) => {
      const email = `evangelia${unique()}@lyceum.test`
      const token = await tokenOf(await issued({ ...holder, email, student_number }))
      const { response, data } = await w.anonymous.get(`/transcripts/verify/${token}`)
      expect(data.holder!.initials).toBe('Ε. Π.')
      expect(data.holder!.student_number).toHaveLength(student_number.length)
      expect(data.holder!.student_number).not.toBe(student_number)
      const { html } = await pageOf(token)
      const shown = html.slice(html.indexOf('<dl>'), html.indexOf('</dl>'))
      const { digest: _, ...facts } = data
      for (const secret of Object.values({ ...holder, email })) {
        expect(await response.clone().text()).not.toContain(secret)
        expect(html).not.toContain(secret)
      }
      expect(shown).not.toContain(`<dd>${student_number}</dd>`)
      expect(JSON.stringify(facts)).not.toContain(`"${student_number}"`)
    },
  )
})
