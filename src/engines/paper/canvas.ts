import type * as Library from '#/engines/typeface/pdf-library.ts'
import type { ops, PDFPage } from '@libpdf/core'
import { type Faces, setLine, type Weight } from '#/engines/typeface/index.ts'
import { paper, type Ink } from './paper.ts'

/** The marks made on one page so far. Positions are points from its top left corner; they reach the page at the end. */
export interface Canvas {
  readonly library: typeof Library
  readonly page: PDFPage
  readonly faces: Faces
  readonly marks: ReturnType<typeof ops.fill>[]
}

/** Text already broken into lines: where each begins, and the text they make up together. */
interface SetText {
  whole: string
  lines: readonly { text: string; left: number; baseline: number }[]
  weight: Weight
  /** Points. */
  size: number
  color: Ink
}

/** Prints text. For search, copy and speech it stays whole, wherever it was broken and of however many pieces its letters are made. */
export function printText(
  { library, marks, page, faces }: Canvas,
  { whole, lines, weight, size, color }: SetText,
): void {
  const { ops, PdfDict, PdfString } = library
  const runs = lines.flatMap(({ text, left, baseline }) =>
    setLine(text, weight).map((run) => ({
      ...run,
      face: faces.of(run.family, weight),
      x: left + (run.left * size) / 1000,
      y: baseline - (run.rise * size) / 1000,
    })),
  )
  const readsDifferently = runs.length > 1 || runs[0]?.text !== whole
  if (readsDifferently) {
    const actualText = PdfDict.of({ ActualText: PdfString.fromString(whole) })
    marks.push(ops.beginMarkedContentProps('/Span', actualText))
  }
  marks.push(ops.beginText(), ops.setNonStrokingRGB(...color))
  runs.forEach(({ face, text, x, y }, index) => {
    if (face !== runs[index - 1]?.face) marks.push(ops.setFont(page.registerFont(face), points(size)))
    const glyphs = face.encodeTextToGids(text).flatMap((glyph) => [glyph >> 8, glyph & 255])
    marks.push(ops.setTextMatrix(1, 0, 0, 1, points(x), fromBottom(y)))
    marks.push(ops.showText(PdfString.fromBytes(Uint8Array.from(glyphs))))
  })
  marks.push(ops.endText())
  if (readsDifferently) marks.push(ops.endMarkedContent())
}

/** A horizontal line, its thickness growing to both sides of `top`. */
export function drawLine(
  { library: { ops }, marks }: Canvas,
  left: number,
  top: number,
  width: number,
  thickness: number,
  color: Ink,
): void {
  const y = fromBottom(top)
  marks.push(
    ops.setStrokingRGB(...color),
    ops.setLineWidth(thickness),
    ops.moveTo(points(left), y),
    ops.lineTo(points(left + width), y),
    ops.stroke(),
  )
}

/** Fills unit squares given as horizontal runs, as one path: viewers then show no seams between neighbours. */
export function fillRuns(
  { library: { ops }, marks }: Canvas,
  runs: readonly { column: number; row: number; length: number }[],
  left: number,
  top: number,
  unit: number,
): void {
  marks.push(
    ops.pushGraphicsState(),
    ops.concatMatrix(unit, 0, 0, -unit, points(left), fromBottom(top)),
    ops.setNonStrokingRGB(0, 0, 0),
    ...runs.map(({ column, row, length }) => ops.rectangle(column, row, length, 1)),
    ops.fill(),
    ops.popGraphicsState(),
  )
}

/** Makes an area of the page open a web address. */
export function linkArea(canvas: Canvas, left: number, top: number, width: number, height: number, uri: string): void {
  const rect = { x: points(left), y: fromBottom(top + height), width: points(width), height: points(height) }
  canvas.page.addLinkAnnotation({ rect, uri, borderWidth: 0 })
}

function fromBottom(top: number): number {
  return points(paper.height - top)
}

/** Hundredths of a point: finer than any printer, and short in the file. */
function points(value: number): number {
  return Math.round(value * 100) / 100
}
