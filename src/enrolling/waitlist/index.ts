export { promoteWaitlists, promotion } from './promote.ts'
