import { beforeAll, describe, expect, inject, test } from 'vitest'
import { visit, type Visit } from './browser.ts'
import { send } from './client.ts'

const url = inject('url')

interface Operation {
  operationId: string
  summary: string
  tags: string[]
}

describe('the reference page in a browser', () => {
  let operations: Operation[]
  let overview: Visit

  beforeAll(async () => {
    const { data } = await send<{ paths: Record<string, Record<string, Operation>> }>(`${url}/openapi.json`)
    const paths = Object.values(data.paths)
    operations = paths.flatMap((path) => Object.values(path))
    overview = await visit(`${url}/docs`)
  })

  test('shows every chapter', () => {
    const chapters = [...new Set(operations.flatMap(({ tags }) => tags))]
    expect(chapters).toContain('Enrollment')
    for (const chapter of chapters) expect(overview.html).toContain(`data-tag="${chapter}"`)
  })

  test('shows the operations of a chapter that is opened, and the form of the one that is asked for', async () => {
    const { html, console: lines } = await visit(`${url}/docs#/Enrollment/enrollStudent`)
    for (const { operationId, summary } of operations.filter(({ tags }) => tags.includes('Enrollment'))) {
      expect(html).toContain(`id="operations-Enrollment-${operationId}"`)
      expect(html).toContain(summary)
    }
    expect(html).toContain('student_id')
    expect(lines).toEqual([])
  })

  test('breaks no content security policy and writes nothing to the console', () => {
    expect(overview.console).toEqual([])
  })

  test('asks this server for everything it needs, and nobody else', () => {
    expect(overview.requests).toEqual(
      expect.arrayContaining([
        `${url}/docs`,
        `${url}/docs-assets/swagger-ui.css`,
        `${url}/docs-assets/swagger-ui-bundle.js`,
        `${url}/openapi.json`,
      ]),
    )
    expect(overview.requests.filter((address) => new URL(address).origin !== url)).toEqual([])
  })
})

test('no page leaves anything in the storages of a browser, not even where a mail has brought a token', async () => {
  const { data } = await send<{ paths: Record<string, { get?: { responses: Record<string, Content> } }> }>(
    `${url}/openapi.json`,
  )
  const pages = Object.entries(data.paths)
    .filter(([, { get }]) => Object.values(get?.responses ?? {}).some(({ content }) => content?.['text/html']))
    .map(([path]) => path.replaceAll(/\{\w+\}/g, 'x'.repeat(44)))
  expect(pages).toEqual(expect.arrayContaining(['/docs', expect.stringContaining('/verify/')]))
  for (const path of pages) {
    expect([path, (await visit(`${url}${path}#token=${'x'.repeat(44)}`)).kept]).toEqual([path, []])
  }
}, 300_000)

interface Content {
  content?: Record<string, unknown>
}
