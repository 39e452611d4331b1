export { proveCode, proveFirstCode, provePassword, provePasswordAndCode, proveToken } from './secrets.ts'
