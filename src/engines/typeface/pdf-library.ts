// What Lyceum uses of the library that makes PDF files, by way of `loadLibrary`.
export { CryptoKeySigner, ops, PDF, PdfArray, PdfDict, PdfName, PdfRef, PdfStream, PdfString } from '@libpdf/core'
