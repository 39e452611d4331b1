import { crud, type SampleMaker, student } from './sample-rows.ts'

export const peopleSamples: Record<string, SampleMaker> = {
  ...crud(
    ['Student', 'Students'],
    '/students',
    (w) => w.student(),
    async () => student(),
    { first_name: 'Άννα' },
  ),
  getStudentNotes: async (w) => ({ path: `/students/${(await w.student()).id}/notes` }),
  addStudentNote: async (w) => ({ path: `/students/${(await w.student()).id}/notes`, body: { text: 'Was in tears.' } }),
}
