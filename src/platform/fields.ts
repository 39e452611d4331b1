import * as z from 'zod'
import { identifierText } from './text/identifier.ts'
import { hasHeapedMarks, personName } from './text/person-name.ts'
import { said, saying } from './validation/said.ts'
import { type Role, warnings } from './words.ts'

/** One schema for each length: hundreds of their own would be a good part of the time that the Worker takes to start. */
function once<Made>(make: (max: number) => Made): (max: number) => Made {
  const made = new Map<number, Made>()
  return (max) => {
    const known = made.get(max) ?? make(max)
    made.set(max, known)
    return known
  }
}

/** The words every schema is made of. */
export const id = z.int().positive()
export const pathId = z
  .string()
  .regex(said(/^[1-9]\d{0,14}$/, { en: 'must be a number such as 17', el: 'πρέπει να είναι αριθμός όπως 17' }))
  .transform(Number)
  .meta({ override: { type: 'integer', minimum: 1 } })

/** An opaque id, as jobs, backups and sessions have. */
export const opaqueId = z.string().regex(
  said(/^[\w-]{22}$/, {
    en: 'must be an id of 22 letters, digits, - and _',
    el: 'πρέπει να είναι αναγνωριστικό 22 γραμμάτων, ψηφίων, - και _',
  }),
)

const oneLine = said(/^[^\p{Cc}\p{Cs}]*$/u, {
  en: 'must be one line without control characters',
  el: 'πρέπει να είναι μία γραμμή χωρίς χαρακτήρες ελέγχου',
})
/** One line of text, trimmed; no control characters. */
export const line = once((max) => z.string().trim().min(1).max(max).regex(oneLine))
const ofPerson = said(
  /^(?!.*:\/\/)(?:[^\p{Cc}\p{Cs}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]|[\u200C\u200D])*$/u,
  {
    en: 'must hold no link (://), no line breaks and no invisible or direction-changing characters: type it anew',
    el: 'δεν μπορεί να περιέχει σύνδεσμο (://), αλλαγές γραμμής, αόρατους χαρακτήρες ή χαρακτήρες αλλαγής κατεύθυνσης: πληκτρολογήστε το ξανά',
  },
)
const marksOfPerson = saying(
  'must have no more than two marks on one letter, such as Nguyễn',
  'δεν μπορεί να έχει πάνω από δύο σημάδια σε ένα γράμμα, όπως Nguyễn',
)
/**
 * A name of a person, composed and without what nobody sees (`personName`). It stands in mails and on documents, so it holds no link, and nothing
 * else that is not seen (Unicode: format characters, what is ignored by default, separators of lines) but the joiners that `personName` leaves.
 */
export const name = once((max) => nameOf(max, ofPerson))
const nameOf = (max: number, letters: RegExp) =>
  z
    .string()
    .overwrite(personName)
    .trim()
    .min(1)
    .max(max)
    .regex(letters)
    .refine((text) => !hasHeapedMarks(text), marksOfPerson)
const ofLatin = said(/^(?:(?=.*\p{Script=Latin})[\p{Script=Latin}\u0300-\u036F\p{Zs}.·'‘’\u02B9-\u02BF\u2010-]+)?$/u, {
  en: 'must be in Latin letters, with nothing else but blanks, hyphens, apostrophes and points, such as Maria Papadopoulou',
  el: 'πρέπει να είναι με λατινικά γράμματα και μόνο κενά, παύλες, αποστρόφους και τελείες, όπως Maria Papadopoulou',
})
/** A name of a person as a passport has it. */
export const latinName = once((max) => nameOf(max, ofLatin))
const severalLines = said(/^(?:[^\p{Cc}\p{Cs}]|[\n\r\t])*$/u, {
  en: 'must have no control characters but line breaks and tabs',
  el: 'δεν μπορεί να έχει χαρακτήρες ελέγχου εκτός από αλλαγές γραμμής και tab',
})
/** Text of several lines; line breaks and tabs are its only control characters. */
export const lines = once((max) => z.string().trim().min(1).max(max).regex(severalLines))
const ofCode = said(/^[\p{L}\p{N}][\p{L}\p{N} ._/-]*$/u, {
  en: 'must begin with a letter or digit and hold no others but blanks and . _ / -, such as CS-101',
  el: 'πρέπει να αρχίζει με γράμμα ή ψηφίο και να έχει μόνο τέτοια, κενά και . _ / -, όπως CS-101',
})
/** A number or code that people tell rows apart by: kept as typed, but composed and without what nobody sees. */
export const code = once((max) => identifying(max).regex(ofCode))
/** Any other text that identifies something, such as a room. */
export const identifying = once((max) => z.string().overwrite(identifierText).trim().min(1).max(max).regex(oneLine))
export const email = z.email().max(254).toLowerCase()
/** Rests as digits. Blanks, hyphens and brackets, as people and spreadsheets write them between, are left out. */
export const phone = z
  .string()
  .overwrite((text) => text.replaceAll(/[\s()\u00AD\u2010-\u2015\u2212-]/g, ''))
  .regex(
    said(/^\+?\d{7,15}$/, {
      en: 'must be 7 to 15 digits, with + and country code, such as +302101234567',
      el: 'πρέπει να είναι 7 έως 15 ψηφία, με + και κωδικό χώρας, όπως +302101234567',
    }),
  )
  .meta({ examples: ['+302101234567'] })
/** Calendar date where the institution is, YYYY-MM-DD. */
export const date = z.iso.date().meta({ examples: ['2026-10-01'] })
/** Any ISO 8601 instant with an offset; rests and returns as UTC with milliseconds. */
export const instantIn = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text).toISOString())
  .pipe(z.iso.datetime())
