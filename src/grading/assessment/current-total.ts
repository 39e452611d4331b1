import { sayingCurrentTotal } from '#/grading/category/index.ts'
import { findSectionWeights } from './queries.ts'
import { errors } from './errors.ts'

export const sayCurrentTotal = sayingCurrentTotal(errors.WEIGHT_EXCEEDED, findSectionWeights)
