import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

interface Mutant {
  promise: string
  file: string
  text: string
  replacement: string
  tests: string[]
}

const lists = readdirSync('test/mutants').filter((name) => name.endsWith('.json'))

describe.each(lists)('test/mutants/%s', (list) => {
  const mutants = JSON.parse(readFileSync(`test/mutants/${list}`, 'utf8')) as Mutant[]

  test('plants each mistake at one place of the code as it is', () => {
    const places = ({ file, text }: Mutant) => readFileSync(file, 'utf8').split(text).length - 1
    expect(mutants.filter((mutant) => places(mutant) !== 1 || mutant.text === mutant.replacement)).toEqual([])
  })

  test('names tests that there are', () => {
    expect(mutants.length).toBeGreaterThan(0)
    expect(mutants.filter(({ tests }) => tests.length === 0 || tests.some((path) => !existsSync(path)))).toEqual([])
  })
})
