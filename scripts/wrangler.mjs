// Runs wrangler under the Node that node_modules brings, because wrangler wants a newer one than many machines have.
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import { root } from './prepare.mjs'

const bin = join(root, 'node_modules', '.bin')
const environment = {
  ...process.env,
  PATH: `${bin}${delimiter}${process.env.PATH}`,
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  // Its page and API over the local data ask nobody who they are, and the trace that it keeps of each request is for that page.
  X_LOCAL_EXPLORER: 'false',
  X_LOCAL_OBSERVABILITY: 'false',
  CI: '1',
}

/** The system names a port for its inspector. Wrangler would look for a free one and take it seconds later, when another start may have it. */
const anyInspectorPort = ['--inspector-port', '0']

/** Starts `wrangler dev` and keeps the last of its output for error messages. `quiet` shows none of it. */
export function startWrangler(argv, { quiet }) {
  const child = spawn(
    join(bin, 'wrangler'),
    [...argv, ...anyInspectorPort, '--show-interactive-dev-session=false', '--log-level', 'error'],
    {
      cwd: root,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let output = ''
  for (const stream of ['stdout', 'stderr']) {
    child[stream].on('data', (chunk) => {
      output = (output + chunk).slice(-10_000)
      if (!quiet) process[stream].write(chunk)
    })
  }
  const exited = new Promise((done) => child.once('exit', (code) => done(code ?? 1)))
  const stop = async () => {
    child.kill('SIGTERM')
    await Promise.race([exited, sleep(5000).then(() => child.kill('SIGKILL'))])
  }
  return { pid: child.pid, exited, stop, output: () => output, hasExited: () => child.exitCode !== null }
}

/** Runs wrangler to its end and answers what it printed; throws with what it said when it fails. */
export async function runWrangler(argv) {
  const child = spawn(join(bin, 'wrangler'), argv, { cwd: root, env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  child.stdout.on('data', (chunk) => (printed += chunk))
  const code = await new Promise((done) => child.once('close', done))
  if (code !== 0) throw new Error(`wrangler ${argv.join(' ')} failed:\n${output}`)
  return printed
}

/** Does something with a server and ends it, whatever comes of that. */
export async function whileServing(server, act) {
  try {
    return await act(server)
  } finally {
    await server.stop()
  }
}

/** Why something failed, in one line: what was done, and the first line of what it said, if it said something. */
export const reasonOf = ({ message }) => message.split('\n').map(plain).filter(Boolean).slice(0, 2).join(' ')

/** Without the colours of a terminal. */
const plain = (line) => stripVTControlCharacters(line).trim()

/** Waits until `isSo`, at most two minutes, and not longer than the server lives. */
export async function until(isSo, server) {
  for (const deadline = Date.now() + 120_000; Date.now() < deadline; await sleep(150)) {
    if (server.hasExited()) break
    if (await isSo().catch(() => false)) return
  }
  throw new Error(`the server did not come up:\n${server.output()}`)
}

/**
 * A port that nobody listens on, below those that the system gives to outgoing connections: one of those could be taken by a client
 * while a server restarts.
 */
export async function freePort() {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000)
    if (await isFree(port)) return port
  }
}

const isFree = (port) =>
  new Promise((done) => {
    const server = createServer().once('error', () => done(false))
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)))
  })
