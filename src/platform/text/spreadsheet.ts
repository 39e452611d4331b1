/**
 * Text that a spreadsheet may run as a formula: `=`, `+`, `-`, `@`, also in full or small width, with apostrophes, spaces or characters that
 * nobody sees in front; or what begins with a tab or line break.
 */
const formula = /^'*(?:[\t\r\n]|[\p{Cf}\p{Z}\p{Cc}\u115F\u1160\u3164\uFFA0]*[=+\-@＝＋－＠﹦﹢﹣﹫])/u

/** As a cell that no spreadsheet runs: an apostrophe in front, unless it is a number. `textOfCell` gives the text back. */
export const harmlessCell = (text: string): string =>
  formula.test(text) && !/^[+-]?\d+(?:\.\d+)?$/.test(text) ? `'${text}` : text

/** The text of a cell that `harmlessCell` made, or of any other. */
export const textOfCell = (cell: string): string =>
  cell.startsWith("'") && formula.test(cell.slice(1)) ? cell.slice(1) : cell
