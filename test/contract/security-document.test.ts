import { expect, test } from 'vitest'
import document from '../../docs/security.md?raw'

/** The list leaves out this file itself. */
const files = [
  'test/contract/security-document.test.ts',
  ...Object.keys(import.meta.glob(['/src/**/*.ts', '/test/**/*.ts', '/docs/*.md', '/scripts/*.mjs'])).map((path) =>
    path.slice(1),
  ),
]

const named = [...document.matchAll(/`((?:src|test|docs|scripts)\/[^`\s]+\.\w+)`/g)].map(([, path]) => path!)

test('every file that the security document names exists', () => {
  expect(files).toContain('src/worker.ts')
  expect(named.length).toBeGreaterThan(100)
  expect(named.filter((path) => !files.includes(path))).toEqual([])
})

/** A row that says that something is met: the numbers of its requirements, or its risk, and the tests that it names. */
interface Met {
  about: string[]
  tests: string[]
}

const met: Met[] = document.split('\n').flatMap((line) => {
  const tests = [...line.matchAll(/`(test\/[^`]+\.test\.ts)`/g)].map(([, path]) => path!)
  const [, numbers] = /^\| ([\d., ]+) \| met \|/.exec(line) ?? []
  const [, risk] = /^\| (API\d+) (?!.*\| by design \|$)/.exec(line) ?? []
  const about = numbers?.split(', ') ?? (risk ? [risk] : [])
  return about.length > 0 ? [{ about, tests }] : []
})

/** How many requirements of levels 1 and 2 each section of ASVS 5.0 has. They come first in every section. */
const requirements = `
  1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 4.2:1
  4.3:2 4.4:4 5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 7.2:4 7.3:2
  7.4:5 7.5:2 7.6:2 8.1:2 8.2:3 8.3:1 8.4:1 9.1:3 9.2:4 10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2
  10.7:3 11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1 12.1:3 12.2:2 12.3:4 13.1:1 13.2:5 13.3:2 13.4:5
  14.1:2 14.2:4 14.3:3 15.1:3 15.2:3 15.3:7 16.1:1 16.2:5 16.3:4 16.4:3 16.5:3 17.1:1 17.2:4 17.3:2
`

test('it answers for every requirement of levels 1 and 2, and each that is met has a test', () => {
  const asked = [...requirements.matchAll(/(\S+):(\d+)/g)].flatMap(([, section, count]) =>
    Array.from({ length: Number(count) }, (_, i) => `${section}.${i + 1}`),
  )
  const traced = document.slice(document.indexOf('## ASVS 5.0'))
  const answered = new Set([...traced.matchAll(/\b\d+\.\d+\.\d+\b/g)].map(([id]) => id))
  expect(asked).toHaveLength(253)
  expect(asked.filter((id) => !answered.has(id))).toEqual([])
  expect(met.length).toBeGreaterThan(50)
  expect(met.filter(({ tests }) => tests.length === 0)).toEqual([])
})

interface Mutant {
  promise: string
  tests: string[]
  explained?: string
}

/** What a mutant is about stands first in its promise: `ASVS 7.1.1, 7.3.2: ...`, `API3: ...`. */
const aboutOf = ({ promise }: Mutant) => /^(?:ASVS )?([^:]*):/.exec(promise)?.[1]?.split(', ') ?? []

test('each row that is met has a mistake in test/mutants that breaks it, tried by tests that the row names', () => {
  const lists = import.meta.glob<Mutant[]>('../mutants/*.json', { eager: true, import: 'default' })
  const mutants = Object.values(lists).flat()
  const breaks = ({ about, tests }: Met, mutant: Mutant) =>
    aboutOf(mutant).length > 0 &&
    aboutOf(mutant).every((one) => about.includes(one)) &&
    mutant.tests.every((path) => tests.includes(path)) &&
    mutant.explained === undefined
  const unbroken = met.filter((row) => !mutants.some((mutant) => breaks(row, mutant)))
  expect(met.filter(({ about }) => about[0]!.startsWith('API'))).toHaveLength(8)
  expect(unbroken.map(({ about }) => about.join(', '))).toEqual([])
})
