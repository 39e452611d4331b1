export { sayingCurrentTotal } from './current-total.ts'
export { categoryEntity } from './queries.ts'
export { requireRoom, roomLeft } from './rules.ts'
export { CategoryInput } from './schema.ts'
