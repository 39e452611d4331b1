import * as z from 'zod'
import { BulkOptions, BulkReport } from '#/platform/bulk.ts'
import { pathId } from '#/platform/fields.ts'
import { endpoint } from '#/platform/http/endpoint.ts'
import { pageOf } from '#/platform/http/envelope.ts'
import { nothing } from '#/platform/http/format.ts'
import { deleteScore } from './delete-score.ts'
import { restoreScore } from './restore-score.ts'
import { findScore, scoreEntity, scoreList } from './score-queries.ts'
import { readFinalGrade, readFinalGrades, readGradebook } from './read-gradebook.ts'
import { recordScore, updateScore } from './record-score.ts'
import { saveGradebook } from './save-gradebook.ts'
import { FinalGrade, FinalGrades, Gradebook, GradebookInput, Score, ScoreChanges, ScoreInput } from './schema.ts'
import { sectionErrors } from '#/enrolling/section/index.ts'
import { errors as assessmentErrors } from '#/grading/assessment/errors.ts'
import { errors as resultErrors } from '#/grading/result/errors.ts'
import { studentErrors } from '#/people/student/index.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

const params = z.object({ id: pathId })
const fitErrors = [assessmentErrors.SCORE_EXCEEDS_MAX, assessmentErrors.SCORE_STATE_MISMATCH] as const
const writeErrors = [...fitErrors, resultErrors.RESULT_OFFICIAL] as const

export const gradebookEndpoints = [
  endpoint({
    id: 'listScores',
    method: 'get',
    path: '/assessment-scores',
    summary: 'List scores',
    permission: 'score.read',
    query: scoreList.query,
    returns: pageOf(Score),
  }).handle(({ ctx, query }) => scoreList.page(ctx, query)),

  endpoint({
    id: 'recordScore',
    method: 'post',
    path: '/assessment-scores',
    summary: 'Record the score of a student',
    permission: 'score.create',
    body: ScoreInput,
    rowOf: scoreEntity,
    status: 201,
    returns: Score,
    errors: [
      assessmentErrors.ASSESSMENT_NOT_FOUND,
      assessmentErrors.NOT_ENROLLED,
      assessmentErrors.SCORE_EXISTS,
      ...writeErrors,
    ],
    reread: findScore,
  }).handle(({ ctx, body }) => recordScore(ctx, body)),

  endpoint({
    id: 'getScore',
    method: 'get',
    path: '/assessment-scores/:id',
    summary: 'Read a score',
    permission: 'score.read',
    params,
    returns: Score,
    errors: [assessmentErrors.SCORE_NOT_FOUND],
  }).handle(({ ctx, params: { id } }) => findScore(ctx, id)),

  endpoint({
    id: 'updateScore',
    method: 'patch',
    path: '/assessment-scores/:id',
    summary: 'Change a score or its state',
    permission: 'score.update',
    params,
    body: ScoreChanges,
    rowOf: scoreEntity,
    changes: { row: Score, read: (ctx, { id }) => findScore(ctx, id) },
    returns: Score,
    errors: [
      assessmentErrors.SCORE_NOT_FOUND,
      assessmentErrors.SCORE_CARRIED,
      sharedErrors.STALE_STATE,
      sharedErrors.PRECONDITION_FAILED,
      ...writeErrors,
    ],
  }).handle(({ ctx, params: { id }, body }) => updateScore(ctx, id, body)),

  endpoint({
    id: 'deleteScore',
    method: 'delete',
    path: '/assessment-scores/:id',
    summary: 'Delete a score: the work then counts as missing',
    permission: 'score.delete',
    params,
    returns: nothing,
    errors: [
      assessmentErrors.SCORE_NOT_FOUND,
      assessmentErrors.SCORE_CARRIED,
      resultErrors.RESULT_OFFICIAL,
      sharedErrors.STALE_STATE,
      sharedErrors.PRECONDITION_FAILED,
    ],
  }).handle(({ ctx, params: { id } }) => deleteScore(ctx, id)),

  endpoint({
    id: 'restoreScore',
    method: 'post',
    path: '/assessment-scores/:id/restore',
    summary: 'Bring a deleted score back',
    permission: 'score.restore',
    params,
    returns: Score,
    errors: [
      assessmentErrors.SCORE_NOT_FOUND,
      assessmentErrors.SCORE_CARRIED,
      assessmentErrors.ASSESSMENT_NOT_FOUND,
      assessmentErrors.NOT_ENROLLED,
      assessmentErrors.SCORE_EXISTS,
      assessmentErrors.SCORE_EXCEEDS_MAX,
      resultErrors.RESULT_OFFICIAL,
      sharedErrors.ROW_NOT_DELETED,
      sharedErrors.STALE_STATE,
      sharedErrors.PRECONDITION_FAILED,
    ],
    reread: findScore,
  }).handle(({ ctx, params: { id } }) => restoreScore(ctx, id)),

  endpoint({
    id: 'getGradebook',
    method: 'get',
    path: '/sections/:id/gradebook',
    summary: 'Assessments, students, scores and grades of a section',
    permission: 'gradebook.read',
    params,
    returns: Gradebook,
    errors: [sectionErrors.SECTION_NOT_FOUND],
  }).handle(({ ctx, params: { id } }) => readGradebook(ctx, id)),

  endpoint({
    id: 'saveGradebook',
    method: 'put',
    path: '/sections/:id/gradebook',
    summary: 'Write many scores of a section in one transaction',
    description:
      'Items that do not fit are reported by index and left out; with `atomic=true` nothing is written unless all fit.',
    permission: 'gradebook.update',
    params,
    query: BulkOptions,
    body: GradebookInput,
    changes: { row: Gradebook, read: (ctx, { id }) => readGradebook(ctx, id) },
    bodyLimit: 2 * 1024 * 1024,
    returns: BulkReport,
    errors: [
      sectionErrors.SECTION_NOT_FOUND,
      assessmentErrors.ASSESSMENT_NOT_FOUND,
      assessmentErrors.NOT_ENROLLED,
      sharedErrors.STALE_STATE,
      ...fitErrors,
    ],
  }).handle(({ ctx, params: { id }, query, body }) => saveGradebook(ctx, id, { ...query, ...body })),

  endpoint({
    id: 'getFinalGrades',
    method: 'get',
    path: '/sections/:id/final-grades',
    summary: 'The grades of everybody in a section, explained',
    permission: 'gradebook.read',
    params,
    returns: FinalGrades,
    errors: [sectionErrors.SECTION_NOT_FOUND],
  }).handle(({ ctx, params: { id } }) => readFinalGrades(ctx, id)),

  endpoint({
    id: 'getFinalGrade',
    method: 'get',
    path: '/students/:student_id/sections/:section_id/final-grade',
    summary: 'The grade of a student in a section, explained',
    description: 'Students see their own, made of released scores only.',
    permission: 'grade.read',
    params: z.object({ student_id: pathId, section_id: pathId }),
    returns: FinalGrade,
    errors: [sectionErrors.SECTION_NOT_FOUND, studentErrors.STUDENT_NOT_FOUND, assessmentErrors.NOT_ENROLLED],
  }).handle(({ ctx, params }) => readFinalGrade(ctx, { sectionId: params.section_id, studentId: params.student_id })),
]
