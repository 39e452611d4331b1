export { deleteOldImports } from './delete-old-imports.ts'
export { failImport, workInBackground } from './work-on.ts'
