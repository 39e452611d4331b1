import { startImport } from '#/exchange/import/start-import.ts'
import type { EntityName } from '#/exchange/imported-entity/schema.ts'
import { sealAuditLog } from '#/operations/audit-log/index.ts'
import { verifyAuditLog } from '#/operations/audit-log/verify-audit-log.ts'
import { startBackup, startRestore, startVerification } from '#/operations/backup/start.ts'
import { listBackups, readIndex } from '#/operations/backup-store/store.ts'
import type { Context } from '#/platform/context.ts'
import { auditRows, countRows, testEnv, unique, type World } from '../../world.ts'
import { csv } from '../../exchange/import/files.ts'
import { backUp, contents, findRun, worker } from '../../operations/backup/backups.ts'
import { order } from '../../operations/audit-renewal/old-rows.ts'
import { queuedJob } from '../../paperwork/transcript-job/jobs.ts'

/** One kind of work as a test sees it. */
export interface Sample {
  /** Begins a run, and says what its message is about. Each run does work of its own that is like that of the others. */
  begin: (w: World, ctx: Context) => Promise<Begun>
  /** The outcome of one that was given up before it had ended, where that is asked for anew instead of sent again. */
  givenUp?: object
}

interface Begun {
  id: string
  /** All that the run did, without the ids that differ from run to run. */
  outcome: () => Promise<unknown>
}

const rowsOf = async (query: string, ...values: unknown[]) =>
  (
    await testEnv.DB.prepare(query)
      .bind(...values)
      .all()
  ).results
const filesOf = async (bucket: R2Bucket, prefix: string) =>
  (await bucket.list({ prefix })).objects.map(({ key }) => key).toSorted()
const leftovers = () =>
  countRows("sqlite_master where name like 'restore\\_%' escape '\\' or name like 'backup\\_note\\_%' escape '\\'")

const transcript: Sample = {
  begin: async (w) => {
    const { id: student } = await w.student()
    const id = await queuedJob(student, w.registrar)
    const outcome = async () => {
      const [job] = await rowsOf('select status, error_code, issue_id from transcript_job where id = ?', id)
      const issues = await rowsOf('select id from transcript_issue where student_id = ?', student)
      const drafts = await rowsOf(
        'select value as id from transcript_job, json_each(drafts) where transcript_job.id = ?',
        id,
      )
      const files = await filesOf(testEnv.DOCUMENTS, 'transcripts/')
      return {
        status: job!['status'],
        error: job!['error_code'],
        issues: issues.map((issue) => issue['id'] === job!['issue_id']),
        audits: (await auditRows('transcript', String(job!['issue_id']))).length,
        files: drafts.filter((draft) => files.includes(`transcripts/${String(draft['id'])}.pdf`)).length,
        isThere: files.includes(`transcripts/${String(job!['issue_id'])}.pdf`),
      }
    }
    return { id, outcome }
  },
}

/** Work of a section of which the database itself refuses what weighs too much beside the first, and one that the schema refuses. */
const works = (section: object, { refused }: { refused: number }) =>
  Array.from({ length: 24 }, (_, n) => ({
    ...section,
    title: `Work ${n}`,
    type: n === 20 ? 'none' : 'quiz',
    weight: n === 0 ? 100 : n <= refused ? 50 : 0,
  }))

/** Work of a section, four of which is there and of another type. */
const importing = (options: { dry_run?: boolean; atomic?: boolean; refused: number; isClean?: boolean }): Sample => ({
  begin: async (w, ctx) => {
    const { id: section_id, course_code, term_code, number: section_number } = await w.section()
    const section = { course_code, term_code, section_number }
    const there = works(section, { refused: 0 }).slice(8, 12)
    for (const { title } of there) await w.assessment(section_id, { title, type: 'final', weight: 0 })
    const rows = works(section, options).filter(({ type }) => !options.isClean || type !== 'none')
    const { dry_run = false, atomic = false } = options
    const file = { mediaType: 'text/csv', charset: 'utf-8', bytes: new Blob([csv(rows)]).stream() }
    const entity: EntityName = 'assessments'
    const wish = { dry_run, atomic, confirm: true, blanks: 'clear' as const, dates: 'iso' as const }
    const { id } = await startImport({ ...ctx, permission: 'import.create' }, entity, wish, file)
    const outcome = async () => {
      const [job] = await rowsOf(
        'select state, error_code, created, updated, skipped, failed from import_job where id = ?',
        id,
      )
      const written = await rowsOf(
        'select title, type, version from assessment where section_id = ? order by id',
        section_id,
      )
      return {
        job,
        written,
        errors: await rowsOf('select line, field, code from import_error where import_id = ? order by line', id),
        audits: await countRows(`audit_log where entity_type = 'assessment' and summary like 'import ${id} line %'`),
        staged: (await countRows('import_row')) + (await countRows('import_writing')),
        files: await filesOf(testEnv.DOCUMENTS, `imports/${id}`),
      }
    }
    return { id, outcome }
  },
})

