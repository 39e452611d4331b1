import { and, eq, lte } from 'drizzle-orm'
import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import type { Statement } from '#/platform/database/statement.ts'
import { expectThat } from '#/platform/database/write/guards.ts'
import { write } from '#/platform/database/write/write.ts'
import type { DeclaredError } from '#/platform/errors.ts'
import type { Permission } from '#/platform/policy.ts'
import { approvalRows, isEstablished, requireEstablished, shownApproval } from './queries.ts'
import type { Asked } from './schema.ts'
import { approval } from './table.ts'

/** How long a second person has to decide. */
const lifetimeMs = 24 * 60 * 60 * 1000

/** An act that takes two persons. */
export interface Act<Input, Result> {
  /** Who may ask for it, and who may approve. Its name, too. */
  permission: Permission
  /** What is kept of the wish until it is approved, as JSON. */
  input: z.ZodType<Input>
  /** What it is about, for people. One wish at a time is open for it. */
  subject: (input: Input) => string
  /** Whether this wish takes two persons; left out: every one does. */
  takesTwo?: (ctx: Context, input: Input) => Promise<boolean>
  /** Throws what the act would refuse right now, before anybody else is bothered. */
  check?: (ctx: Context, input: Input) => Promise<unknown>
  /** What the act may refuse: whoever approves it has to expect that. */
  errors: readonly DeclaredError[]
  /** The act. `also` belongs into its batch: the decision counts if and only if the act took place. */
  act: (ctx: Context, input: Input, also: readonly Statement[]) => Promise<Result>
}

type AnyAct = Act<unknown, unknown>

const acts = new Map<string, AnyAct>()

/** Everything that acts may refuse. */
export const refusalsOfActs = (): DeclaredError[] => [...acts.values()].flatMap(({ errors }) => errors)

/** The act of that name. */
export const actOf = (operation: string): AnyAct | undefined => acts.get(operation)

/**
 * Declares an act that takes two persons where TWO_PERSON_OPERATIONS says so. The function that comes back does it, or writes down that
 * somebody asked for it. Throws APPROVAL_PENDING, and APPROVAL_ACCOUNT_NEW: one person with a second account
 * is one also where the second one asks.
 */
export function twoPersons<Input, Result>(declared: Act<Input, Result>) {
  if (acts.has(declared.permission)) throw new Error(`${declared.permission} is declared twice`)
  acts.set(declared.permission, declared as unknown as AnyAct)
  const { takesTwo = async () => true } = declared
  return async (ctx: Context, input: Input): Promise<Result | z.output<typeof Asked>> => {
    if (!ctx.settings.TWO_PERSON_OPERATIONS || !(await takesTwo(ctx, input))) return declared.act(ctx, input, [])
    await requireEstablished(ctx)
    await declared.check?.(ctx, input)
    return asking(ctx, declared, input)
  }
}

async function asking<Input>(ctx: Context, { permission, subject }: Act<Input, unknown>, input: Input) {
  const asked = { ...ctx, origin: { ...ctx.origin, status: 202 } }
  const of = { operation: permission, subject: subject(input) }
  const row = {
    ...of,
    id: ctx.newId(),
    input,
    requested_by: ctx.actor.id!,
    requested_at: ctx.now,
    expires_at: new Date(Date.parse(ctx.now) + lifetimeMs).toISOString(),
  }
  const lapsed = and(
    eq(approval.operation, of.operation),
    eq(approval.subject, of.subject),
    eq(approval.status, 'pending'),
    lte(approval.expires_at, ctx.now),
  )
  const { read } = await write(asked, {
    before: [ctx.db.update(approval).set({ status: 'expired' }).where(lapsed)],
    change: ctx.db.insert(approval).values(row),
    also: [expectThat(ctx, isEstablished(ctx, row.requested_by))],
    audit: {
      entity: 'approval',
      id: row.id,
      changes: { operation: { new: permission }, subject: { new: of.subject } },
    },
    read: approvalRows(ctx.db).where(eq(approval.id, row.id)),
  })
  return { approval: shownApproval(ctx, read[0]!) }
}

/** Whether an answer says that an act waits for another person. */
export const isAsked = (result: unknown): result is z.output<typeof Asked> =>
  typeof result === 'object' && result !== null && 'approval' in result
