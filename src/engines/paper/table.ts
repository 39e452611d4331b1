import { beside, rule, space, stack, type Block } from './blocks.ts'
import { ink } from './paper.ts'
import { text, type TextStyle } from './text.ts'

export interface Column {
  heading: string
  /** Points, of which `gutter` stays free between this cell and its neighbour. */
  width: number
  align: 'left' | 'right' | 'center'
  /** What a cell does that is too wide: words wrap, codes and numbers shrink before they wrap. */
  overflow: 'wrap' | 'shrink'
}

interface Row {
  cells: readonly string[]
  isMuted?: boolean
}

/** A table cut where a page may end. */
export interface Table {
  /** Column headings, repeated on top of every part. */
  header: Block
  rows: readonly Block[]
}

/** A table between hairlines; numbers line up because the digits of the typeface are equally wide. */
export function table(columns: readonly Column[], rows: readonly Row[]): Table {
  const headings = columns.map(({ heading }) => heading)
  return {
    header: stack(tableRow(columns, headings, headingStyle), rule({ around: 2 }), space(1)),
    rows: rows.map(({ cells, isMuted = false }) =>
      stack(tableRow(columns, cells, { ...cellStyle, color: isMuted ? ink.muted : ink.text }), space(2.2)),
    ),
  }
}

const headingStyle: TextStyle = { size: 7, leading: 10, color: ink.muted }
const cellStyle: TextStyle = { size: 8.5, leading: 11.3 }
const gutter = 8

function tableRow(columns: readonly Column[], cells: readonly string[], style: TextStyle): Block {
  let edge = 0
  return beside(
    ...columns.map(({ width, align, overflow }, index) => {
      const left = edge + free[align]
      edge += width
      const smallest = overflow === 'shrink' ? { smallest: style.size * 0.7 } : {}
      return { left, block: text(cells[index] ?? '', width - gutter, { ...style, ...smallest, align }) }
    }),
  )
}

/** Points before the cell: the gutter lies on the side that the text does not lean on. */
const free = { left: 0, center: gutter / 2, right: gutter }
