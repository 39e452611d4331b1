import { beforeAll, describe, expect, test } from 'vitest'
import { sealAuditLog } from '#/operations/audit-log/index.ts'
import { verifyArchived } from '#/operations/audit-renewal/verify-archived.ts'
import { type Persona, systemContext, testEnv, world } from '../../world.ts'
import { spoil, tamper } from '../audit-log/tampering.ts'
import { filesOf, oldRows, order, queued, sealAsBefore } from './old-rows.ts'

let admin: Persona
beforeAll(async () => {
  const w = await world()
  admin = await w.admin()
  await oldRows(3000, [(await w.student()).id])
  await sealAsBefore()
  await order(2)
  await queued(2).empty()
  await sealAuditLog(systemContext())
}, 60_000)

const verify = async () => (await admin.get('/audit/verify?limit=20000')).data
const verifyFirst = async (after = 0, limit = 20_000) =>
  (await admin.get(`/audit/chains/1/verify?after=${after}&limit=${limit}`)).data

test('nothing is wrong before', async () => {
  expect(await verify()).toMatchObject({ valid: true, problems: [] })
  expect(await verifyFirst()).toMatchObject({ valid: true, problems: [], next_after: null })
})

describe('a piece of the archive that', () => {
  const changes: [string, (text: string) => string][] = [
    ['is no JSON', () => '<html>'],
    ['is empty', () => ''],
    ['is an empty object', () => '{}'],
    ['has no links', () => '{"chain":1,"links":[]}'],
    ['has links without a hash', (text) => text.replaceAll(/,"[0-9a-f]{64}"/g, '')],
    ['begins with another row', (text) => text.replace(/\[\[\d+/, '[[0')],
    ['goes back to a row before', (text) => text.replace(/\[\d+(,"[0-9a-f]{64}"\]\]\})$/, '[1$1')],
    ['is too long to be one', (text) => text + ' '.repeat(9_000_000)],
  ]

  test.each(changes)('%s is named, whatever page it is on', async (_, change) => {
    const [key, next] = (await filesOf('audit-archive/1/')).slice(1)
    const [from_id, to_id] = [key, next].map((name) => Number(/\d{16}/.exec(name!)![0]))
    const [whole, ...pages] = await spoil(key!, change, async () => {
      const found = [await verifyFirst()]
      for (let after: number | null = 0; after !== null && found.length < 20; after = found.at(-1)!.next_after)
        found.push(await verifyFirst(after, 1000))
      return found
    })
    const told = [{ kind: 'rewritten', from_id, to_id }]
    expect(whole).toMatchObject({ valid: false, problems: told, next_after: null })
    expect(pages.flatMap(({ problems }) => problems)).toEqual(told)
  })

  test('is the last, is spoilt or goes between listing and reading: named as far as the chain went', async () => {
    const key = (await filesOf('audit-archive/1/')).at(-1)!
    const note = await (await testEnv.BACKUPS.get('audit-seals/2/note.json'))!.json<{ before: { last_id: number } }>()
    const rows = { from_id: Number(/\d{16}/.exec(key)![0]), to_id: note.before.last_id }
    const last = await spoil(
      key,
      () => '[]',
      () => verifyFirst(),
    )
    expect(last.problems).toEqual([{ kind: 'rewritten', ...rows }])
    const ctx = systemContext()
    const BACKUPS = {
      list: (options: R2ListOptions) => ctx.env.BACKUPS.list(options),
      get: async (name: string) => (name === key ? null : ctx.env.BACKUPS.get(name)),
    } as unknown as R2Bucket
    const found = await verifyArchived({ ...ctx, env: { ...ctx.env, BACKUPS } }, 1, { after: 0, limit: 20_000 })
    expect(found).toMatchObject({ valid: false, problems: [{ kind: 'removed', ...rows }] })
  })

  test('has no name of one is none', async () => {
    const names = ['audit-archive/1/readme.txt', 'audit-archive/1/9999999999999999.json']
    for (const name of names) await testEnv.BACKUPS.put(name, '{}')
    const found = await verifyFirst()
    for (const name of names) await testEnv.BACKUPS.delete(name)
    expect(found).toMatchObject({ valid: true, problems: [] })
  })
})

const notes: [string, (text: string) => string][] = [
  ['is no JSON', () => 'gone'],
  ['misses fields', () => '{}'],
  ['has a code of another length', (text) => text.replace(/"mac":".*?"/, '"mac":"AA"')],
]

test.each(notes)('a note that %s is an alarm, in the database and in R2', async (_, change) => {
  const note = await (await testEnv.BACKUPS.get('audit-seals/2/note.json'))!.text()
  const found = await spoil('audit-seals/2/note.json', change, async () => ({
    inR2: await verify(),
    inBoth: await tamper([`update audit_renewal set note = '${change(note)}'`], verify),
    sealed: await sealAuditLog(systemContext()),
  }))
  const alarm = { valid: false, problems: [{ kind: 'rewritten', from_id: 1 }] }
  expect(found).toMatchObject({ inR2: alarm, inBoth: { valid: false }, sealed: { error_code: 'AUDIT_LOG_ALTERED' } })
})
