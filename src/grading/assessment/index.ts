export { assessmentEntity } from './queries.ts'
export { requireFittingScore } from './rules.ts'
export { Assessment, AssessmentInput } from './schema.ts'
export { errors as assessmentErrors } from './errors.ts'
