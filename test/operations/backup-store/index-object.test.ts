import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Context } from '#/platform/context.ts'
import { rewrapBackups } from '#/operations/backup-store/rewrap-backups.ts'
import { rotateKey } from '#/operations/backup-store/rotate-key.ts'
import { headerOf, markVerified, readIndex } from '#/operations/backup-store/store.ts'
import { readMeta } from '#/operations/backup-file/index.ts'
import { type Persona, testEnv, world } from '../../world.ts'
import { backUp, verify, worker } from '../backup/backups.ts'

const { BACKUPS } = testEnv
const keyOf = (name: string) => `backup-indexes/${name}`
const BACKUP_KEYS = JSON.stringify(['older', 'newer'].map((kid) => ({ kid, k: kid.padEnd(43, 'A') })))
const holding = (bucket: object = BACKUPS) => worker({ BACKUP_KEYS, BACKUPS: bucket })

let admin: Persona
beforeAll(async () => {
  admin = await (await world()).admin()
})

/** A worker beside whom somebody else does something, once, right after it has read the index of a backup. */
function overtaken(name: string, others: () => Promise<unknown>): Context {
  let isDone = false
  const bucket = {
    get: async (key: string) => {
      const object = await BACKUPS.get(key)
      if (key !== keyOf(name) || isDone || !object) return object
      isDone = true
      const { size, etag, uploaded, customMetadata } = object
      const text = await object.text()
      await others()
      return { size, etag, uploaded, customMetadata, text: async () => text, json: async () => JSON.parse(text) }
    },
    put: BACKUPS.put.bind(BACKUPS),
    list: BACKUPS.list.bind(BACKUPS),
    delete: BACKUPS.delete.bind(BACKUPS),
  }
  return holding(bucket)
}

/** What is known of a backup, and under which key its header lies. */
async function known(name: string) {
  const { index, summary } = await readIndex(holding(), name)
  return { ...summary, header: readMeta(headerOf(index)).kid }
}

/** A backup under the key that was in use before. */
async function underOldKey(name: string): Promise<void> {
  await testEnv.DB.prepare('delete from backup_key').run()
  await backUp(name, holding())
  await rotateKey(holding())
}

afterAll(async () => {
  await testEnv.DB.prepare('delete from backup_key').run()
})

describe('of a verification and a rewrap at once', () => {
  test('the verdict stays when the rewrap has read the index before it', async () => {
    await underOldKey('race-1')
    const by = overtaken('race-1', () => markVerified(holding(), 'race-1', false))
    expect((await rewrapBackups(by)).rewrapped).toContain('race-1')
    expect(await known('race-1')).toMatchObject({ is_good: false, kid: 'newer', header: 'newer' })
  })

  test('the header stays when the verification has read the index before it', async () => {
    await underOldKey('race-2')
    const by = overtaken('race-2', () => rewrapBackups(holding()))
    await markVerified(by, 'race-2', false)
    expect(await known('race-2')).toMatchObject({ is_good: false, kid: 'newer', header: 'newer' })
  })

  test('the later verdict of two stays, and each replacement has another content', async () => {
    await backUp('race-3', holding())
    const by = overtaken('race-3', () => markVerified(holding(), 'race-3', false))
    const before = (await BACKUPS.head(keyOf('race-3')))!.etag
    await markVerified(by, 'race-3', true)
    expect((await known('race-3')).is_good).toBe(true)
    expect((await BACKUPS.head(keyOf('race-3')))!.etag).not.toBe(before)
  })
})

describe('an index in R2 that', () => {
  const changes: [string, (text: string) => string][] = [
    ['is no JSON', () => '<html>'],
    ['misses everything', () => '{}'],
    ['has a header in no Base64', (text) => text.replace(/"header":"/, '$&%')],
    ['names no segments', (text) => text.replace('"segments":[', '"segment":[')],
    ['names a segment by nothing', (text) => text.replace(/"key":".*?"/, '"key":""')],
  ]

  test.each(changes)('%s is that of a damaged backup, for whatever looks at it', async (reason, change) => {
    const name = reason.replaceAll(' ', '-')
    await underOldKey(name)
    const object = (await BACKUPS.get(keyOf(name)))!
    const spoilt = change(await object.text())
    await BACKUPS.put(keyOf(name), spoilt, { customMetadata: object.customMetadata! })
    expect(await verify(name, holding())).toMatchObject({
      error_code: 'BACKUP_DAMAGED',
      error_where: 'header: this is no backup',
    })
    expect((await admin.get(`/backups/${name}`)).data.backup).toMatchObject({ name, is_good: false })
    const file = await admin.get(`/backups/${name}/file`)
    expect([file.status, file.error!.code]).toEqual([409, 'BACKUP_DAMAGED'])
    const { damaged, rewrapped } = await rewrapBackups(holding())
    expect([damaged.includes(name), rewrapped.includes(name)]).toEqual([true, false])
    expect((await readIndex(holding(), name)).index.unreadable).toBe(spoilt)
    await BACKUPS.delete(keyOf(name))
  })

  const metadata: [string, Record<string, string>][] = [
    ['no metadata', {}],
    ['metadata in no JSON', { kid: 'older', created_at: 'now' }],
  ]

  test.each(metadata)('has %s is listed as R2 knows it, verified, and rewrapped', async (reason, customMetadata) => {
    const name = reason.replaceAll(' ', '-')
    await underOldKey(name)
    await BACKUPS.put(keyOf(name), await (await BACKUPS.get(keyOf(name)))!.text(), { customMetadata })
    const { status, data } = await admin.get('/backups')
    expect(status).toBe(200)
    expect(data.items.find((one) => one.name === name)).toMatchObject({ kid: '?', is_good: null, verified_at: null })
    expect(await verify(name, holding())).toMatchObject({ error_code: null })
    expect((await rewrapBackups(holding())).rewrapped).toContain(name)
    expect(await known(name)).toMatchObject({ is_good: true, kid: 'newer', header: 'newer' })
    await BACKUPS.delete(keyOf(name))
  })
})
