import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'
import { waitUntil } from './server.ts'

/** The token in the mail to confirm an e-mail that this act has the shared server send. */
export async function tokenMailedBy(act: () => Promise<unknown>): Promise<string> {
  const folder = inject('mail')
  const names = () => (existsSync(folder) ? readdirSync(folder) : [])
  const before = new Set(names())
  await act()
  const tokens = () =>
    names()
      .filter((name) => !before.has(name))
      .flatMap(
        (name) => /\/confirm-email\?\S*#token=([\w-]{44})$/m.exec(readFileSync(join(folder, name), 'utf8'))?.[1] ?? [],
      )
  await waitUntil(async () => tokens().length > 0, 'the mail to arrive')
  return tokens()[0]!
}
