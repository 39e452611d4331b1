export { deleteOldImports } from './delete-old-imports.ts'
export { failImport, resumeImports, workInBackground } from './work-on.ts'
