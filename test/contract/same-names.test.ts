import { beforeAll, describe, expect, test } from 'vitest'
import { endpoints } from '#/wiring/endpoints.ts'
import { call } from '../call.ts'
import { countRows, type Persona, type World, unique, world } from '../world.ts'
import { samples } from './samples.ts'

let w: World
let admin: Persona
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
})

/** The rows that people make and tell apart by a number, a code or a name. */
const made = endpoints.flatMap(({ id, method, rowOf }) =>
  method === 'post' && rowOf?.identifier ? [[id, rowOf.identifier] as const] : [],
)

const wide = (text: string) =>
  text.replaceAll(/[!-~]/g, (letter) => String.fromCodePoint(letter.codePointAt(0)! + 0xfe_e0))
/** How one and the same may be typed; what is behind the first two holds for names, which have accents and blanks. */
const typed: [string, (text: string) => string][] = [
  ['in capitals', (text) => text.toUpperCase()],
  ['without capitals', (text) => text.toLowerCase()],
  ['in full width', wide],
  ['with Greek letters that look alike', (text) => text.replaceAll('A', 'Α').replaceAll('K', 'Κ').replaceAll('o', 'ο')],
  ['with Cyrillic ones', (text) => text.replaceAll('A', 'А').replaceAll('o', 'о')],
  ['with what nobody sees', (text) => `${text.slice(0, 2)}\u00AD${text.slice(2)}`],
]
const named: typeof typed = [
  ['with an accent', (text) => text.replace('o', 'ό')],
  ['with two blanks', (text) => text.replace(' ', '  ')],
]

test('all that is told apart so is tried', () => {
  expect(made.map(([id]) => id).toSorted()).toEqual([
    'createCategory',
    'createCourse',
    'createGradingScheme',
    'createProgram',
    'createSavedFilter',
    'createSection',
    'createStudent',
    'createTerm',
  ])
})

describe.each(made)('%s', (id, identifier) => {
  test('takes nothing that is there already, however it is typed, and names it', async () => {
    const sample = await samples[id]!(w)
    const text = `Ako ${unique()}`
    const send = (value: string) =>
      call(sample.as ?? admin, 'POST', sample.path, {
        ...(sample.body as object),
        ...('email' in (sample.body as object) && { email: `e${unique()}@lyceum.test` }),
        [identifier]: value,
      })
    const first = await send(text)
    expect(first.status).toBe(201)
    const before = await countRows('audit_log')
    for (const [how, type] of [...typed, ...(identifier === 'name' ? named : [])]) {
      const { status, error } = await send(type(text))
      expect([how, status, error?.code, error?.details]).toEqual([
        how,
        409,
        expect.stringMatching(/_TAKEN$/),
        expect.objectContaining({ id: (first.data as { id: number }).id }),
      ])
    }
    expect(await countRows('audit_log')).toBe(before)
  })
})
