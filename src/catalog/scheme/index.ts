export { findScheme } from './queries.ts'
export { gradingSchemeOf } from './rules.ts'
