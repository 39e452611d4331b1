export { assessmentEntity } from './queries.ts'
export { needsNumber, requireFittingScore } from './rules.ts'
export { Assessment, AssessmentInput } from './schema.ts'
export { errors as assessmentErrors } from './errors.ts'
