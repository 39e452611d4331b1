export { meaningScheme, meansNoScheme } from './meant-scheme.ts'
export { findScheme, schemeEntity } from './queries.ts'
export { gradingSchemeOf } from './rules.ts'
