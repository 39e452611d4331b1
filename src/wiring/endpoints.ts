import './policy.ts'
import * as access from '#/access/endpoints.ts'
import * as people from '#/people/endpoints.ts'
import * as catalog from '#/catalog/endpoints.ts'
import * as admission from '#/admission/endpoints.ts'
import * as enrolling from '#/enrolling/endpoints.ts'
import * as grading from '#/grading/endpoints.ts'
import * as paperwork from '#/paperwork/endpoints.ts'
import * as exchange from '#/exchange/endpoints.ts'
import * as operations from '#/operations/endpoints.ts'
import type { Chapters, Endpoint } from '#/platform/http/endpoint.ts'
import { listsOf } from '#/platform/http/listing/lists.ts'
import { messageTypes } from './consumers.ts'
import { gauges } from './gauges.ts'
import { schedule } from './schedule.ts'

/** The chapters of the reference in the order in which people meet them. */
const order = [
  'System',
  'Identity',
  'Users',
  'Second factor',
  'Preferences',
  'Grading schemes',
  'Programs',
  'Courses',
  'Terms',
  'Sections',
  'Admission',
  'Students',
  'Student notes',
  'Holds',
  'Overrides',
  'Enrollment',
  'Waitlists',
  'Assessment categories',
  'Attendance',
  'Assessments',
  'Gradebook',
  'Results',
  'Transcripts',
  'Requests',
  'Imports',
  'Reports',
  'Audit',
  'Search',
  'Saved filters',
  'Exports',
  'Backups',
  'Approvals',
  'Jobs',
  'Queues',
]

const areas: readonly Chapters[] = [
  access.endpoints,
  people.endpoints,
  catalog.endpoints,
  admission.endpoints,
  enrolling.endpoints,
  grading.endpoints,
  paperwork.endpoints,
  exchange.endpoints,
  operations.endpoints,
]
/** Several areas may write in one chapter. */
const inOrder = (parts: readonly Chapters[]): Chapters =>
  Object.fromEntries(order.map((chapter) => [chapter, parts.flatMap((part) => part[chapter] ?? [])]))

const lists = listsOf(Object.values(inOrder(areas)).flat())

/** The API's table of contents, in the order of the reference. */
export const chapters: Chapters = inOrder([
  ...areas,
  exchange.endpointsOver(lists),
  operations.endpointsOver(gauges, schedule, messageTypes),
])

export const endpoints: readonly Endpoint[] = Object.values(chapters).flat()
