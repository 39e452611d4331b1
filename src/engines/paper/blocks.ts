import { drawLine, linkArea, type Canvas } from './canvas.ts'
import { ink, measure, type Ink } from './paper.ts'

/** Something with a known height in points that can be drawn anywhere: measure first, then decide on which page. */
export interface Block {
  readonly height: number
  draw(canvas: Canvas, left: number, top: number): void
}

export function space(height: number): Block {
  return { height, draw: () => {} }
}

/** A horizontal rule across `width` points with `around` points of air above and below. */
export function rule({ width = measure, thickness = 0.4, around = 0, color = ink.hairline as Ink } = {}): Block {
  return {
    height: 2 * around,
    draw: (canvas, left, top) => drawLine(canvas, left, top + around, width, thickness, color),
  }
}

/** Blocks below each other. */
export function stack(...blocks: readonly Block[]): Block {
  return {
    height: blocks.reduce((total, block) => total + block.height, 0),
    draw(canvas, left, top) {
      let next = top
      for (const block of blocks) {
        block.draw(canvas, left, next)
        next += block.height
      }
    },
  }
}

/** Blocks next to each other with a common top; `left` counts in points from the left edge of the whole. */
export function beside(...cells: readonly { left: number; block: Block }[]): Block {
  return {
    height: Math.max(0, ...cells.map(({ block }) => block.height)),
    draw(canvas, left, top) {
      for (const cell of cells) cell.block.draw(canvas, left + cell.left, top)
    },
  }
}

/** The same block, `width` points wide, opening a web address when clicked. */
export function linked(block: Block, width: number, uri: string): Block {
  return {
    height: block.height,
    draw(canvas, left, top) {
      block.draw(canvas, left, top)
      linkArea(canvas, left, top, width, block.height, uri)
    },
  }
}
