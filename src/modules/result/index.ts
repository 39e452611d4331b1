export { result } from './table.ts'
