import * as z from 'zod'
import { pathId } from '#/platform/fields.ts'
import { endpoint } from '#/platform/http/endpoint.ts'
import { resource } from '#/platform/http/resource.ts'
import { createAssessment } from './create-assessment.ts'
import { assessmentEntity, assessmentList } from './queries.ts'
import { releaseAssessment } from './release-assessment.ts'
import { restoreAssessment } from './restore-assessment.ts'
import { Assessment, AssessmentChanges, AssessmentInput, AssessmentReplacement, WrittenAssessment } from './schema.ts'
import { updateAssessment } from './update-assessment.ts'
import { sectionErrors } from '#/enrolling/section/index.ts'
import { errors } from './errors.ts'
import { errors as resultErrors } from '#/grading/result/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const assessmentEndpoints = [
  ...resource({
    noun: 'assessment',
    names: ['Assessment', 'Assessments'],
    path: '/assessments',
    entity: assessmentEntity,
    list: assessmentList,
    row: Assessment,
    created: WrittenAssessment,
    changed: WrittenAssessment,
    restored: WrittenAssessment,
    input: AssessmentInput,
    replacement: AssessmentReplacement,
    changes: AssessmentChanges,
    errors: {
      write: [
        sectionErrors.SECTION_NOT_FOUND,
        errors.ASSESSMENT_CATEGORY_NOT_FOUND,
        errors.CATEGORY_IS_ATTENDANCE,
        errors.WEIGHT_EXCEEDED,
        errors.MAX_SCORE_BELOW_SCORES,
        errors.ASSESSMENT_SECTION_FIXED,
        resultErrors.RESULT_OFFICIAL,
      ],
      delete: [errors.ASSESSMENT_HAS_SCORES, resultErrors.RESULT_OFFICIAL],
    },
    create: createAssessment,
    update: updateAssessment,
    restore: restoreAssessment,
  }),

  endpoint({
    id: 'releaseAssessment',
    method: 'post',
    path: '/assessments/:id/release',
    summary: 'Let students see their scores of an assessment',
    permission: 'assessment.release',
    params: z.object({ id: pathId }),
    returns: Assessment,
    errors: [errors.ASSESSMENT_NOT_FOUND, sharedErrors.STALE_STATE, sharedErrors.PRECONDITION_FAILED],
  }).handle(({ ctx, params: { id } }) => releaseAssessment(ctx, id)),
]
