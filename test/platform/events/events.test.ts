import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { programEntity } from '#/catalog/program/index.ts'
import type { Context } from '#/platform/context.ts'
import { connect } from '#/platform/database/connect.ts'
import { insert } from '#/platform/database/write/entity.ts'
import { expectThat } from '#/platform/database/write/guards.ts'
import { write } from '#/platform/database/write/write.ts'
import { event, type Happening } from '#/platform/events/event.ts'
import { bindSubscribers } from '#/platform/events/subscribers.ts'
import { after, inWrite, type Reaction } from '#/platform/events/subscriptions.ts'
import type { Consumer } from '#/platform/queue/consumer.ts'
import { messageTypesOf } from '#/platform/queue/message-types.ts'
import { subscribers } from '#/wiring/subscribers.ts'
import { auditRows, countRows, systemContext, testEnv, unique } from '../../world.ts'
import { everyQueue } from '../queue/every-queue.ts'

const opened = event('test.opened', { number: z.int() }, 'program_id')
const unheard = event('test.unheard', {})

/** What the subscriber of a test adds. */
let react: (ctx: Context, fields: { number: number }) => Promise<Reaction>
const listener = (ctx: Context, fields: { number: number }) => react(ctx, fields)
const silent: Consumer<unknown> = {
  permission: 'system.read',
  handle: async () => {},
  giveUp: async () => {},
  revive: (ctx) => noting(ctx, 'revived'),
}

beforeAll(() =>
  bindSubscribers([...subscribers, inWrite(opened, listener), after(opened, 'test.opened.first', silent)]),
)
afterAll(() => bindSubscribers(subscribers))
beforeEach(async () => {
  react = async () => ({})
  await testEnv.DB.prepare('delete from outbox').run()
})

/** A deployment whose queue cannot be reached: what follows a write stays where it was written. */
function withoutQueue() {
  const ctx = systemContext()
  return { ...ctx, env: { ...testEnv, ...everyQueue(undefined) } as unknown as typeof ctx.env }
}

const fields = { title: 'x', grading_scheme: 'letters', repeat_policy: 'best' } as const

/** A statement that shows whether a batch was written. */
const noting = (ctx: Pick<Context, 'db' | 'now'>, code: string) =>
  ctx.db
    .insert(programEntity.table)
    .values({ ...fields, code, code_key: code, search_text: '', created_at: ctx.now, updated_at: ctx.now })

const found = async (code: string) => countRows(`program where code = '${code}'`)

/** Opens a program and tells of it. */
function open(ctx: Context, code: string, events: readonly Happening[]) {
  return insert(ctx, programEntity, { ...fields, code }, { events })
}

describe('a subscriber of the same write', () => {
  test('adds statements, something to the audit row and its part of the answer', async () => {
    const [code, other] = [`A${unique()}`, `B${unique()}`]
    react = async (ctx, { number }) => ({
      also: [noting(ctx, other)],
      changes: { number: { new: number } },
      named: sql`json_object('programs', json_object('new', ${1}))`,
      answer: { others: ctx.db.select().from(programEntity.table).limit(0) },
    })
    const before = await countRows('audit_log')
    const row = await open(withoutQueue(), code, [opened({ number: 7 })])
    expect(row).toMatchObject({ code, others: [] })
    expect([await found(code), await found(other), await countRows('audit_log')]).toEqual([1, 1, before + 1])
    const [audit] = await auditRows('program', row.id)
    expect(JSON.parse(audit!.changes)).toMatchObject({ code: { new: code }, number: { new: 7 }, programs: { new: 1 } })
  })

  test('gets the id of the row that the write inserts, as SQL', async () => {
    let field: unknown
    react = async (ctx, fields) => {
      field = fields
      const { program_id } = fields as unknown as { program_id: ReturnType<typeof sql> }
      return { answer: { me: ctx.db.select({ id: sql<number>`${program_id}`.as('id') }).from(sql`(select 1)`) } }
    }
    const row = await open(withoutQueue(), `C${unique()}`, [opened({ number: 1 })])
    expect(field).toMatchObject({ number: 1 })
    expect((row as unknown as { me: unknown }).me).toEqual([{ id: row.id }])
  })

  test.each<[string, (ctx: Context, code: string) => Promise<Reaction>]>([
    ['a guard', async (ctx, code) => ({ also: [noting(ctx, code), expectThat(ctx, sql`1 = 2`)] })],
    ['a statement', async (ctx, code) => ({ also: [noting(ctx, code), noting(ctx, code)] })],
    [
      'the subscriber itself',
      async () => {
        throw new Error('no')
      },
    ],
  ])('fails the whole write by %s: nothing is left of it', async (_, reaction) => {
    const [code, other] = [`D${unique()}`, `E${unique()}`]
    react = (ctx) => reaction(ctx, other)
    const before = [await countRows('audit_log'), await countRows('outbox')]
    await expect(open(withoutQueue(), code, [opened({ number: 1 })])).rejects.toThrow()
    expect([await found(code), await found(other)]).toEqual([0, 0])
    expect([await countRows('audit_log'), await countRows('outbox')]).toEqual(before)
  })

  test('whose guard fails makes the write a lost race', async () => {
    react = async (ctx) => ({ also: [expectThat(ctx, sql`1 = 2`)] })
    await expect(open(withoutQueue(), `F${unique()}`, [opened({ number: 1 })])).rejects.toMatchObject({
      code: 'STALE_STATE',
    })
  })

  test('does not see a write that fails for another reason either', async () => {
    const [code, other] = [`G${unique()}`, `H${unique()}`]
    await open(withoutQueue(), code, [])
    react = async (ctx) => ({ also: [noting(ctx, other)] })
    await expect(open(withoutQueue(), code, [opened({ number: 1 })])).rejects.toMatchObject({
      code: 'PROGRAM_CODE_TAKEN',
    })
    expect([await found(code), await found(other), await countRows('outbox')]).toEqual([1, 0, 0])
  })
})

