import { execFileSync } from 'node:child_process'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../../scripts/wrangler.mjs'
import { blocksOf, newShell, startInBackground } from './guide.ts'
import { waitUntil } from './server.ts'
import { run } from './tools.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const documents = ['deployment', 'operations']
const password = 'Correct-Horse-9-Battery'

/** Commands that need an account at Cloudflare, or install what is there. */
const elsewhere =
  /^ *npx wrangler (login|d1 create|d1 time-travel|r2 bucket|queues create|email sending|secret bulk|deploy|versions|rollback)\b|^npm (ci|run check)\b|^npm run backup:restore .* --remote\b/

/** Blocks of which nothing can be run here. */
const skipped = [
  'deployment: Before you begin',
  'deployment: 1. Make the resources',
  'deployment: 5. Deploy',
  'deployment: Rollback',
  'operations: Time Travel',
]

let folder: string
let clone: string
let url: string
let shell: ReturnType<typeof newShell>
let server: ReturnType<typeof startInBackground>
let environment: Record<string, string>
const blocks = documents.flatMap((name) => blocksOf(name, readFileSync(join(root, 'docs', `${name}.md`), 'utf8')))
const done = new Set(blocks.filter(({ place }) => skipped.includes(place)))

/** Types the blocks under a heading, all or those that contain `having`, as they stand but for where they lead. */
async function follow(place: string, { having = '', typed = [] as string[] } = {}): Promise<string> {
  const found = blocks.filter((block) => block.place === place && block.script.includes(having))
  expect([place, having, found.length > 0]).toEqual([place, having, true])
  let output = ''
  for (const block of found) {
    done.add(block)
    output += await shell.run(here(block.script), typed)
  }
  return output
}

const here = (script: string) =>
  script
    .split('\n')
    .filter((line) => !elsewhere.test(line))
    .join('\n')
    .replaceAll('https://lyceum.example', url)
    .replaceAll('--remote', '--local --persist-to "$LYCEUM_STATE"')
    .replaceAll(/(npm run \S+ -- .*)--local --persist-to "\$LYCEUM_STATE"/g, '$1--local')
    .replaceAll('sleep 5', 'sleep 0.5')

/** Starts what `wrangler deploy` would have put into the world, with the secrets of the guide. One administrator types it, so no act takes two. */
async function serve() {
  copyFileSync(join(folder, 'lyceum-production.secrets'), join(clone, '.dev.vars'))
  const { port } = new URL(url)
  const where = ['--port', port, '--ip', 'localhost', '--persist-to', environment.LYCEUM_STATE!]
  const alone = ['--var', 'TWO_PERSON_OPERATIONS:false']
  const argv = [
    'dev',
    '--env',
    'production',
    ...alone,
    ...where,
    '--inspector-port',
    '0',
    '--show-interactive-dev-session=false',
  ]
  server = startInBackground(clone, environment, join(root, 'node_modules/.bin/wrangler'), argv)
  await waitUntil(async () => (await fetch(`${url}/health`).catch(() => undefined))?.status === 200, 'the server', 60)
}

/** Without what the rate limiter remembers: as if the minute were over in which five sign-ins are allowed. */
async function restart() {
  server.stop()
  rmSync(join(environment.LYCEUM_STATE!, 'v3', 'do'), { recursive: true })
  await serve()
}

/** Wrangler starts a runtime for each file. So one in the middle stays, and all before and all after it are two, by the name of their first. */
function joinMigrations(middle: string) {
  const folder = join(clone, 'migrations')
  const names = readdirSync(folder).toSorted()
  const at = names.indexOf(middle)
  for (const some of [names.slice(0, at), names.slice(at + 1)]) {
    const text = some.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n')
    for (const name of some) rmSync(join(folder, name))
    writeFileSync(join(folder, some[0]!), text)
  }
}

/** What `npx` finds is known; looking for it takes as long as some commands. */
function shortenNpx(bin: string) {
  mkdirSync(bin)
  writeFileSync(join(bin, 'npx'), '#!/bin/sh\nname=$1\nshift\nexec "node_modules/.bin/$name" "$@"\n', { mode: 0o755 })
}

/** All migrations but one by the first command, that one as a file; then the first command finds nothing to do. */
async function makeTables() {
  const [heading, withheld] = ['deployment: 4. Make the tables', '0033_backup.sql']
  const last = join('migrations', withheld)
  joinMigrations(withheld)
  renameSync(join(clone, last), join(folder, 'withheld.sql'))
  expect(await follow(heading, { having: 'migrations apply' })).toContain('0001_platform.sql')
  renameSync(join(folder, 'withheld.sql'), join(clone, last))
  await follow(heading, { having: 'MIGRATION=' })
  expect(await follow(heading, { having: 'migrations apply' })).toContain('No migrations to apply')
}

