import { resolved, type Schema } from './document.ts'
import { hostileText, hostileTexts } from './hostile.ts'
import type { Random } from './random.ts'

/** A value of the form that the schema asks for, near its limits where it has some. Formats it does not know get a hostile text. */
export function wellFormed(given: Schema, random: Random, depth = 0): unknown {
  const schema = resolved(given)
  if ('const' in schema) return schema.const
  if (schema.enum) return random.pick(schema.enum)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return wellFormed(random.pick(choices), random, depth)
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((part) => wellFormed(part, random, depth)))
  const type = Array.isArray(schema.type) ? random.pick(schema.type) : schema.type
  switch (type) {
    case 'object':
      return objectOf(schema, random, depth)
    case 'array':
      return Array.from({ length: lengthOf(schema, random, depth) }, () =>
        wellFormed(schema.items ?? {}, random, depth + 1),
      )
    case 'integer':
    case 'number':
      return numberOf(schema, type, random)
    case 'boolean':
      return random.chance(50)
    case 'null':
      return null
    default:
      return textOf(schema, random)
  }
}

function objectOf({ properties = {}, required = [] }: Schema, random: Random, depth: number) {
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([name]) => required.includes(name) || random.chance(60))
      .map(([name, schema]) => [name, wellFormed(schema, random, depth + 1)]),
  )
}

function lengthOf({ minItems = 0, maxItems = 5 }: Schema, random: Random, depth: number) {
  if (depth < 2 && random.chance(10)) return maxItems + 1
  return Math.min(maxItems, minItems + random.below(4))
}

/** Small whole numbers most of the time: they are the ids of rows. */
function numberOf({ minimum = 0, maximum = 10_000 }: Schema, type: 'integer' | 'number', random: Random) {
  const whole = random.pick([minimum, maximum, Math.max(minimum, Math.min(maximum, 1 + random.below(200)))])
  return type === 'number' && random.chance(40) ? random.pick([whole + 0.1, whole - 0.01, whole / 3]) : whole
}

function textOf({ format, pattern, minLength = 0, maxLength = 80 }: Schema, random: Random): string {
  const n = random.below(100)
  if (format === 'email') return `fuzz${n}@lyceum.test`
  if (format === 'date') return random.pick(['2025-10-01', '2026-11-20', '2099-12-31', '0001-01-01', '9999-12-31'])
  if (format === 'date-time') return random.pick(['2026-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z'])
  const named = /^\^-\?\(\?:([a-z_|]+)\)/.exec(pattern ?? '')
  if (named) return `${random.pick(['', '-'])}${random.pick(named[1]!.split('|'))}`
  if (random.chance(30)) return 'π'.repeat(Math.min(maxLength, 3000))
  if (random.chance(30)) return hostileText(random)
  const fitting = hostileTexts.filter(({ length }) => length >= minLength && length <= maxLength)
  return random.chance(50) || fitting.length === 0 ? `F${n}` : random.pick(fitting)
}
