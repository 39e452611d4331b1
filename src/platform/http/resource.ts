import * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import type { Page } from '#/platform/database/list.ts'
import type { DeclaredError } from '#/platform/errors.ts'
import { pathId } from '#/platform/fields.ts'
import type { Permission } from '#/platform/policy.ts'
import { endpoint, type Endpoint } from './endpoint.ts'
import type { Schema } from './schema.ts'
import { pageOf } from './envelope.ts'
import { nothing } from './format.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

type NounWith<Verb extends string, P = Permission> = P extends `${infer Noun}.${Verb}` ? Noun : never
/** Nouns whose policy has all of read, create, update, delete and restore. */
type Noun = NounWith<'update'> & NounWith<'restore'>

interface Resource<Row extends { id: number }, Query, Input, Changes> {
  noun: Noun
  /** As operation ids name it: `Program`, `Programs`. */
  names: readonly [one: string, many: string]
  path: `/${string}`
  row: z.ZodType<Row>
  query: Schema<Query>
  input: Schema<Input>
  /** What PUT takes, where a first row needs more than its replacement. */
  replacement?: Schema<Changes>
  changes: Schema<Changes>
  notFound: DeclaredError
  /** Every write asks for a fresh code. */
  stepUp?: true
  /** Errors of create, update and restore, of delete. */
  errors: { write?: readonly DeclaredError[]; delete?: readonly DeclaredError[] }
  list: (ctx: Context, query: Query) => Promise<Page<unknown>>
  get: (ctx: Context, id: number) => Promise<Row>
  create: (ctx: Context, input: Input) => Promise<Row>
  update: (ctx: Context, id: number, changes: Changes) => Promise<Row>
  remove: (ctx: Context, id: number) => Promise<void>
  restore: (ctx: Context, id: number) => Promise<Row>
}

const params = z.object({ id: pathId })

/** The seven operations of a row with a life of its own: list, create, get, update (PATCH), replace (PUT), delete, restore. */
export function resource<Row extends { id: number }, Query, Input extends Changes, Changes>(
  of: Resource<Row, Query, Input, Changes>,
): Endpoint[] {
  const { noun, path, row, notFound } = of
  const [one, many] = of.names
  const onePath = `${path}/:id` as const
  const words = noun.replaceAll('_', ' ')
  const thing = `${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}`
  const things = many.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase()
  const stepUp = of.stepUp ? { stepUp: of.stepUp } : {}
  const writeErrors = [...(of.errors.write ?? [])]
  return [
    endpoint({
      id: `list${many}`,
      method: 'get',
      path,
      summary: `List ${things}`,
      permission: `${noun}.read`,
      query: of.query,
      returns: pageOf(row) as unknown as z.ZodType<Page<unknown>>,
    }).handle(({ ctx, query }) => of.list(ctx, query)),
    endpoint({
      id: `create${one}`,
      method: 'post',
      path,
      summary: `Create ${thing}`,
      permission: `${noun}.create`,
      body: of.input,
      ...stepUp,
      status: 201,
      returns: row,
      errors: writeErrors,
      reread: of.get,
    }).handle(({ ctx, body }) => of.create(ctx, body)),
    endpoint({
      id: `get${one}`,
      method: 'get',
      path: onePath,
      summary: `Read ${thing}`,
      permission: `${noun}.read`,
      params,
      returns: row,
      errors: [notFound],
    }).handle(({ ctx, params: { id } }) => of.get(ctx, id)),
    endpoint({
      id: `update${one}`,
      method: 'patch',
      path: onePath,
      summary: `Change some fields of ${thing}`,
      permission: `${noun}.update`,
      params,
      body: of.changes,
      ...stepUp,
      returns: row,
      errors: [notFound, sharedErrors.STALE_STATE, sharedErrors.PRECONDITION_FAILED, ...writeErrors],
    }).handle(({ ctx, params: { id }, body }) => of.update(ctx, id, body)),
    endpoint({
      id: `replace${one}`,
      method: 'put',
      path: onePath,
      summary: `Replace ${thing}`,
      permission: `${noun}.update`,
      params,
      body: of.replacement ?? of.input,
      ...stepUp,
      returns: row,
      errors: [notFound, sharedErrors.STALE_STATE, sharedErrors.PRECONDITION_FAILED, ...writeErrors],
    }).handle(({ ctx, params: { id }, body }) => of.update(ctx, id, body)),
    endpoint({
      id: `delete${one}`,
      method: 'delete',
      path: onePath,
      summary: `Delete ${thing}; it can be restored`,
      permission: `${noun}.delete`,
      params,
      ...stepUp,
      returns: nothing,
      errors: [notFound, sharedErrors.STALE_STATE, sharedErrors.PRECONDITION_FAILED, ...(of.errors.delete ?? [])],
    }).handle(({ ctx, params: { id } }) => of.remove(ctx, id)),
    endpoint({
      id: `restore${one}`,
      method: 'post',
      path: `${onePath}/restore`,
      summary: `Bring a deleted ${words} back`,
      permission: `${noun}.restore`,
      params,
      ...stepUp,
      returns: row,
      errors: [notFound, sharedErrors.STALE_STATE, sharedErrors.PRECONDITION_FAILED, ...writeErrors],
      reread: of.get,
    }).handle(({ ctx, params: { id } }) => of.restore(ctx, id)),
  ]
}
