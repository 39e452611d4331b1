import { unique } from '../world.ts'
import { archived, crud, type SampleMaker } from './sample-rows.ts'

export const catalogSamples: Record<string, SampleMaker> = {
  ...crud(
    ['GradingScheme', 'GradingSchemes'],
    '/grading-schemes',
    (w) => w.scheme(),
    async () => ({
      code: `X${unique()}`,
      pass_minimum: 0,
      bands: [{ minimum: 0, letter: 'attended', passing: true }],
    }),
    { scale_max: 20 },
  ),
  ...crud(
    ['Program', 'Programs'],
    '/programs',
    (w) => w.program(),
    async () => ({ code: `X${unique()}`, title: 'Law' }),
    { title: 'Laws' },
  ),
  archiveProgram: async (w) => ({ path: `/programs/${(await w.program()).id}/archive` }),
  unarchiveProgram: async (w) => ({ path: await archived(w, 'programs', await w.program()) }),
  archiveCourse: async (w) => ({ path: `/courses/${(await w.course()).id}/archive` }),
  unarchiveCourse: async (w) => ({ path: await archived(w, 'courses', await w.course()) }),
  getEvaluationRules: async (w) => ({ path: `/courses/${(await w.course()).id}/evaluation-rules` }),
  setEvaluationRules: async (w) => ({
    path: `/courses/${(await w.course()).id}/evaluation-rules`,
    body: { rules: [{ name: 'Homework', weight: 40, aggregation: 'mean', drop_lowest: 1 }] },
  }),
  ...crud(
    ['Course', 'Courses'],
    '/courses',
    (w) => w.course(),
    async () => ({ code: `X${unique()}`, title: 'Logic', credits: 5 }),
    { credits: 7.5 },
  ),
  ...crud(
    ['Term', 'Terms'],
    '/terms',
    (w) => w.term(),
    async () => ({ code: `X${unique()}`, name: 'Spring', start_date: '2026-02-01', end_date: '2026-06-30' }),
    { name: 'Summer' },
  ),
  openTerm: async (w) => ({ path: `/terms/${(await w.term({ status: 'closed' })).id}/open` }),
  getRequirements: async (w) => ({ path: `/courses/${(await w.course()).id}/prerequisites` }),
  setRequirements: async (w) => ({
    path: `/courses/${(await w.course()).id}/prerequisites`,
    body: { prerequisites: [{ any_of: [{ course_id: (await w.course()).id }] }] },
  }),
}
