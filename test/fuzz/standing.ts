import type { Endpoint } from '#/platform/http/endpoint.ts'
import { type Permission, reachOf } from '#/platform/policy.ts'
import type { Role } from '#/platform/words.ts'
import type { Trace } from './watch.ts'

/** What every write leaves beside its own: its audit row, the highest number of one, the receipt by which a batch knows itself. */
const bookkeeping = new Set(['audit_log', 'audit_high_water', 'row_count', 'write_receipt'])

/** What changes without a success: counters of refused attempts, keys of replays, and what the queue and its consumers do after an answer. */
const background = new Set([
  'outbox',
  'idempotency_key',
  'invitation',
  'password_reset',
  'email_confirmation',
  'transcript_job',
  'transcript_job.status',
  'transcript_issue',
  'service_request',
  'service_request.status',
  'import_job',
  'import_job.state',
  'import_row',
  'import_error',
  'mail_delivery',
  'dead_letter',
  'backup_run',
  'backup_change',
  'audit_chain',
  'audit_seal',
])

/** Acts whose effect is in R2, in the Gate, or on paper, or is that somebody has read something. */
const outside = new Set([
  'backup.delete',
  'backup.download',
  'backup_key.rewrap',
  'user.unlock',
  'transcript.disclose',
  'document.disclose',
])

/** The permissions that may change what decides about others, and how far something has come. All else may change none of it. */
const allowed: Record<string, readonly string[]> = {
  'user.role': ['user.update'],
  'user.tier': ['user.update'],
  'user.is_active': ['user.update'],
  'user.student_id': ['user.update', 'application.matriculate'],
  'user.email_verified_at': ['user.update', 'email_confirmation.confirm', 'password_reset.confirm'],
  'user.password_hash': ['account.change_password', 'password_reset.confirm'],
  'term.status': ['term.open', 'term.close', 'term.update'],
  'student.status': ['student.update', 'import.create'],
  'application.status': [
    'application.submit',
    'application.review',
    'application.accept',
    'application.reject',
    'application.waitlist',
    'application.withdraw',
    'application.matriculate',
  ],
  'application.student_id': ['application.matriculate'],
  'enrollment.status': [
    'enrollment.drop',
    'enrollment.withdraw',
    'enrollment.update',
    'enrollment.transfer',
    // What is official, and the end of a term, completes seats.
    'result.publish',
    'term.complete',
  ],
  'result.state': ['result.publish', 'result.freeze'],
  'result_change.status': ['result.approve'],
  'score.state': ['score.update', 'score.create', 'gradebook.update'],
  'attendance.status': ['attendance.update', 'attendance.take'],
  'waitlist_entry.status': ['waitlist.leave'],
  'dead_letter.status': ['dead_letter.retry'],
  'approval.status': ['approval.approve', 'approval.reject'],
}

/** What is wrong with what a request left in the database. A spent refresh token is refused and ends its session, which is on record. */
export function judge(
  status: number,
  endpoint: Endpoint | undefined,
  token: string | null,
  { touched, audit }: Trace,
): string[] {
  const done = audit.filter(({ success }) => success === 1)
  const changed = touched.filter((what) => !bookkeeping.has(what))
  const unasked = done.length > 0 ? [] : changed.filter((what) => !background.has(what))
  const faults: string[] = []
  if (unasked.length > 0) faults.push(`changed ${unasked.join(', ')} without an audit row`)
  const ended = done[0]?.action === 'session.refresh'
  if (status >= 400 && done.length > 0 && !ended) faults.push(`refused, yet left the audit row ${done[0]!.action}`)
  if (endpoint?.method !== 'get' && done.some(({ action }) => !outside.has(action)) && changed.length === 0)
    faults.push(`left the audit row ${done[0]!.action} and changed nothing`)
  const { id, role } = actorOf(token)
  for (const entry of done) {
    if (entry.action !== endpoint?.permission) faults.push(`left the audit row ${entry.action}`)
    else if (reachOf(endpoint.permission, 'anonymous')) continue
    else if (entry.actor_id !== id || entry.actor_role !== role)
      faults.push(`wrote as ${entry.actor_role} ${entry.actor_id}`)
    else if (!reachOf(entry.action as Permission, role)) faults.push(`let a ${role} do ${entry.action}`)
  }
  const action = done[0]?.action
  for (const what of action ? changed.filter((one) => one.includes('.')) : []) {
    if (!background.has(what) && !allowed[what]?.includes(action!)) faults.push(`changed ${what} by ${action}`)
  }
  return faults
}

function actorOf(token: string | null): { id: number | null; role: Role } {
  const payload = token?.split('.')[1]
  if (!payload || payload === 'e30') return { id: null, role: 'anonymous' }
  const { sub, role } = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) as {
    sub: string
    role: Role
  }
  return { id: Number(sub), role }
}
