import { encode } from 'uqr'
import type { Block } from './blocks.ts'
import { fillRuns } from './canvas.ts'

/** A QR code `size` points wide and high, drawn as one vector shape. Leave four modules of white around it. */
export function qrCode(content: string, size: number): Block {
  const { data, size: modules } = encode(content, { ecc: 'M', border: 0 })
  const runs = data.flatMap(darkRuns)
  return { height: size, draw: (canvas, left, top) => fillRuns(canvas, runs, left, top, size / modules) }
}

/** Neighbouring dark modules of a row as one run: a third of the shapes. */
function darkRuns(modules: readonly boolean[], row: number) {
  const runs: { column: number; row: number; length: number }[] = []
  modules.forEach((isDark, column) => {
    const last = runs.at(-1)
    if (!isDark) return
    if (last && last.column + last.length === column) last.length += 1
    else runs.push({ column, row, length: 1 })
  })
  return runs
}
