import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const codes = [...readFileSync('docs/errors.md', 'utf8').matchAll(/^### (\w+)$/gm)].map(([, code]) => code!)
const answered = JSON.parse(readFileSync('node_modules/.cache/answered.json', 'utf8')) as string[]

describe('in the run of all tests that ended just now', () => {
  test.each(codes)('%s was answered', (code) => {
    expect(answered).toContain(code)
  })
})

test('there are such errors', () => {
  expect(codes.length).toBeGreaterThan(150)
})
