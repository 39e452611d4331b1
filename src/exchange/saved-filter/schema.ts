import * as z from 'zod'
import { id, lifecycle, line, patchOf } from '#/platform/fields.ts'

/** A record leaves `__proto__` out without a word; it is as unknown to every list as any other name that is made up. */
function refuseProto(value: unknown, { issues }: z.core.ParsePayload) {
  if (typeof value === 'object' && value !== null && Object.hasOwn(value, '__proto__'))
    issues.push({ code: 'unrecognized_keys', keys: ['__proto__'], input: value as Record<string, unknown> })
  return value
}

const fields = {
  name: line(100).meta({ description: 'Unique among the own filters of one list.' }),
  query: z
    .preprocess(
      refuseProto,
      z.record(z.string().max(100), z.union([z.string().max(1000), z.number(), z.boolean()]).transform(String)),
    )
    .meta({ description: 'Parameters of the list, as in its address.', examples: [{ status: 'active' }] }),
}

/** What a caller writes; `entities` are the lists that a filter can be for. */
export function inputsFor(entities: string[]) {
  const entity = z.enum(entities).meta({ description: 'The list it is for.' })
  const SavedFilterInput = z.strictObject({ ...fields, entity }).meta({ id: 'SavedFilterInput' })
  return { SavedFilterInput, SavedFilterChanges: patchOf(SavedFilterInput).meta({ id: 'SavedFilterChanges' }) }
}

type Inputs = ReturnType<typeof inputsFor>
export type FilterInput = z.output<Inputs['SavedFilterInput']>
export type FilterChanges = z.output<Inputs['SavedFilterChanges']>
/** The list that a filter is for, and the parameters it is called with. */
export type Filter = Pick<FilterInput, 'entity' | 'query'>

export const SavedFilter = z
  .object({
    id,
    name: z.string(),
    entity: z.string(),
    query: z.record(z.string(), z.string()),
    path: z
      .string()
      .nullable()
      .meta({
        description: 'Address of the filtered list; null when there is no such list any more.',
        examples: ['/api/v1/students?status=active'],
      }),
    ...lifecycle,
  })
  .meta({ id: 'SavedFilter' })
