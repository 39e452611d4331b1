export { sayingCurrentTotal } from './current-total.ts'
export { categoryEntity, looseAmong, totalBeyond100 } from './queries.ts'
export { requireRoom, roomLeft, warnedOfLoose } from './rules.ts'
export { CategoryInput, looseWarned } from './schema.ts'
