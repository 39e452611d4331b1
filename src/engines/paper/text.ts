import type { Block } from './blocks.ts'
import { printText } from './canvas.ts'
import { oneLine, textWidth, type Weight } from '#/engines/typeface/index.ts'
import { ink, type Ink } from './paper.ts'
import { wrapText } from './wrap-text.ts'

export interface TextStyle {
  /** Points. */
  size: number
  weight?: Weight
  color?: Ink
  align?: 'left' | 'right' | 'center'
  /** Distance between baselines in points; 1.4 times the size unless given. */
  leading?: number
  /** A line too wide first shrinks, down to this size in points; without it, it wraps at once. */
  smallest?: number
}

/** Text inside a column of `width` points: it shrinks or wraps, it never leaves the column. Throws UnprintableText. */
export function text(content: string, width: number, style: TextStyle): Block {
  const { weight = 'regular', color = ink.text, align = 'left', leading = style.size * 1.4 } = style
  const whole = oneLine(content)
  const full = textWidth(whole, weight, style.size)
  const isShort = full <= width
  const size = isShort ? style.size : shrunk(style, width / full)
  const widthOf = (line: string) => textWidth(line, weight, size)
  const lines = isShort ? [whole] : wrapText(whole, width, widthOf)
  const step = (leading * size) / style.size
  return {
    height: leading + (lines.length - 1) * step,
    draw(canvas, left, top) {
      if (whole === '') return
      const placed = lines.map((line, index) => ({
        text: line,
        left: left + (align === 'left' ? 0 : (width - widthOf(line)) * indent[align]),
        baseline: top + leading / 2 + index * step + style.size * middleToBaseline,
      }))
      printText(canvas, { whole, lines: placed, weight, size, color })
    },
  }
}

/** Share of the free width that stands before the line. */
const indent = { center: 0.5, right: 1 }

/** Half the height of a capital letter, in type sizes: centres capitals and digits in their line. */
const middleToBaseline = 0.357

function shrunk({ size, smallest = size }: TextStyle, scale: number): number {
  return Math.max(smallest, Math.floor(size * scale * 100) / 100)
}
