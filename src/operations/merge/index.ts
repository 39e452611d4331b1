export { endingSessions, findingAccounts } from './changed-accounts.ts'
export { bringOver, type Kept } from './bring-over.ts'
export { mergeStatements } from './merge-statements.ts'
