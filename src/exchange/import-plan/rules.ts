/** How much is worked through at once. Tests make it less. */
export const sizes = {
  /** A request answers at once for files up to this. */
  small: { bytes: 256 * 1024, rows: 1000 },
  readBytes: 256 * 1024,
  readRows: 5000,
  planLines: 5000,
  writeLines: 4096,
  /** D1 takes 2 MB in one parameter: so many rows, problems or texts are handed over at once. */
  perParameter: 1000,
}

/** A list in pieces that fit a parameter. */
export const inPieces = <T>(list: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(list.length / sizes.perParameter) }, (_, index) =>
    list.slice(index * sizes.perParameter, (index + 1) * sizes.perParameter),
  )
