// `npm run snapshots`: writes the documents that are printed from the tables, as the contract tests compare them. Says which have changed.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import './load-sources.mjs'
import { root } from './prepare.mjs'

const { chapters } = await import('../src/wiring/endpoints.ts')
const { openApiText } = await import('../src/platform/http/openapi.ts')
const { printedPolicy } = await import('../test/contract/printed-policy.ts')
const { printedErrors } = await import('../test/contract/printed-errors.ts')

const { printedAnswers } = await import('../test/contract/printed-answers.ts')

const printed = {
  'openapi.json': openApiText(chapters),
  'docs/policy.md': printedPolicy(),
  'docs/errors.md': printedErrors(),
  'test/answers.ts': printedAnswers(),
}

for (const [path, text] of Object.entries(printed)) {
  const isCurrent = existsSync(join(root, path)) && readFileSync(join(root, path), 'utf8') === text
  if (!isCurrent) writeFileSync(join(root, path), text)
  console.log(`${path}: ${isCurrent ? 'as it was' : 'written anew'}`)
}
