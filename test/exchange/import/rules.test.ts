import { expect, test } from 'vitest'
import { needsConfirmation } from '#/exchange/import/rules.ts'

test.each([
  ['5 % exactly', 50, 1000, false],
  ['one more than 5 %', 51, 1000, true],
  ['20 rows, however few there are', 20, 20, false],
  ['21 rows of few', 21, 21, true],
  ['nothing', 0, 1000, false],
])('an import that changes %s waits for a second word or does not', (_, update, live, expected) => {
  expect(needsConfirmation({ update, live })).toBe(expected)
})
