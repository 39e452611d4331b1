import { stack, type Block } from './blocks.ts'
import { addPage, type OfficialDocument } from './open-document.ts'
import { paper } from './paper.ts'
import type { Table } from './table.ts'

const bodyEnd = paper.height - paper.bottom
const bodyHeight = bodyEnd - paper.topWithRunningHead

/** Draws a block below what is there; one that does not fit goes to the next page as a whole. */
export function place(document: OfficialDocument, block: Block): void {
  if (block.height > room(document)) startPage(document)
  draw(document, block, document.top)
}

/** Draws the last block, and below it, at the foot of the same page, what closes the document. */
export function placeLast(document: OfficialDocument, block: Block, foot: Block): void {
  if (block.height + foot.height > room(document)) startPage(document)
  draw(document, block, document.top)
  draw(document, foot, Math.max(document.top, bodyEnd - foot.height))
}

/** A table with a title before and a closing block after it, which stay with the first and the last rows. */
export interface TitledTable extends Table {
  title: Block
  /** Stands in for the title on the pages after the first. */
  continuedTitle: Block
  closing: Block
}

/**
 * Draws a table. Up to half a page it stays in one piece; a longer one begins where it stands and repeats its headings
 * on every page, with at least two rows on each side of the break.
 */
export function placeTable(document: OfficialDocument, table: TitledTable): void {
  const { title, continuedTitle, header, rows, closing } = table
  const whole = stack(title, header, ...rows, closing)
  if (whole.height <= room(document) || whole.height <= bodyHeight / 2 || rows.length < 2) return place(document, whole)

  const together = rows.length < 4 ? 1 : 2
  place(document, stack(title, header, ...rows.slice(0, together)))
  for (const row of [...rows.slice(together, -together), stack(...rows.slice(-together), closing)]) {
    if (row.height > room(document)) {
      startPage(document)
      place(document, stack(continuedTitle, header))
    }
    place(document, row)
  }
}

function room(document: OfficialDocument): number {
  return bodyEnd - document.top
}

function startPage(document: OfficialDocument): void {
  addPage(document)
  document.top = paper.topWithRunningHead
}

function draw(document: OfficialDocument, block: Block, top: number): void {
  block.draw(document.canvases.at(-1) ?? addPage(document), paper.left, top)
  document.top = top + block.height
}
