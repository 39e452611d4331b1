import * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { insertWarning } from '#/platform/database/write/alike.ts'
import { find, restore, softDelete, update } from '#/platform/database/write/entity.ts'
import type { SomeEntity, ValuesOfEntity } from '#/platform/database/write/entity-types.ts'
import type { Page } from '#/platform/database/list/list.ts'
import { pathId } from '#/platform/fields.ts'
import { endpoint, type Endpoint } from './endpoint.ts'
import type { Creating, Reading, Resource, Updating } from './resource-types.ts'
import { pageOf } from './envelope.ts'
import { nothing } from './format.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

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
  Asked = undefined,
>(of: Resource<Of, Row, Query, Input, Changes, Asked>): Endpoint[] {
  const { noun, path, row, entity } = of
  const { notFound } = entity
  const [one, many] = of.names
  const onePath = `${path}/:id` as const
  const words = noun.replaceAll('_', ' ')
  const thing = `${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}`
  const stepUp = of.stepUp ? { stepUp: of.stepUp } : {}
  const ruled = { rowOf: entity, ...(of.rules && { rules: of.rules }) }
  const writeErrors = [...(of.errors.write ?? [])]
  const changeErrors = [...writeErrors, ...(of.errors.change ?? [])]
  const restoreErrors = [...(of.restored ? changeErrors : writeErrors), ...(of.errors.restore ?? [])]
  const acts = actsOf(of)
  const changed = of.changed ?? row
  const changes = { row, read: (ctx: Context, { id }: { id: number }) => acts.get(ctx, id) }
  const asking = of.changeQuery && { query: of.changeQuery }
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
      ...ruled,
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
      ...ruled,
      body: of.changes,
      changes,
      ...asking,
      ...stepUp,
      returns: changed,
      errors: [notFound, sharedErrors.STALE_STATE, sharedErrors.PRECONDITION_FAILED, ...changeErrors],
    }).handle(({ ctx, params: { id }, query, body }) => acts.update(ctx, id, body, query as Asked)),
    endpoint({
      id: `replace${one}`,
      method: 'put',
      path: onePath,
      summary: `Replace ${thing}`,
      permission: `${noun}.update`,
      params,
      ...ruled,
      body: of.replacement ?? of.input,
      changes,
      ...asking,
      ...stepUp,
      returns: changed,
      errors: [notFound, sharedErrors.STALE_STATE, sharedErrors.PRECONDITION_FAILED, ...changeErrors],
    }).handle(({ ctx, params: { id }, query, body }) => acts.update(ctx, id, body, query as Asked)),
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
      ...(of.restored && asking),
      ...stepUp,
      returns: of.restored ?? row,
      errors: [
        notFound,
        sharedErrors.ROW_NOT_DELETED,
        sharedErrors.STALE_STATE,
        sharedErrors.PRECONDITION_FAILED,
        ...restoreErrors,
      ],
      reread: acts.get,
    }).handle(({ ctx, params: { id }, query }) => acts.restore(ctx, id, query as Asked)),
  ]
}

/** What a resource does: what it names, and what its entity does for the rest. `Resource` says when that fits. */
function actsOf<Of extends SomeEntity, Row, Query, Input, Changes extends object, Asked>(
  of: Resource<Of, Row, Query, Input, Changes, Asked>,
) {
  const entity: SomeEntity = of.entity
  const named = of as Partial<Reading<Row, Asked> & Creating<Row, Input> & Updating<Row, Changes, Asked>>
  const own = {
    get: (ctx: Context, id: number) => find(ctx, entity, id),
    create: (ctx: Context, input: object) => insertWarning(ctx, entity, input as ValuesOfEntity<SomeEntity>),
    update: async (ctx: Context, id: number, changes: object) =>
      update(ctx, entity, await find(ctx, entity, id), changes),
    restore: (ctx: Context, id: number) => restore(ctx, entity, id),
  } as unknown as Reading<Row, Asked> & Creating<Row, Input> & Updating<Row, Changes, Asked>
  return {
    get: named.get ?? own.get,
    create: named.create ?? own.create,
    update: named.update ?? own.update,
    restore: named.restore ?? own.restore,
    remove: of.remove ?? ((ctx: Context, id: number) => softDelete(ctx, entity, id)),
  }
}
