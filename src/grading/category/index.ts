export { sayingCurrentTotal } from './current-total.ts'
export { requireRoom } from './rules.ts'
export { CategoryInput } from './schema.ts'
