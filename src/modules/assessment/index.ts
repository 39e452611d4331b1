export { assessmentEntity } from './queries.ts'
export { requireFittingScore } from './rules.ts'
export { AssessmentInput } from './schema.ts'
