export { deleteOldImports } from './delete-old-imports.ts'
export { importWork } from './import-work.ts'
