import {
  byRegistrar,
  crud,
  files,
  filter,
  imported,
  type SampleMaker,
  saved,
  student,
  unconfirmed,
} from './sample-rows.ts'

export const exchangeSamples: Record<string, SampleMaker> = {
  importFile: async () => {
    const { student_number, first_name, last_name, email } = student()
    const file = `student_number,first_name,last_name,email\n${student_number},${first_name},${last_name},${email}\n`
    return { path: '/imports/students', body: file, headers: { 'content-type': 'text/csv' } }
  },
  listImports: async () => ({ path: '/imports' }),
  getImport: async (w) => ({ path: `/imports/${await imported(w)}` }),
  listImportErrors: async (w) => ({ path: `/imports/${await imported(w)}/errors` }),
  confirmImport: async (w) => ({ path: `/imports/${await unconfirmed(w)}/confirm` }),
  search: async () => ({ path: '/search?q=παπ' }),
  searchByBody: async () => ({ path: '/search', body: { q: 'παπ' } }),
  ...byRegistrar(
    crud(
      ['SavedFilter', 'SavedFilters'],
      '/saved-filters',
      (w) => saved(w),
      async () => filter(),
      { name: 'Renamed' },
    ),
  ),
  ...files,
}
