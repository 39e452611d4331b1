import { backgroundContext } from '#/platform/background-context.ts'
import type { Env } from '#/platform/env.ts'
import { createUser } from '#/access/user/index.ts'

/** Known to everybody, and therefore for local use only. */
export const demoPassword = 'Lyceum-Demo-2026!'

const accounts = {
  admin: { role: 'admin', full_name: 'Ada Administrator' },
  registrar: { role: 'registrar', full_name: 'Ρέα Γραμματέως' },
  teacher: { role: 'faculty', full_name: 'Σωκράτης Διδάσκαλος' },
  teacher2: { role: 'faculty', full_name: 'Hypatia Magistra' },
  student: { role: 'student', full_name: 'Γεώργιος Παπαδόπουλος' },
  student2: { role: 'student', full_name: 'Ευαγγελία Χατζηγεωργίου' },
} as const

export type DemoAccount = keyof typeof accounts
export const emailOf = (name: DemoAccount) => `${name}@lyceum.example`

/** Whoever registered has no mailbox: the e-mails of all demo accounts are taken as proved. */
export const proveEmail = ({ DB }: Env, email: string) =>
  DB.prepare('update user set email_verified_at = updated_at where email = ?').bind(email).run()

/** Opens one of the demo accounts; those of students belong to a student's record. */
export function openAccount(
  env: Env,
  execution: ExecutionContext,
  name: DemoAccount,
  student_id: number | null = null,
) {
  const ctx = backgroundContext(env, execution, 'system.read', 'demo')
  const { role, full_name } = accounts[name]
  const tier = role === 'student' ? 'free' : 'enterprise'
  const email_verified_at = ctx.now
  return createUser(ctx, {
    email: emailOf(name),
    password: demoPassword,
    full_name,
    role,
    tier,
    student_id,
    email_verified_at,
  })
}
