import { exports } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { chapters, endpoints } from '#/wiring/endpoints.ts'
import { fullPath } from '#/platform/http/endpoint.ts'
import { openApiText } from '#/platform/http/openapi.ts'
import { printedAnswers } from './printed-answers.ts'

test('openapi.json is what the endpoint table says', async () => {
  await expect(openApiText(chapters)).toMatchFileSnapshot('../../openapi.json')
})

test('the types of the answers are what it says, too', async () => {
  await expect(printedAnswers()).toMatchFileSnapshot('../answers.ts')
})

test('the served document describes every declared operation once', async () => {
  const served = await exports.default.fetch('http://lyceum.test/openapi.json')
  const { paths } = (await served.json()) as { paths: Record<string, Record<string, { operationId: string }>> }
  const described = Object.values(paths).flatMap((operations) =>
    Object.values(operations).map(({ operationId }) => operationId),
  )
  expect(described.toSorted()).toEqual(endpoints.map(({ id }) => id).toSorted())
  expect(new Set(described).size).toBe(endpoints.length)
})

test('every operation has its own address', () => {
  const addresses = endpoints.map((endpoint) => `${endpoint.method} ${fullPath(endpoint)}`)
  expect(new Set(addresses).size).toBe(addresses.length)
})
