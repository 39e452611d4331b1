import { readdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, test } from 'vitest'

/** Every file below src, from there. */
const files = readdirSync('src', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => `${parentPath}/${name}`.slice('src/'.length))
const sources = files.filter((path) => path.endsWith('.ts'))
const lengths = new Map(sources.map((path) => [path, readFileSync(`src/${path}`, 'utf8').split('\n').length - 1]))

test('src opens with at most sixteen names', () => {
  expect(new Set(files.map((path) => path.split('/')[0])).size).toBeLessThanOrEqual(16)
})

test('a folder has at most fourteen files', () => {
  const folders = Object.entries(Object.groupBy(files, (path) => dirname(path)))
  expect(folders.length).toBeGreaterThan(50)
  const crowded = folders.filter(([, inside = []]) => inside.length > 14)
  expect(crowded.map(([folder, inside = []]) => `${folder}: ${inside.length}`)).toEqual([])
})

test('no file is longer than two hundred lines', () => {
  expect([...lengths].filter(([, length]) => length > 200)).toEqual([])
})

test('half of the files have at most fifty lines', () => {
  const sorted = [...lengths.values()].toSorted((a, b) => a - b)
  expect(sorted.length).toBeGreaterThan(400)
  expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(50)
})

test('a module passes on nothing that is of another', () => {
  const passesOn = /^export (?:type )?(?:\*|\{[^}]*\})[^;'\n]* from '#\//m
  const found = sources.filter((path) => passesOn.test(readFileSync(`src/${path}`, 'utf8')))
  // The runtime asks the entry for the classes of its Durable Objects.
  expect(found).toEqual(['worker.ts'])
})
