import type * as Library from './pdf-library.ts'

let library: typeof Library | undefined

/** The library that makes PDF files. It is evaluated when the first text is to be printed: that takes a quarter of the Worker's start. */
export const loadLibrary = async (): Promise<typeof Library> => (library ??= await import('./pdf-library.ts'))
