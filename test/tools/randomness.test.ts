import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const paths = readdirSync('src', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map(({ parentPath, name }) => `${parentPath}/${name}`)

test('nothing is left to a chance that can be foretold but how long a pause is', () => {
  const foretold = paths.filter((path) => /\bMath\.random\b/.test(readFileSync(path, 'utf8')))
  expect(foretold).toEqual(['src/platform/database/steady/outliving.ts'])
})
