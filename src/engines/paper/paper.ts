/** Red, green, blue from 0 to 1. */
export type Ink = readonly [red: number, green: number, blue: number]

/** ISO A4 in points (1/72 inch), and the margins that every official document keeps. */
export const paper = {
  width: 595.28,
  height: 841.89,
  left: 60,
  right: 60,
  top: 54,
  bottom: 60,
  /** Pages after the first begin lower, below their running head. */
  topWithRunningHead: 70,
  /** Where the running head ends; a longer one grows upwards. */
  runningHeadEnd: 60,
  /** Where the footer begins. */
  footer: 797,
} as const

/** Width between the margins, in points. */
export const measure = paper.width - paper.left - paper.right

/** All inks stay readable in black and white print. */
export const ink = {
  text: [0.11, 0.12, 0.14],
  muted: [0.38, 0.4, 0.44],
  accent: [0.1, 0.19, 0.36],
  hairline: [0.72, 0.74, 0.78],
} as const satisfies Record<string, Ink>
