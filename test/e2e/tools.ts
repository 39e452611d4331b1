import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Program -> the Debian package that brings it. */
const packages = {
  pdftotext: 'poppler-utils',
  pdftoppm: 'poppler-utils',
  pdfinfo: 'poppler-utils',
  zbarimg: 'zbar-tools',
  qpdf: 'qpdf',
  oathtool: 'oathtool',
  chromium: 'chromium',
} as const

export interface Output {
  stdout: string
  stderr: string
}

/** Runs a program of the machine to its end. Throws with what it said when it fails, and says what to install when it is missing. */
export function run(program: keyof typeof packages, ...argv: string[]): Promise<Output> {
  return new Promise((done, failed) => {
    execFile(program, argv, { maxBuffer: 64 * 1024 * 1024, timeout: 60_000 }, (error, stdout, stderr) => {
      if (!error) return done({ stdout, stderr })
      const isMissing = error.code === 'ENOENT'
      const all = [...new Set(Object.values(packages))].join(' ')
      failed(
        isMissing
          ? new Error(`${program} is missing. It is in the Debian package ${packages[program]}: apt-get install ${all}`)
          : new Error(`${program} ${argv.join(' ')} failed: ${stdout}${stderr}`, { cause: error }),
      )
    })
  })
}

/** Does something in a folder of its own, which is gone afterwards. */
export async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'lyceum-e2e-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
