import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Program -> the Debian package that brings it. */
const packages = {
  pdftotext: 'poppler-utils',
  pdftoppm: 'poppler-utils',
  pdfinfo: 'poppler-utils',
  pdfsig: 'poppler-utils',
  zbarimg: 'zbar-tools',
  qpdf: 'qpdf',
  oathtool: 'oathtool',
  chromium: 'chromium',
  promtool: 'prometheus',
} as const

type Program = keyof typeof packages

export interface Output {
  stdout: string
  stderr: string
}

/** Runs a program of the machine to its end. Throws with what it said when it fails, and says what to install when it is missing. */
export const run = (program: Program, ...argv: string[]) => runOn('', program, ...argv)

/** The same for a program that reads its input. */
export function runOn(input: string, program: Program, ...argv: string[]): Promise<Output> {
  return new Promise((done, failed) => {
    const child = execFile(program, argv, { maxBuffer: 64 * 1024 * 1024, timeout: 60_000 }, (error, stdout, stderr) => {
      if (!error) return done({ stdout, stderr })
      const hasFailed = new Error(`${program} ${argv.join(' ')} failed: ${stdout}${stderr}`, { cause: error })
      failed(error.code === 'ENOENT' ? missing(program) : hasFailed)
    })
    // A program that is missing, or that does not read its input to the end, has been reported above.
    child.stdin!.on('error', () => undefined).end(input)
  })
}

/** The error that says what to install for a program. */
export const missing = (program: Program) =>
  new Error(
    `${program} is missing. It is in the Debian package ${packages[program]}: apt-get install ${[...new Set(Object.values(packages))].join(' ')}`,
  )

/** Does something in a folder of its own, which is gone afterwards. */
export async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'lyceum-e2e-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
