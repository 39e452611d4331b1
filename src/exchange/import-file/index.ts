export { errors as fileErrors } from './errors.ts'
export { type FileRow, readHeader, readRows } from './records.ts'
export { drain, largestFile, type Rest, storeFile, takeHead } from './store-file.ts'
export { textOf } from './text.ts'
