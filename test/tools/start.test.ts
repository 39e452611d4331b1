import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { reasonOf, whileServing } from '../../scripts/wrangler.mjs'

/** A server that notes when it is ended. */
function server() {
  const said: string[] = []
  return { said, stop: async () => void said.push('ended') }
}

test('a server that was started for a task ends with the task, also where that fails', async () => {
  const [good, bad] = [server(), server()]
  expect(await whileServing(good, async () => 'done')).toBe('done')
  await expect(whileServing(bad, () => Promise.reject(new Error('no room')))).rejects.toThrow('no room')
  expect([good.said, bad.said]).toEqual([['ended'], ['ended']])
})

test('the reason of a failure is one line without colours, the first of what the server said', () => {
  const output = '\n\u001b[31mX [ERROR]\u001b[0m Uncaught TypeError: no such table\n    at worker.js:1:1\n'
  const error = new Error(`the demo term could not be filled:\n${output}`)
  expect(reasonOf(error)).toBe('the demo term could not be filled: X [ERROR] Uncaught TypeError: no such table')
  expect(reasonOf(new Error('port 8787 is taken'))).toBe('port 8787 is taken')
})

test('a start fills the demo term within that, and says why it ends', () => {
  const start = readFileSync('scripts/start.mjs', 'utf8')
  expect(start).toContain('whileServing(demo,')
  expect(start).toContain('reasonOf(error)')
})
