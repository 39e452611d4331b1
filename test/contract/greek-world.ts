import { type Persona, persona, unique, world } from '../world.ts'

/** Letters of a field's name as Greek ones, mixed in case and with accents that capitals lose. */
const greek: Record<string, string> = Object.fromEntries(
  [...'αaβbγcδdέeφfγgχhίiξjκkλlμmνnόoπpψqρrσsτtύuβvώwξxήyζz'].flatMap((letter, i, all) =>
    i % 2 === 1 ? [[letter, all[i - 1]!]] : [],
  ),
)

/** A text that only this field of this kind of row has: `Τέρμ νάμες`. It ends in a final sigma. */
export function greekText(path: string, field: string): string {
  const noun = path
    .split('/')
    .find((part) => /^[a-z]/.test(part))!
    .replaceAll('-', '')
  const letters = [...`${noun.slice(0, 4)}${field.replaceAll('_', '')}`].map((letter) => greek[letter] ?? '').join('')
  return `${letters[0]!.toUpperCase()}${letters.slice(1).replace(/σ*$/, '')}ς`
}

const texts = [
  'father_name',
  'first_name',
  'last_name',
  'full_name',
  'name',
  'name_el',
  'title',
  'title_el',
  'degree',
  'degree_el',
  'statement',
  'note',
  'notes',
  'details',
  'reason',
  'office',
  'text',
]
/** Codes, which no two rows share. */
const numbers = ['code', 'number', 'student_number']

/** What rows of these paths have beyond what tests mostly give. */
const further: Record<string, () => object> = {
  '/students': () => ({ father_name: '-', phone: '+302101234567' }),
  '/terms': () => ({ name_el: '-' }),
  '/programs': () => ({ degree: '-', degree_el: '-' }),
  '/sections': () => ({ number: '-' }),
  '/applications': () => ({ father_name: '-', statement: '-' }),
  '/requests': () => ({ details: '-' }),
  '/assessments': () => ({ title_el: '-' }),
  '/assessment-categories': () => ({ name_el: '-' }),
  '/attendance': () => ({ note: '-' }),
}

/** Whatever a person writes, in Greek. */
function inGreek(path: string, body: unknown, field = ''): unknown {
  if (typeof body === 'string') {
    if (numbers.includes(field)) return `${greekText(path, field).slice(0, 6)}${unique()}`
    if (field === 'letter') return greekText(path, body)
    return texts.includes(field) ? greekText(path, field) : body
  }
  if (Array.isArray(body)) return body.map((one) => inGreek(path, one, field))
  if (typeof body !== 'object' || body === null) return body
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, inGreek(path, value, name)]))
}

function written(path: string, body: unknown, scheme: string | undefined): unknown {
  const graded = scheme !== undefined && ['/sections', '/programs'].includes(path) ? { grading_scheme: scheme } : {}
  const filtered = path === '/saved-filters' ? { query: { search: greekText(path, 'query') } } : {}
  return inGreek(path, { ...further[path]?.(), ...(body as object | undefined), ...graded, ...filtered })
}

/** A world of Greek names, whose registrar writes Greek and reads it. */
export async function greekWorld() {
  const registrar = await persona('registrar', null, 'Γραμματεύς Άννης')
  let scheme: string | undefined
  const writing = (send: Persona['post']) =>
    ((path, body, headers) =>
      send(path, typeof body === 'string' ? body : written(path, body, scheme), {
        'accept-language': 'el',
        ...headers,
      })) as Persona['post']
  const w = await world({
    ...registrar,
    post: writing(registrar.post),
    put: writing(registrar.put as Persona['post']) as Persona['put'],
    patch: writing(registrar.patch as Persona['post']) as Persona['patch'],
  })
  scheme = (await w.scheme()).code
  return {
    ...w,
    admin: () => persona('admin', null, 'Διαχειριστής Όλγας'),
    teacher: () => persona('faculty', null, 'Διδάσκων Ηλίας'),
  }
}
