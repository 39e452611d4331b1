import { execFile, spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Block {
  /** The document and the heading it stands under. */
  place: string
  script: string
}

/** The `sh` blocks of a Markdown text, in their order. */
export function blocksOf(document: string, text: string): Block[] {
  const blocks: Block[] = []
  let [heading, lines] = ['', undefined as string[] | undefined]
  for (const line of text.split('\n')) {
    if (lines && line === '```') {
      blocks.push({ place: `${document}: ${heading}`, script: lines.join('\n') })
      lines = undefined
    } else if (lines) lines.push(line)
    else if (line === '```sh') lines = []
    else heading = /^##+ (.*)/.exec(line)?.[1] ?? heading
  }
  return blocks
}

/** One shell across blocks: variables, functions and nothing else go on from one to the next. */
export function newShell(folder: string, environment: Record<string, string>) {
  const kept = join(folder, 'shell.sh')
  const variables = /^declare -x (?!PATH=|HOME=|PWD=|OLDPWD=|SHLVL=|_=)/
  return {
    /** Types a block, with `typed` as what it asks for, a line each. Answers what it printed; throws when any of its commands fails. */
    run(script: string, typed: string[] = []): Promise<string> {
      const whole = [
        'set -aeo pipefail',
        ...(existsSync(kept) ? [`source ${kept}`] : []),
        script,
        `{ export -p; declare -f; } > ${kept}`,
      ].join('\n')
      return new Promise((done, failed) => {
        const child = execFile('bash', ['-c', whole], { cwd: folder, env: environment }, (error, stdout, stderr) => {
          if (existsSync(kept)) keepOnly(kept, variables)
          if (error) failed(new Error(`failed:\n${script}\n${stdout}\n${stderr}`))
          else done(stdout)
        })
        child.stdin!.on('error', () => undefined).end(typed.map((line) => `${line}\n`).join(''))
      })
    },
  }
}

/** Leaves out what belongs to a shell rather than to who types. */
function keepOnly(file: string, variables: RegExp) {
  const lines = readFileSync(file, 'utf8').split('\n')
  writeFileSync(file, lines.filter((line) => !line.startsWith('declare -x ') || variables.test(line)).join('\n'))
}

/** A server that goes on in the background. */
export function startInBackground(
  folder: string,
  environment: Record<string, string>,
  command: string,
  argv: string[],
) {
  const child = spawn(command, argv, {
    cwd: folder,
    env: environment,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const stop = () => {
    try {
      process.kill(-child.pid!, 'SIGKILL')
    } catch {
      // It has ended by itself.
    }
  }
  process.once('exit', stop)
  return { stop, output: () => output, hasExited: () => child.exitCode !== null }
}
