import type { Changes } from '#/platform/audit/table.ts'
import { isPersonalAnywhere, type PersonKind, subjectNamed } from './subject.ts'

/** The values of one person in an audit row. */
export interface Values {
  of: PersonKind
  /** Null: whoever the row itself is about. */
  id: number | null
  values: unknown[]
}

/** Where a value stood: the person's place in the row's list of persons, and that of the value among theirs. */
export type Place = [person: number, value: number]

export interface TakenOut {
  changes: Changes
  reason: Place | null
  persons: Values[]
}

/** Changes without what they tell of persons; a value that was taken out leaves its place. */
export function takeOut(noun: string, changes: Changes, reason: string | null): TakenOut {
  const subject = subjectNamed(noun)
  const persons: Values[] = []
  const valuesOf = (of: PersonKind, id: number | null): Values => {
    const known = persons.find((one) => one.of === of && one.id === id)
    if (known) return known
    const made = { of, id, values: [] }
    persons.push(made)
    return made
  }
  const keep = (owner: Owner, value: unknown): Place => {
    const { values } = valuesOf(owner.of, owner.id)
    return [persons.findIndex(({ of, id }) => of === owner.of && id === owner.id), values.push(value) - 1]
  }
  const own: Owner | undefined = subject?.of && subject.person ? { of: subject.of, id: null } : undefined
  /** A row tells of one kind of person. */
  const studentIn = (value: object): Owner | undefined =>
    own && own.of !== 'student'
      ? undefined
      : 'student_id' in value && typeof value.student_id === 'number'
        ? { of: 'student', id: value.student_id }
        : undefined
  const visit = (value: unknown, isPersonal: boolean, owner: Owner | undefined): unknown => {
    if (value === null || value === undefined || value === redacted) return value
    if (isPersonal && owner) return { sealed: keep(owner, value) }
    if (Array.isArray(value)) return value.map((one) => visit(one, false, owner))
    if (typeof value !== 'object') return value
    const inner = studentIn(value) ?? owner
    return Object.fromEntries(
      Object.entries(value).map(([field, one]) => [field, visit(one, isPersonalAnywhere(field), inner)]),
    )
  }
  const taken = Object.entries(changes).map(([field, change]) => {
    const isPersonal = subject?.personal.includes(field) ?? false
    const both = Object.entries(change).map(([when, value]) => [when, visit(value, isPersonal, own)])
    return [field, Object.fromEntries(both)]
  })
  const place = reason !== null && own ? keep(own, reason) : null
  return { changes: Object.fromEntries(taken) as Changes, reason: place, persons }
}

type Owner = Pick<Values, 'of' | 'id'>

const redacted = '[redacted]'

/** What stands where a value was that nobody can read any more. */
export const erased = '[erased]'

/** The changes as they were. `values` are those of the persons, in their order; undefined for one whose salt is gone. */
export function putBack(changes: Changes, values: readonly (unknown[] | undefined)[]): Changes {
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit)
    if (typeof value !== 'object' || value === null) return value
    if (isPlace(value)) return valueAt(values, value.sealed)
    return Object.fromEntries(Object.entries(value).map(([field, one]) => [field, visit(one)]))
  }
  return visit(changes) as Changes
}

export function valueAt(values: readonly (unknown[] | undefined)[], [person, value]: Place): unknown {
  const known = values[person]
  return known && value in known ? known[value] : erased
}

const isPlace = (value: object): value is { sealed: Place } =>
  'sealed' in value && Array.isArray(value.sealed) && Object.keys(value).length === 1