/** What is known of a backup, and whether what R2 holds of it is what its index names. */
async function stored(name: string) {
  const { index, summary } = await readIndex(worker(), name)
  const keys = index.segments.map(({ key }) => key).toSorted()
  return {
    is_good: summary.is_good,
    files: keys.join() === (await filesOf(testEnv.BACKUPS, `backups/${name}/`)).join(),
  }
}

const endOf = async (id: string) => {
  const { task, error_code, progress } = await findRun(id)
  return {
    task,
    error_code,
    phase: progress.phase,
    leftovers: await leftovers(),
    notes: await countRows('backup_change'),
  }
}

const backup: Sample = {
  begin: async (_, ctx) => {
    const name = `sample-${unique()}`
    const { id } = await startBackup({ ...ctx, permission: 'backup.create' }, name)
    return { id, outcome: async () => ({ ...(await endOf(id)), ...(await stored(name)) }) }
  },
}

const verify: Sample = {
  begin: async (_, ctx) => {
    const name = `sample-${unique()}`
    await backUp(name)
    const { id } = await startVerification({ ...ctx, permission: 'backup.verify' }, name)
    return { id, outcome: async () => ({ ...(await endOf(id)), ...(await stored(name)) }) }
  },
}

/** All but the audit log, which a restore does not bring back, and messages on their way. */
const academic = async () =>
  Object.entries(await contents()).filter(([table]) => !table.startsWith('audit_') && table !== 'outbox')

/** A backup that every restore of a world brings back, with a student who is renamed in between. */
async function makeGood(w: World) {
  const name = `good-${unique()}`
  const student = (await w.student({ last_name: 'Before' })).id
  await backUp(name)
  return { name, student, content: JSON.stringify(await academic()) }
}
const goods = new WeakMap<World, ReturnType<typeof makeGood>>()

const restore: Sample = {
  // All is as it was before, and open.
  givenUp: {
    task: 'restore',
    error_code: 'BACKUP_GAVE_UP',
    phase: 'read',
    leftovers: 0,
    notes: 0,
    isBack: false,
    isSaved: false,
    swaps: 0,
    maintenance: 0,
    isOpen: 200,
  },
  begin: async (w, ctx) => {
    if (!goods.has(w)) goods.set(w, makeGood(w))
    const good = await goods.get(w)!
    const { name } = good
    await w.registrar.patch(`/students/${good.student}`, { last_name: `After ${unique()}` })
    const { id } = await startRestore({ ...ctx, permission: 'backup.restore' }, name, name)
    const outcome = async () => {
      const { progress } = await findRun(id)
      const saved = 'saved' in progress ? String(progress.saved) : ''
      return {
        ...(await endOf(id)),
        isBack: JSON.stringify(await academic()) === good.content,
        isSaved: (await listBackups(worker())).some((one) => one.name === saved),
        swaps:
          saved === ''
            ? 0
            : (await auditRows('backup', name)).filter(({ changes }) => String(changes).includes(saved)).length,
        maintenance: await countRows('maintenance'),
        isOpen: (await w.registrar.patch(`/students/${good.student}`, { last_name: 'Afterwards' })).status,
      }
    }
    return { id, outcome }
  },
}

/** A further chain over all rows; each run follows the one before. */
const renewal: Sample = {
  begin: async (w) => {
    await w.course()
    await sealAuditLog(worker())
    const chain = 2 + (await countRows('audit_renewal'))
    await order(chain)
    const id = `chain-${chain}`
    const outcome = async () => {
      const [run] = await rowsOf('select error_code, finished_at is null as open from audit_renewal where id = ?', id)
      const { problems } = await verifyAuditLog(worker(), { after: 0, limit: 20_000 })
      return { run, problems, sealed: (await sealAuditLog(worker())).error_code }
    }
    return { id, outcome }
  },
}

/** Work of every kind, by the type of its messages. */
export const samples: Record<string, Record<string, Sample>> = {
  'transcript.render': { transcript },
  'import.work': {
    plain: importing({ refused: 2 }),
    atomic: importing({ atomic: true, refused: 0, isClean: true }),
    'atomic, refused': importing({ atomic: true, refused: 2, isClean: true }),
    'dry run': importing({ dry_run: true, refused: 2 }),
  },
  'backup.work': { backup, verify, restore },
  'audit.renewal': { renewal },
}
