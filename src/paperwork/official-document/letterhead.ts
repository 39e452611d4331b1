import { beside, ink, measure, rule, space, stack, text, type Block } from '#/engines/paper/index.ts'

/** Who certifies what about whom. */
export interface Head {
  institution: string
  address: string | null
  title: string
  name: string
  /** In other letters. */
  otherName: string | null
  studentNumber: string
  facts: readonly Fact[]
}

interface Fact {
  label: string
  value: string | null | undefined
  /** Columns of the three. */
  span: 1 | 2
}

/** The head of the first page. */
export function letterhead({ institution, address, title, name, otherName, facts }: Head): Block {
  return stack(
    text(institution, measure, { size: 12.5, weight: 'bold', color: ink.accent }),
    address ? text(address, measure, { size: 8, leading: 11, color: ink.muted }) : space(0),
    rule({ thickness: 1, around: 5, color: ink.accent }),
    space(16),
    text(title, measure, { size: 21, leading: 28 }),
    space(14),
    text(name, measure, { size: 13, weight: 'bold', leading: 18 }),
    otherName ? text(`(${otherName})`, measure, { size: 10, color: ink.muted }) : space(0),
    space(8),
    factGrid(facts),
  )
}

/** The facts that are known, label above value, as many in a row as fit into three columns. */
function factGrid(facts: readonly Fact[]): Block {
  const rows: { left: number; block: Block }[][] = []
  let filled = 3
  for (const { label, value, span } of facts) {
    if (!value) continue
    if (filled + span > 3) {
      rows.push([])
      filled = 0
    }
    rows.at(-1)?.push({ left: filled * column, block: fact(label, value, span * column - 12) })
    filled += span
  }
  return stack(...rows.map((cells) => beside(...cells)))
}

const column = measure / 3

function fact(label: string, value: string, width: number): Block {
  return stack(
    text(label, width, { size: 7, leading: 10, color: ink.muted }),
    text(value, width, { size: 9.5, leading: 13 }),
    space(7),
  )
}

/** A line in the margin, one text at each end. */
export function marginLine(left: string, right: string): Block {
  const width = measure / 2 - 6
  const style = { size: 7.5, color: ink.muted, smallest: 6.5 }
  return beside(
    { left: 0, block: text(left, width, style) },
    { left: measure - width, block: text(right, width, { ...style, align: 'right' }) },
  )
}
