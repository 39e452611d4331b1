import { expect, test } from 'vitest'
import { subscribers } from '#/wiring/subscribers.ts'

type Declared = { type: string }

const areas = import.meta.glob<{ events?: Record<string, Declared> }>('/src/*/messages.ts', { eager: true })
const modules = import.meta.glob<Record<string, Declared>>('/src/**/events.ts', { eager: true })
const sources = import.meta.glob<string>('/src/**/*.ts', { eager: true, query: '?raw', import: 'default' })

const listed = Object.values(areas).flatMap(({ events = {} }) => Object.values(events))
const declared = Object.entries(modules).flatMap(([path, module]) =>
  Object.entries(module).map(([name, event]) => ({ path, area: path.split('/')[2]!, name, event })),
)

test('every event of a module is in the messages of its area', () => {
  expect(declared.length).toBeGreaterThan(3)
  const forgotten = declared.filter(
    ({ area, name, event }) => areas[`/src/${area}/messages.ts`]?.events?.[name] !== event,
  )
  expect(forgotten.map(({ name }) => name)).toEqual([])
  expect(listed).toHaveLength(declared.length)
})

test('an event is declared in the events of a module and nowhere else', () => {
  const elsewhere = Object.entries(sources).filter(
    ([path, text]) => !path.endsWith('/events.ts') && /\bevent\(\s*'/.test(text),
  )
  expect(elsewhere.map(([path]) => path)).toEqual([])
})

test('every event is told by a use case of its own area', () => {
  const silent = declared.filter(
    ({ area, name }) =>
      !Object.entries(sources).some(
        ([path, text]) => path.startsWith(`/src/${area}/`) && new RegExp(`\\bevents\\b[^]*\\b${name}\\(`).test(text),
      ),
  )
  expect(silent.map(({ name }) => name)).toEqual([])
})

test('whoever subscribes, subscribes to an event that there is', () => {
  const types = listed.map(({ type }) => type)
  expect(subscribers.length).toBeGreaterThan(4)
  expect(subscribers.filter(({ event }) => !types.includes(event))).toEqual([])
  expect(new Set(types).size).toBe(types.length)
})