describe('an event', () => {
  test('leaves one message for each subscriber that comes after, with its fields and the id that was written', async () => {
    const row = await open(withoutQueue(), `I${unique()}`, [opened({ number: 3 })])
    const { results } = await testEnv.DB.prepare('select message from outbox').all<{ message: string }>()
    expect(results.map(({ message }) => JSON.parse(message))).toEqual([
      { type: 'test.opened.first', number: 3, program_id: row.id },
    ])
  })

  test('leaves its message beside those that the write sends itself', async () => {
    const ctx = withoutQueue()
    const { changed } = await write(ctx, {
      change: noting(ctx, `J${unique()}`),
      audit: { entity: 'program' },
      events: [opened({ number: 4 })],
      outbox: [{ type: 'transcript.render', job_id: 'x' }],
    })
    expect(changed.meta.changes).toBe(1)
    const { results } = await testEnv.DB.prepare('select message from outbox').all<{ message: string }>()
    expect(results.map(({ message }) => JSON.parse(message).type).toSorted()).toEqual([
      'test.opened.first',
      'transcript.render',
    ])
  })

  test('without subscribers costs nothing', async () => {
    const asker = { operation: 'test', route: 'test', requestId: 'test' }
    const costs = []
    for (const events of [[], [unheard({})]]) {
      const { db, meter } = connect(testEnv.DB, { mode: 'write', asker })
      await open({ ...systemContext(), db }, `K${unique()}`, events)
      costs.push([meter.queries, meter.roundTrips])
    }
    expect(costs).toEqual([
      [4, 1],
      [4, 1],
    ])
  })

  test('is declared once, and heard once by each', () => {
    expect(() => event('test.opened', {})).toThrow('test.opened is declared twice')
    expect(() => bindSubscribers([inWrite(opened, listener), inWrite(opened, listener)])).toThrow(
      'test.opened has a subscriber twice',
    )
    const one = after(opened, 'test.opened.first', silent)
    expect(() => bindSubscribers([one, after(opened, 'test.opened.first', silent)])).toThrow('has a subscriber twice')
    expect(() => messageTypesOf([one.message, after(unheard, 'test.opened.first', silent).message])).toThrow(
      'test.opened.first has two consumers',
    )
  })

  test('takes no other fields than declared, and nothing else is an event', () => {
    const refused = () => [
      // @ts-expect-error a field of another type
      opened({ number: '7' }),
      // @ts-expect-error a field is missing
      opened({}),
      // @ts-expect-error a field that is not declared
      opened({ number: 7, name: 'x' }),
    ]
    // @ts-expect-error nobody declared it
    const undeclared: Happening = { type: 'test.undeclared', fields: {} }
    expect([refused().length, undeclared.type]).toEqual([3, 'test.undeclared'])
  })
})
