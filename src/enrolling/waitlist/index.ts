export { promoteWaitlists, promotion, promotions } from './promote.ts'
