export { findScheme, schemeEntity } from './queries.ts'
export { gradingSchemeOf } from './rules.ts'
