import * as z from 'zod'
import { pathId } from '#/platform/fields.ts'
import { endpoint } from '#/platform/http/endpoint.ts'
import { resource } from '#/platform/http/resource.ts'
import { assignInstructors, instructorRules } from './assign-instructors.ts'
import { createSection } from './create-section.ts'
import { findMeetingSection, findInstructedSection, sectionEntity, sectionList } from './queries.ts'
import {
  ChangedInstructors,
  ChangedMeetings,
  ChangedSection,
  CreatedSection,
  Instructors,
  InstructorsInput,
  Meetings,
  MeetingsInput,
  Section,
  SectionChanges,
  SectionInput,
} from './schema.ts'
import { meetingRule, setMeetings } from './set-meetings.ts'
import { restoreSection, updateSection } from './update-section.ts'
import { AcceptClashes, clashErrors } from '#/catalog/clash/index.ts'
import { courseErrors } from '#/catalog/course/index.ts'
import { errors } from './errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

const params = z.object({ id: pathId })

export const sectionEndpoints = [
  ...resource({
    noun: 'section',
    names: ['Section', 'Sections'],
    path: '/sections',
    entity: sectionEntity,
    list: sectionList,
    row: Section,
    created: CreatedSection,
    changed: ChangedSection,
    restored: ChangedSection,
    changeQuery: AcceptClashes,
    input: SectionInput,
    changes: SectionChanges,
    errors: {
      write: [
        errors.SECTION_NUMBER_TAKEN,
        errors.SECTION_COURSE_NOT_FOUND,
        courseErrors.COURSE_ARCHIVED,
        errors.SECTION_TERM_NOT_FOUND,
        errors.SECTION_CAPACITY_BELOW_SEATS,
        errors.SECTION_HAS_RESULTS,
        errors.SECTION_HAS_ENROLLMENTS,
        errors.SECTION_GRADED,
        errors.SECTION_SCHEME_NOT_FOUND,
      ],
      change: [clashErrors.MEETINGS_CLASH],
      delete: [errors.SECTION_HAS_RESULTS, errors.SECTION_IN_USE],
    },
    create: createSection,
    update: updateSection,
    restore: restoreSection,
  }),

  endpoint({
    id: 'getInstructors',
    method: 'get',
    path: '/sections/:id/instructors',
    summary: 'Who teaches a section',
    permission: 'section.read',
    params,
    returns: Instructors,
    errors: [errors.SECTION_NOT_FOUND],
  }).handle(({ ctx, params: { id } }) => findInstructedSection(ctx, id)),

  endpoint({
    id: 'assignInstructors',
    method: 'put',
    path: '/sections/:id/instructors',
    summary: 'Replace the instructors of a section',
    permission: 'section.assign',
    params,
    query: AcceptClashes,
    body: InstructorsInput,
    rules: instructorRules,
    returns: ChangedInstructors,
    errors: [
      errors.SECTION_NOT_FOUND,
      errors.INSTRUCTOR_NOT_FOUND,
      clashErrors.MEETINGS_CLASH,
      sharedErrors.STALE_STATE,
      sharedErrors.PRECONDITION_FAILED,
    ],
  }).handle(({ ctx, params: { id }, query, body }) => assignInstructors(ctx, { sectionId: id, ...body, ...query })),

  endpoint({
    id: 'getMeetings',
    method: 'get',
    path: '/sections/:id/meetings',
    summary: 'When and where a section meets every week',
    permission: 'section.read',
    params,
    returns: Meetings,
    errors: [errors.SECTION_NOT_FOUND],
  }).handle(({ ctx, params: { id } }) => findMeetingSection(ctx, id)),

  endpoint({
    id: 'setMeetings',
    method: 'put',
    path: '/sections/:id/meetings',
    summary: 'Replace the weekly meetings of a section',
    permission: 'section.schedule',
    params,
    query: AcceptClashes,
    body: MeetingsInput,
    rules: [meetingRule],
    returns: ChangedMeetings,
    errors: [
      errors.SECTION_NOT_FOUND,
      errors.MEETINGS_OVERLAP,
      clashErrors.MEETINGS_CLASH,
      sharedErrors.STALE_STATE,
      sharedErrors.PRECONDITION_FAILED,
    ],
  }).handle(({ ctx, params: { id }, query, body }) => setMeetings(ctx, id, { ...body, ...query })),
]
