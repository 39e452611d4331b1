export {
  backedUp,
  type Catalog,
  quoted,
  readCatalog,
  requireSchema,
  type SchemaObject,
  shadowOf,
  shadowPrefix,
  type Table,
} from './catalog.ts'
export { stopNoting } from './change-log.ts'
export { copyingAnew, type Copying, newCopying } from './copy.ts'
export { copyOn } from './copy-on.ts'
export { primary } from './d1.ts'