/** A code of the authenticator, so many seconds ahead: each works once. */
async function codeFor(secret: string, seconds = 0) {
  const instant = new Date(Date.now() + seconds * 1000).toISOString().replace(/T(.*)\..*/, ' $1 UTC')
  return (await run('oathtool', '--totp', '--base32', `--now=${instant}`, secret)).stdout.trim()
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lyceum-guide-'))
  clone = join(folder, 'lyceum')
  execFileSync('git', ['clone', '--quiet', root, clone])
  symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'))
  url = `http://localhost:${await freePort()}`
  const { PATH = '', HOME = '/root', NODE_COMPILE_CACHE = '' } = process.env
  shortenNpx(join(folder, 'bin'))
  environment = {
    PATH: join(folder, 'bin') + delimiter + PATH,
    HOME,
    NODE_COMPILE_CACHE,
    CI: '1',
    WRANGLER_SEND_METRICS: 'false',
    WRANGLER_HIDE_BANNER: 'true',
    X_LOCAL_OBSERVABILITY: 'false',
    LYCEUM_STATE: join(folder, 'state'),
  }
  shell = newShell(clone, environment)
})

afterAll(() => {
  server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('the guide, word for word: from an empty folder to an administrator, a backup, a restore, and a restore elsewhere', async () => {
  await follow('deployment: 3. Make the secrets')
  await makeTables()
  await serve()

  const invited = await follow("deployment: 6. Open the first administrator's account", { having: 'admin:create' })
  const token = /^[\w-]{43}$/m.exec(invited)![0]
  const opened = await follow("deployment: 6. Open the first administrator's account", {
    having: 'INVITATION',
    typed: [token, password],
  })
  expect(opened).toContain('ada@lyceum.example')
  const secret = /^[A-Z2-7]{32}$/m.exec(
    await follow('deployment: 7. Set up the second factor', { having: 'mfa/setup' }),
  )![0]
  const codes = await follow('deployment: 7. Set up the second factor', {
    having: 'mfa/verify',
    typed: [await codeFor(secret)],
  })
  expect(codes.match(/^(?:[A-Z2-7]{5}-){4}[A-Z2-7]{5}$/gm)?.length).toBe(10)

  const [recovery] = /^(?:[A-Z2-7]{5}-){4}[A-Z2-7]{5}$/m.exec(codes)!
  const typed = ['ada@lyceum.example', password, recovery]
  expect(await follow('operations: Sign in from a shell', { having: 'mfa_token', typed })).toMatch(/admin\n$/)

  const seen = await follow('deployment: 8. See that it works')
  expect(seen).toContain('"status":"ok"')
  expect(seen).toMatch(/true\n"pending":\[\]\nok\n$/)
  await shell.run(here('ended'))

  expect(await follow('operations: Backups')).toMatch(/task: 'verify',[^]*status: 'done'/)
  const restored = await follow('operations: A backup into the running deployment')
  expect(restored.match(/status: 'done'/g)?.length).toBe(2)
  expect(restored).toMatch(/saved_as: 'before_restore_\d{8}_\d{9}'/)
  expect(restored).toMatch(/"status":"ok"[^]*true\n0\n/)

  expect(await follow('deployment: Next deployments')).toMatch(/No migrations to apply[^]*"status":"ok"/)

  await follow('operations: Keys', { having: '--renew' })
  await restart()
  await follow('operations: Sign in from a shell', { having: 'step-up', typed: [await codeFor(secret, 30)] })
  const rotated = await follow('operations: Keys', { having: 'rotate' })
  expect(rotated).toMatch(/ {2}true {2}0\n\[\]\n$/)
  expect(await shell.run(here('call $API/backups | field "items.filter((b) => !b.kid).length"'))).toBe('0\n')

  await elsewhereFromFile()
  await follow('operations: Keys', { having: '--retire' })
  server.stop()
  await follow('operations: When a key is lost')
  await follow('operations: Accounts')
  await follow('operations: Audit log')
  await restart()
  const login = await shell.run(
    here('body email="$EMAIL" password="$PASSWORD" | post $API/auth/login | field access_token'),
  )
  expect(login).toMatch(/^ey/)
}, 900_000)

/** The same backup on a machine that has nothing but the file and the keys. */
async function elsewhereFromFile() {
  const heading = 'operations: Restore on an empty machine'
  const said = await follow(heading, { having: 'keys.json --into' })
  expect(said.match(/Every count and every reference holds\./g)?.length).toBe(2)
  const port = await freePort()
  const start = blocks.find(({ place, script }) => place === heading && script.includes('npm start'))!
  done.add(start)
  const laptop = startInBackground(clone, { ...environment, PORT: String(port) }, 'bash', ['-c', start.script])
  try {
    await waitUntil(
      async () => (await fetch(`http://localhost:${port}/health`).catch(() => undefined))?.status === 200,
      'npm start',
      60,
    )
    const body = JSON.stringify({ email: 'ada@lyceum.example', password })
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`http://localhost:${port}/api/v1/auth/login`, { method: 'POST', headers, body })
    expect(await answer.json()).toMatchObject({ data: { mfa_required: true } })
  } finally {
    laptop.stop()
  }
  await follow(heading, { having: '--remote' })
}

test('a first administrator is invited once, and only where there is none', async () => {
  const again = follow("deployment: 6. Open the first administrator's account", { having: 'admin:create' })
  await expect(again).rejects.toThrow('There is an administrator already')
  const nobody = shell.run(`npm run admin:create -- nobody "N" --local --env production`)
  await expect(nobody).rejects.toThrow('Say whom, by e-mail and name, and where.')
})

test('every block of the guide was typed, or is known to need Cloudflare', () => {
  expect(blocks.filter((block) => !done.has(block))).toEqual([])
})
