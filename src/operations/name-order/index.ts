export { orderNames } from './order-names.ts'
