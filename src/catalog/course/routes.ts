import * as z from 'zod'
import { pathId } from '#/platform/fields.ts'
import { endpoint } from '#/platform/http/endpoint.ts'
import { resource } from '#/platform/http/resource.ts'
import { requirementRules, weightRule } from './body-rules.ts'
import { archiveCourse, unarchiveCourse } from './archive-course.ts'
import { courseEntity, courseList, findCourse, findEvaluationRules, readRequirements } from './queries.ts'
import {
  ChangedCourse,
  Course,
  CourseChanges,
  CourseInput,
  CreatedCourse,
  EvaluationRules,
  Requirements,
} from './schema.ts'
import { setEvaluationRules } from './set-evaluation-rules.ts'
import { setRequirements } from './set-requirements.ts'
import { updateCourse } from './update-course.ts'
import { errors } from './errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

const params = z.object({ id: pathId })

export const courseEndpoints = [
  ...resource({
    noun: 'course',
    names: ['Course', 'Courses'],
    path: '/courses',
    entity: courseEntity,
    list: courseList,
    row: Course,
    created: CreatedCourse,
    changed: ChangedCourse,
    input: CourseInput,
    changes: CourseChanges,
    errors: {
      write: [errors.COURSE_CODE_TAKEN, errors.COURSE_PROGRAM_NOT_FOUND],
      delete: [errors.COURSE_IN_USE],
      restore: [errors.REQUIRED_COURSE_NOT_FOUND],
    },
    update: updateCourse,
  }),

  endpoint({
    id: 'getRequirements',
    method: 'get',
    path: '/courses/:id/prerequisites',
    summary: 'What a course asks for: prerequisites and corequisites',
    permission: 'course.read',
    params,
    returns: Requirements,
    errors: [errors.COURSE_NOT_FOUND],
  }).handle(({ ctx, params: { id } }) => readRequirements(ctx, id)),

  endpoint({
    id: 'setRequirements',
    method: 'put',
    path: '/courses/:id/prerequisites',
    summary: 'Replace what a course asks for',
    permission: 'course.require',
    params,
    body: Requirements,
    rules: requirementRules,
    returns: Requirements,
    errors: [
      errors.COURSE_NOT_FOUND,
      errors.REQUIRED_COURSE_NOT_FOUND,
      errors.COURSE_REQUIRES_ITSELF,
      sharedErrors.STALE_STATE,
      sharedErrors.PRECONDITION_FAILED,
    ],
  }).handle(({ ctx, params: { id }, body }) => setRequirements(ctx, id, body)),

  endpoint({
    id: 'archiveCourse',
    method: 'post',
    path: '/courses/:id/archive',
    summary: 'Take a course out of lists and out of use for new sections; it stays readable and on records',
    permission: 'course.archive',
    params,
    returns: Course,
    errors: [errors.COURSE_NOT_FOUND, sharedErrors.STALE_STATE, sharedErrors.PRECONDITION_FAILED],
    reread: findCourse,
  }).handle(({ ctx, params: { id } }) => archiveCourse(ctx, id)),

  endpoint({
    id: 'unarchiveCourse',
    method: 'post',
    path: '/courses/:id/unarchive',
    summary: 'Put an archived course back into use',
    permission: 'course.archive',
    params,
    returns: Course,
    errors: [errors.COURSE_NOT_FOUND, sharedErrors.STALE_STATE, sharedErrors.PRECONDITION_FAILED],
    reread: findCourse,
  }).handle(({ ctx, params: { id } }) => unarchiveCourse(ctx, id)),

  endpoint({
    id: 'getEvaluationRules',
    method: 'get',
    path: '/courses/:id/evaluation-rules',
    summary: 'The assessment categories that new sections of a course begin with',
    permission: 'course.read',
    params,
    returns: EvaluationRules,
    errors: [errors.COURSE_NOT_FOUND],
  }).handle(({ ctx, params: { id } }) => findEvaluationRules(ctx, id)),

  endpoint({
    id: 'setEvaluationRules',
    method: 'put',
    path: '/courses/:id/evaluation-rules',
    summary: 'Replace the assessment categories that new sections of a course begin with',
    description: 'Sections that are there keep the categories they have.',
    permission: 'course.evaluate',
    params,
    body: EvaluationRules,
    rules: [weightRule],
    returns: EvaluationRules,
    errors: [
      errors.COURSE_NOT_FOUND,
      errors.EVALUATION_RULES_EXCEEDED,
      sharedErrors.STALE_STATE,
      sharedErrors.PRECONDITION_FAILED,
    ],
  }).handle(({ ctx, params: { id }, body }) => setEvaluationRules(ctx, id, body)),
]
