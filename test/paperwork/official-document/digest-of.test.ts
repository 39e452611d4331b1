import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { sha256Hex } from '#/platform/encoding/digest.ts'
import { digestOf } from '#/paperwork/official-document/digest-of.ts'

/** The text whose digest documents carry that were issued before RFC 8785 was followed by name. */
function earlierText(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner
    return Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  })
}

/** Fields of documents have names; a number as a name is the one case in which the earlier order was another. */
const name = fc.string({ unit: 'binary' }).filter((text) => !/^\d+$/.test(text) && text !== '__proto__')

const { certified } = fc.letrec<{ certified: object; value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'binary' }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.constant(undefined),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('certified'),
  ),
  certified: fc.dictionary(name, tie('value'), { maxKeys: 6 }),
}))

test('documents issued before keep their digest', async () => {
  await fc.assert(
    fc.asyncProperty(certified, async (record) => {
      expect(await digestOf(record)).toBe(await sha256Hex(earlierText(record)))
    }),
    { numRuns: 1000 },
  )
})

test('the order of fields says nothing', async () => {
  expect(await digestOf({ b: [{ d: 1, c: 'ώ' }], a: null })).toBe(await digestOf({ a: null, b: [{ c: 'ώ', d: 1 }] }))
})

// RFC 8785, section 3.2.3, and what its two examples of numbers become.
test('the text is that of RFC 8785', async () => {
  const record = {
    '\u20ac': 'Euro Sign',
    '\r': 'Carriage Return',
    '\ufb33': 'Hebrew Letter Dalet With Dagesh',
    '1': 'One',
    '\u{1f600}': 'Emoji: Grinning Face',
    '\u0080': 'Control',
    '\u00f6': 'Latin Small Letter O With Diaeresis',
  }
  const order = ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\u{1f600}', '\ufb33'] as const
  const text = `{${order.map((key) => `${JSON.stringify(key)}:${JSON.stringify(record[key])}`).join(',')}}`
  expect(await digestOf(record)).toBe(await sha256Hex(text))
  expect(await digestOf({ n: [333333333.3333333, 1e30, 4.5, 2e-3, 1e-27, -0] })).toBe(
    await sha256Hex('{"n":[333333333.3333333,1e+30,4.5,0.002,1e-27,0]}'),
  )
})
