/**
 * What nobody sees, alone or in front of a sign: spaces, controls, marks that join or select, fillers, the empty pattern of Braille. Marks of
 * all kinds are among them, as one without a letter before it may be drawn into the sign behind it or not at all.
 */
const unseen = /[\p{Z}\p{C}\p{M}\p{Default_Ignorable_Code_Point}\u2800]/u

/**
 * Text that a spreadsheet may run as a formula: `=`, `+`, `-`, `@`, also in full or small width, with apostrophes, spaces or characters that
 * nobody sees in front; or what begins with a tab or line break.
 */
const formula = new RegExp(`^'*(?:[\\t\\r\\n]|${unseen.source}*[=+\\-@＝＋－＠﹦﹢﹣﹫])`, 'u')

/** As a cell that no spreadsheet runs: an apostrophe in front, unless it is a number. `textOfCell` gives the text back. */
export const harmlessCell = (text: string): string =>
  formula.test(text) && !/^[+-]?\d+(?:\.\d+)?$/.test(text) ? `'${text}` : text

/** The text of a cell that `harmlessCell` made, or of any other. */
export const textOfCell = (cell: string): string =>
  cell.startsWith("'") && formula.test(cell.slice(1)) ? cell.slice(1) : cell
