import { execFile } from 'node:child_process'
import { root } from './server.ts'

interface Ending {
  code: number
  stdout: string
  stderr: string
}

export type Command = (name: 'decrypt' | 'restore', argv: string[], extra?: Record<string, string>) => Promise<Ending>

/** Runs `npm run backup:<name>` as it is typed in `folder`, with `extra` variables in the environment. */
export function runCommand(folder: string, ...[name, argv, extra = {}]: Parameters<Command>): Promise<Ending> {
  const { PATH, HOME } = process.env
  const line = ['--prefix', root, 'run', '-s', `backup:${name}`, '--', ...argv]
  return new Promise((done) => {
    execFile('npm', line, { cwd: folder, env: { PATH, HOME, ...extra } }, (error, stdout, stderr) =>
      done({ code: error ? Number(error.code) : 0, stdout, stderr }),
    )
  })
}
