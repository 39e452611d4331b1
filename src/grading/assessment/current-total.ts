import { sayingCurrentTotal } from '#/grading/category/index.ts'
import { findSectionWeights } from './queries.ts'

export const sayCurrentTotal = sayingCurrentTotal('WEIGHT_EXCEEDED', findSectionWeights)