export const instant = z.iso.datetime().meta({ examples: ['2026-11-20T09:00:00.000Z'] })
/**
 * What `multipleOf` lets through may be off by what a float cannot tell, 1e-26 for 0. Rounded, it is the same number to grading, which
 * reads decimals exactly, and to the database.
 */
export const toTenths = (value: number) => Math.round(value * 10) / 10
export const toHundredths = (value: number) => Math.round(value * 100) / 100

/** ECTS credits: 0..60, one decimal. */
export const credits = z.number().min(0).max(60).multipleOf(0.1).overwrite(toTenths)
/** Percentage or weight: 0..100, two decimals. */
export const percentage = z.number().min(0).max(100).multipleOf(0.01).overwrite(toHundredths)

/** What a row with a life of its own shows beside its own fields. */
export const lifecycle = { version: z.int(), created_at: instant, updated_at: instant }

/** What the answer to a new row adds when somebody should look twice. */
export const warned = {
  warnings: z.array(z.enum(warnings)).optional().meta({
    description:
      'Absent when there are none. LIKELY_TWIN: others have this name and birth date. LOOKS_ALIKE: the number or code of others differs in 0 and O or in leading zeros only.',
  }),
  alike_ids: z.array(id).optional().meta({ description: 'Those that the warnings speak of, ten at most of each.' }),
}

/** A field that may be left out: absent means null. */
export const optional = <T extends z.ZodType>(schema: T) => schema.nullable().default(null)

const personalFields = new WeakSet<object>()

/** A field of a row that concerns the person and the registry, but not teaching: left out of what faculty get. */
export function personal<T extends z.ZodType>(schema: T) {
  const field = schema.nullable().optional().meta({ description: 'Not for faculty: absent for them.' })
  personalFields.add(field)
  return field
}

/** Whether a role gets a field of a row that it may see. */
export const shows = (field: object, role: Role | 'system'): boolean =>
  !personalFields.has(field) || (role !== 'faculty' && role !== 'anonymous')

interface Parsed {
  value: unknown
  issues: readonly { path?: readonly PropertyKey[] | undefined }[]
}
const isWrong = ({ issues }: Parsed, part: PropertyKey) => issues.some(({ path = [] }) => path[0] === part)
const isThere = ({ value }: Parsed) => typeof value === 'object' && value !== null

/** When a rule over several fields is asked: as soon as these are well-formed, whatever the others are. */
export const whenSound = (...fields: readonly string[]) => ({
  when: (of: Parsed) => isThere(of) && !fields.some((field) => isWrong(of, field)),
})

/** Rows of which no two have the same key; of any further one, the field by that name is said to be there twice. Rows that are not well-formed are left out. */
export const apart = <Row extends z.ZodType>(
  rows: z.ZodArray<Row>,
  field: string,
  keyOf: (row: z.output<Row>) => unknown,
) =>
  rows.superRefine(
    (all, ctx) => {
      const seen = new Set<unknown>()
      const wrong = new Set(ctx.issues.map(({ path = [] }) => path[0]))
      for (const [index, row] of all.entries()) {
        if (wrong.has(index)) continue
        const key = keyOf(row)
        if (seen.has(key)) ctx.addIssue({ code: 'custom', path: [index, field], ...isTwice })
        seen.add(key)
      }
    },
    { when: ({ value }) => Array.isArray(value) },
  )
const isTwice = saying('is there twice', 'υπάρχει δύο φορές')

/** Of these fields exactly one is given, well-formed or not; each that is given too many says so, or all where none is. */
export function exactlyOneOf<Schema extends z.ZodObject>(
  schema: Schema,
  fields: readonly (keyof Schema['shape'] & string)[],
) {
  const list = fields.join(', ')
  const words = saying(`is one of ${list}: give exactly one`, `είναι ένα από τα ${list}: δίνεται ακριβώς ένα`)
  return schema.superRefine((value, ctx) => {
    const given = fields.filter((field) => (value[field] ?? null) !== null)
    if (given.length === 1) return
    for (const field of given.length > 0 ? given : fields) ctx.addIssue({ code: 'custom', path: [field], ...words })
  }, whenSound())
}

/** The partial form of an input for PATCH: every field may be absent, and absent means unchanged rather than default. */
export function patchOf<Shape extends z.ZodRawShape>(input: z.ZodObject<Shape>) {
  const fields = Object.entries(input.shape).map(([name, field]) => {
    const schema = field instanceof z.ZodDefault ? (field.unwrap() as z.ZodType) : (field as z.ZodType)
    return [name, schema.optional()] as const
  })
  const shape = Object.fromEntries(fields) as { [K in keyof Shape]: z.ZodOptional<z.ZodType<z.output<Shape[K]>>> }
  return z.strictObject(shape)
}
