import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inFolder, run } from './tools.ts'

/** The text of a PDF, laid out as on the page: what stands in one line is in one line. */
export const textOf = (bytes: Uint8Array) =>
  withFile(bytes, async (file) => (await run('pdftotext', '-layout', file, '-')).stdout)

/** Size of every page, as pdfinfo names it. */
export const pageSizes = (bytes: Uint8Array) =>
  withFile(bytes, async (file) => {
    const { stdout } = await run('pdfinfo', '-f', '1', '-l', '1000', file)
    return [...stdout.matchAll(/^Page +\d+ size: +(.*)$/gm)].map(([, size]) => size)
  })

/** What qpdf says of the file; it throws when it finds an error or a warning. */
export const soundness = (bytes: Uint8Array) =>
  withFile(bytes, async (file) => (await run('qpdf', '--check', file)).stdout)

/** What pdfsig says of the signatures of the file. It knows no authority. */
export const signatures = (bytes: Uint8Array) => withFile(bytes, async (file) => (await run('pdfsig', file)).stdout)

/** What the QR codes of the last page say, read from a picture of 150 dots per inch. */
export const qrCodes = (bytes: Uint8Array, pages: number) =>
  withFile(bytes, async (file, folder) => {
    const picture = join(folder, 'page')
    await run('pdftoppm', '-r', '150', '-f', `${pages}`, '-singlefile', '-png', file, picture)
    const { stdout } = await run('zbarimg', '--raw', '--quiet', `${picture}.png`)
    return stdout.trim().split('\n')
  })

const withFile = <Result>(bytes: Uint8Array, work: (file: string, folder: string) => Promise<Result>) =>
  inFolder((folder) => {
    const file = join(folder, 'document.pdf')
    writeFileSync(file, bytes)
    return work(file, folder)
  })
