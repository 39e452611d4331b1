export { deleteOldImports } from './delete-old-imports.ts'
export { giveUpImport, resumeImports, revivingImport, workInBackground } from './work-on.ts'
