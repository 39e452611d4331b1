import * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { insertWarning } from '#/platform/database/write/alike.ts'
import { find, restore, softDelete, update } from '#/platform/database/write/entity.ts'
import type {
  ChangesOfEntity,
  RowOfEntity,
  SomeEntity,
  ValuesOfEntity,
} from '#/platform/database/write/entity-types.ts'
import type { Page } from '#/platform/database/list/list.ts'
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

interface Declared<Of extends SomeEntity, Row, Query, Input, Changes> {
  noun: Noun
  /** As operation ids name it: `Program`, `Programs`. */
  names: readonly [one: string, many: string]
  path: `/${string}`
  entity: Of
  list: { query: Schema<Query>; page: (ctx: Context, query: Query) => Promise<Page<unknown>> }
  row: z.ZodType<Row>
  /** What POST answers, where that is more than a row. */
  created?: z.ZodType<Row>
  /** What PATCH and PUT answer, where that is more than a row. */
  changed?: z.ZodType<Row>
  input: Schema<Input>
  /** What PUT takes, where a first row needs more than its replacement. */
  replacement?: Schema<Changes>
  changes: Schema<Changes>
  /** Every write asks for a fresh code. */
  stepUp?: true
  /** Errors of create, update and restore; of delete; of restore beside those. */
  errors: { write?: readonly DeclaredError[]; delete?: readonly DeclaredError[]; restore?: readonly DeclaredError[] }
  remove?: (ctx: Context, id: number) => Promise<void>
}

interface Reading<Row> {
  get: (ctx: Context, id: number) => Promise<NoInfer<Row>>
  restore: (ctx: Context, id: number) => Promise<NoInfer<Row>>
}

interface Creating<Row, Input> {
  create: (ctx: Context, input: Input) => Promise<NoInfer<Row>>
}

interface Updating<Row, Changes> {
  update: (ctx: Context, id: number, changes: Changes) => Promise<NoInfer<Row>>
}

/** An act may be left out when the entity's own does: the rows rest as they travel. */
type Unless<IsPlain extends boolean, Acts> = IsPlain extends true ? Partial<Acts> : Acts
type Is<Part, Whole> = [Part] extends [Whole] ? true : false

type Resource<Of extends SomeEntity, Row, Query, Input, Changes> = Declared<Of, Row, Query, Input, Changes> &
  Unless<Is<RowOfEntity<Of>, Row>, Reading<Row>> &
  Unless<Is<[RowOfEntity<Of>, Input], [Row, ValuesOfEntity<Of>]>, Creating<Row, Input>> &
  Unless<Is<[RowOfEntity<Of>, Changes], [Row, ChangesOfEntity<Of>]>, Updating<Row, Changes>>

const params = z.object({ id: pathId })

/**
 * The seven operations of a row with a life of its own: list, create, get, update (PATCH), replace (PUT), delete, restore. They do what the
 * entity does; a module names only what it does otherwise.
 */
export function resource<
  Of extends SomeEntity,
  Row extends { id: number },
  Query,
  Input extends Changes,
  Changes extends object,
>(of: Resource<Of, Row, Query, Input, Changes>): Endpoint[] {
  const { noun, path, row } = of
  const { notFound } = of.entity
  const [one, many] = of.names
  const onePath = `${path}/:id` as const
  const words = noun.replaceAll('_', ' ')
  const thing = `${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}`
  const stepUp = of.stepUp ? { stepUp: of.stepUp } : {}
  const writeErrors = of.errors.write ?? []
  const restoreErrors = [...writeErrors, ...(of.errors.restore ?? [])]
  const acts = actsOf(of)
  const changed = of.changed ?? row
  const changes = { row, read: (ctx: Context, { id }: { id: number }) => acts.get(ctx, id) }
  return [
    endpoint({
      id: `list${many}`,
      method: 'get',
      path,
      summary: `List ${many.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase()}`,
      permission: `${noun}.read`,
      query: of.list.query,
      returns: pageOf(row) as unknown as z.ZodType<Page<unknown>>,
    }).handle(({ ctx, query }) => of.list.page(ctx, query)),
    endpoint({
      id: `create${one}`,
      method: 'post',
      path,
      summary: `Create ${thing}`,
      permission: `${noun}.create`,
      body: of.input,
      ...stepUp,
      status: 201,
      returns: of.created ?? row,
      errors: writeErrors,
      reread: acts.get,
    }).handle(({ ctx, body }) => acts.create(ctx, body)),
    endpoint({
      id: `get${one}`,
      method: 'get',
      path: onePath,
      summary: `Read ${thing}`,
      permission: `${noun}.read`,
      params,
      returns: row,
      errors: [notFound],
    }).handle(({ ctx, params: { id } }) => acts.get(ctx, id)),
    endpoint({
      id: `update${one}`,
      method: 'patch',
      path: onePath,
      summary: `Change some fields of ${thing}`,
      permission: `${noun}.update`,
      params,
      body: of.changes,
      changes,
      ...stepUp,
      returns: changed,
      errors: [notFound, sharedErrors.STALE_STATE, sharedErrors.PRECONDITION_FAILED, ...writeErrors],
    }).handle(({ ctx, params: { id }, body }) => acts.update(ctx, id, body)),
    endpoint({
      id: `replace${one}`,
      method: 'put',
      path: onePath,
      summary: `Replace ${thing}`,
      permission: `${noun}.update`,
      params,
      body: of.replacement ?? of.input,
      changes,
      ...stepUp,
      returns: changed,
      errors: [notFound, sharedErrors.STALE_STATE, sharedErrors.PRECONDITION_FAILED, ...writeErrors],
    }).handle(({ ctx, params: { id }, body }) => acts.update(ctx, id, body)),
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
    }).handle(({ ctx, params: { id } }) => acts.remove(ctx, id)),
    endpoint({
      id: `restore${one}`,
      method: 'post',
      path: `${onePath}/restore`,
      summary: `Bring a deleted ${words} back`,
      permission: `${noun}.restore`,
      params,
      ...stepUp,
      returns: row,
      errors: [notFound, sharedErrors.STALE_STATE, sharedErrors.PRECONDITION_FAILED, ...restoreErrors],
      reread: acts.get,
    }).handle(({ ctx, params: { id } }) => acts.restore(ctx, id)),
  ]
}

/** What a resource does: what it names, and what its entity does for the rest. `Resource` says when that fits. */
function actsOf<Of extends SomeEntity, Row, Query, Input, Changes extends object>(
  of: Resource<Of, Row, Query, Input, Changes>,
) {
  const entity: SomeEntity = of.entity
  const named = of as Partial<Reading<Row> & Creating<Row, Input> & Updating<Row, Changes>>
  const own = {
    get: (ctx: Context, id: number) => find(ctx, entity, id),
    create: (ctx: Context, input: object) => insertWarning(ctx, entity, input as ValuesOfEntity<SomeEntity>),
    update: async (ctx: Context, id: number, changes: object) =>
      update(ctx, entity, await find(ctx, entity, id), changes),
    restore: (ctx: Context, id: number) => restore(ctx, entity, id),
  } as unknown as Reading<Row> & Creating<Row, Input> & Updating<Row, Changes>
  return {
    get: named.get ?? own.get,
    create: named.create ?? own.create,
    update: named.update ?? own.update,
    restore: named.restore ?? own.restore,
    remove: of.remove ?? ((ctx: Context, id: number) => softDelete(ctx, entity, id)),
  }
}
