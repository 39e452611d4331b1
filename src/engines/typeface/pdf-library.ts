// What Lyceum uses of the library that makes PDF files. Import it as `await import(...)`: to evaluate it takes a quarter of the Worker's start,
// and few requests need it.
export { CryptoKeySigner, ops, PDF, PdfArray, PdfDict, PdfName, PdfRef, PdfStream, PdfString } from '@libpdf/core'
