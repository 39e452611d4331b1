import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from '../../scripts/wrangler.mjs'

export const root = fileURLToPath(new URL('../..', import.meta.url))

export interface Server {
  url: string
  /** What it has printed so far. */
  output: () => string
  /** As Ctrl-C does. */
  stop: () => Promise<void>
  /** As a power cut does: nothing of it gets another instruction. */
  kill: () => Promise<void>
}

export interface Place {
  port: number
  state: string
}

/** What is made once for all files of tests. */
export interface Made {
  /** A folder of the state that a first start leaves behind. */
  demo: string
  /** A folder with the Worker's bundle, and its settings as `wrangler.toml` has them. */
  bundle: string
}

/** A free port and a folder for the state. Two starts at the same place are two runs of the same installation. */
export async function newPlace(): Promise<Place> {
  return { port: await freePort(), state: join(mkdtempSync(join(tmpdir(), 'lyceum-e2e-')), 'state') }
}

export const forget = ({ state }: Place) => rmSync(join(state, '..'), { recursive: true, force: true })

/** Runs `npm start`, or what it runs, and waits until it is ready. Throws with its output when it does not get there. */
export function startServer(place: Place, { demo = true, throughNpm = false } = {}): Promise<Server> {
  const command = throughNpm ? ['npm', 'start'] : ['node', 'scripts/start.mjs']
  return launch(place, command, {
    PORT: String(place.port),
    LYCEUM_STATE: place.state,
    LYCEUM_DEMO: demo ? '1' : '0',
    LYCEUM_RATE_LIMIT_SCALE: '1000',
  })
}

/** The same Worker and state without wrangler around it, which takes most of a start. `bundle` is the folder that the shared server's start provides. */
export function startBundle({ port, state }: Place, bundle: string): Promise<Server> {
  const script = join(root, 'test/e2e/serve-bundle.ts')
  const command = [process.execPath, '--disable-warning=ExperimentalWarning', script, bundle, String(port), state]
  return launch({ port, state }, command, { TMPDIR: join(state, '..') })
}

async function launch(place: Place, command: readonly string[], environment: Record<string, string>): Promise<Server> {
  const { port } = place
  const [program, ...argv] = command
  const child = spawn(program!, argv, {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...surroundings(), ...environment },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const killGroup = () => signal(child, 'SIGKILL')
  process.once('exit', killGroup)
  const end = async (how: () => void) => {
    how()
    try {
      await waitUntil(async () => !(await isListening(port)), `port ${port} to be free again`, 20)
    } finally {
      killGroup()
      process.off('exit', killGroup)
    }
  }
  const url = `http://localhost:${port}`
  try {
    await waitUntil(() => isHealthy(url, child), 'the server to be ready')
  } catch (error) {
    killGroup()
    forget(place)
    throw new Error(`${(error as Error).message}. It said:\n${output}`, { cause: error })
  }
  return {
    url,
    output: () => output,
    stop: () => end(() => child.kill('SIGTERM')),
    kill: () => end(killGroup),
  }
}

/** A server with the demo term for one file of tests alone, which forgets all when it stops. */
export async function startQuietServer({ demo, bundle }: Made): Promise<Server> {
  const place = await newPlace()
  cpSync(demo, place.state, { recursive: true })
  const server = await startBundle(place, bundle)
  const stop = async () => {
    await server.stop()
    forget(place)
  }
  return { ...server, stop }
}

/** What a user's shell would give: the machine's own Node, and nothing that the test runner has set. */
function surroundings(): Record<string, string> {
  const { PATH = '', HOME = '/root' } = process.env
  const own = PATH.split(delimiter).filter((folder) => !folder.includes('node_modules'))
  return { PATH: own.join(delimiter), HOME }
}

async function isHealthy(url: string, child: ChildProcess): Promise<boolean> {
  if (child.exitCode !== null) throw new Error(`the server ended with code ${child.exitCode}`)
  const answer = await fetch(`${url}/health`).catch(() => undefined)
  return answer?.status === 200
}

function signal({ pid }: ChildProcess, name: NodeJS.Signals) {
  try {
    if (pid) process.kill(-pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Looks every 50 ms until it is so. Throws when it is not so in time. */
export async function waitUntil(isSo: () => Promise<boolean>, what: string, seconds = 180): Promise<void> {
  for (let looks = 0; looks < seconds * 20; looks += 1) {
    if (await isSo()) return
    await sleep(50)
  }
  throw new Error(`waited ${seconds} seconds for ${what}`)
}

function isListening(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ port, host: 'localhost' })
    socket.once('connect', () => done(true)).once('error', () => done(false))
    socket.once('connect', () => socket.destroy())
  })
}
