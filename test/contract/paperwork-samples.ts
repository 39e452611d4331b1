import { fileTokenOf, issueOf } from '../paperwork/transcript/issued.ts'
import { crud, filed, rendered, resulted, type SampleMaker, shownLetter, shownTranscript } from './sample-rows.ts'

export const paperworkSamples: Record<string, SampleMaker> = {
  getStudentRecord: async (w) => ({ path: `/students/${(await resulted(w, 'publish')).student.id}/record` }),
  enqueueTranscript: async (w) => ({ path: '/transcripts/enqueue', body: { student_id: (await w.student()).id } }),
  enqueueTranscripts: async (w) => ({
    path: '/transcripts/batch',
    body: { student_ids: [(await w.student()).id, (await w.student()).id] },
  }),
  listTranscriptJobs: async () => ({ path: '/transcripts/jobs' }),
  getTranscriptJob: async (w) => ({ path: `/transcripts/jobs/${(await rendered(w)).id}` }),
  getTranscriptFile: async (w) => ({ path: `/transcripts/jobs/${(await rendered(w)).id}/file` }),
  getLinkedTranscript: async (w) => {
    const { student_id } = await rendered(w)
    return { path: `/transcripts/files/${await fileTokenOf(await issueOf(student_id))}` }
  },
  verifyTranscript: async () => ({ path: '/transcripts/verify/nothing-we-made' }),
  discloseTranscript: shownTranscript,
  verifyTranscriptFile: async () => ({
    path: '/transcripts/verify',
    body: '%PDF-1.7 nothing we made',
    headers: { 'content-type': 'application/pdf' },
  }),
  getTranscript: async (w) => ({ path: `/transcripts/${(await w.student()).id}` }),
  issueTranscript: async (w) => ({ path: `/students/${(await w.student()).id}/transcripts` }),
  getTranscripts: async (w) => ({ path: `/students/${(await rendered(w)).student_id}/transcripts` }),
  revokeTranscript: async (w) => ({ path: `/transcripts/${(await rendered(w)).issue_id}/revoke` }),
  ...crud(
    ['Request', 'Requests'],
    '/requests',
    (w) => filed(w),
    async (w) => ({ student_id: (await w.student()).id, type: 'noc' }),
    { details: 'For an internship' },
  ),
  decideRequest: async (w) => ({ path: `/requests/${(await filed(w)).id}/transition`, body: { status: 'approved' } }),
  getRequestDocument: async (w) => {
    const { id } = await filed(w, 'noc')
    await w.registrar.post(`/requests/${id}/transition`, { status: 'approved' })
    return { path: `/requests/${id}/document` }
  },
  verifyDocument: async () => ({ path: '/documents/verify/nothing-we-made' }),
  verifyDocumentFile: async () => ({
    path: '/documents/verify',
    body: '%PDF-1.7 nothing we made',
    headers: { 'content-type': 'application/pdf' },
  }),
  discloseDocument: shownLetter,
  revokeDocument: async (w) => {
    const { id } = await filed(w, 'bonafide')
    const { data } = await w.registrar.post(`/requests/${id}/transition`, { status: 'approved' })
    return { path: `/documents/${data.letter_id}/revoke` }
  },
  cancelRequest: async (w) => ({ path: `/requests/${(await filed(w)).id}/cancel` }),
}
