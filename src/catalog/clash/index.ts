export { AcceptClashes, accepted, mostListed, mostNamed, noneOf } from './schema.ts'
export { errors as clashErrors } from './errors.ts'
