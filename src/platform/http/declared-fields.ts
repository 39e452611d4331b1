import type * as z from 'zod'
import { shows } from '#/platform/fields.ts'
import type { Role } from '#/platform/words.ts'
import type { Schema } from './schema.ts'

type Pick = (value: unknown) => unknown
const asItIs: Pick = (value) => value

/**
 * What of a result may travel to somebody with this role: the fields its schema declares, at every depth; anything else is left out, and so are
 * personal fields where they are not for that role. Made once for each operation.
 * Types are not looked at again: the tests parse every answer, and a row that an older rule let in must not break a list.
 */
export function declaredFields(schema: Schema, role: Role | 'system'): Pick {
  const { def } = schema as unknown as { def: Definition }
  switch (def.type) {
    case 'object':
      return pickFields(def.shape!, role)
    case 'array':
      return eachOf(declaredFields(def.element!, role))
    case 'nullable':
    case 'optional':
    case 'default':
      return unlessMissing(declaredFields(def.innerType!, role))
    case 'union':
      return firstThatFits(def.options as unknown as z.ZodObject[], role)
    default:
      return asItIs
  }
}

interface Definition {
  type: string
  shape?: Record<string, Schema>
  element?: Schema
  innerType?: Schema
  options?: readonly Schema[]
}

function pickFields(shape: Record<string, Schema>, role: Role | 'system'): Pick {
  const fields = Object.entries(shape)
    .filter(([, schema]) => shows(schema, role))
    .map(([name, schema]) => ({ name, pick: declaredFields(schema, role) }))
  return (value) => {
    const source = value as Record<string, unknown>
    const picked: Record<string, unknown> = {}
    for (const { name, pick } of fields) {
      const field = source[name]
      if (field !== undefined) picked[name] = pick === asItIs ? field : pick(field)
    }
    return picked
  }
}

/** Of objects that are told apart by the fields they must have. */
function firstThatFits(options: readonly z.ZodObject[], role: Role | 'system'): Pick {
  const kinds = options.map((schema) => ({
    fields: Object.keys(schema.shape).filter((field) => schema.shape[field]!.def.type !== 'optional'),
    pick: declaredFields(schema, role),
  }))
  return (value) => {
    const kind = kinds.find(({ fields }) => fields.every((field) => field in (value as object)))
    if (!kind) throw new Error('the result is none of the declared kinds')
    return kind.pick(value)
  }
}

const eachOf = (pick: Pick): Pick => (pick === asItIs ? asItIs : (value) => (value as unknown[]).map(pick))

const unlessMissing = (pick: Pick): Pick =>
  pick === asItIs ? asItIs : (value) => (value === null || value === undefined ? value : pick(value))
