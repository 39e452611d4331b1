export { CategoryInput } from './schema.ts'
