import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const { paths } = JSON.parse(readFileSync('openapi.json', 'utf8')) as { paths: Record<string, object> }
const shapeOf = (path: string) => path.replaceAll(/\$?\{[^}]*\}/g, '{}').replace(/[.,:;)]+$/, '')
const operations = new Set(
  Object.entries(paths).flatMap(([path, verbs]) =>
    Object.keys(verbs).map((verb) => `${verb.toUpperCase()} ${shapeOf(path)}`),
  ),
)

/** What is said to people, wherever it stands: lines of texts in either language. */
const texts = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .flatMap((name) =>
    readFileSync(`src/${name}`, 'utf8')
      .split('\n')
      .filter((line) => /\b(?:en|el): ['"`]/.test(line) && line.includes('/api/v1/'))
      .map((line) => [name, line.trim()] as const),
  )

test('an address that is advised is that of an operation, with its verb', () => {
  expect(texts.length).toBeGreaterThan(20)
  const wrong = texts.flatMap(([name, line]) =>
    [...line.matchAll(/(?:\b([A-Z]+) )?(\/api\/v1\/(?:[\w/-]|\$?\{\w+\})+)/g)]
      .filter(([, verb, path]) => !operations.has(`${verb} ${shapeOf(path!)}`))
      .map(([found]) => `${name}: ${found}`),
  )
  expect(wrong).toEqual([])
})
