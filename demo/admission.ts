import type { Env } from '#/platform/env.ts'
import { demoPassword, proveEmail } from './accounts.ts'
import { type FrontDoor, frontDoor } from './front-door.ts'

/** Who applies, for what, and what the registrar does with it after it was handed in; drafts are not. */
const applicants = [
  { name: 'applicant', first_name: 'Ναυσικά', last_name: 'Ευγενίδου', program: 'INF', steps: null },
  { name: 'applicant2', first_name: 'Ορέστης', last_name: 'Μακρής', program: 'INF', steps: [] },
  { name: 'applicant3', first_name: 'Camille', last_name: 'Dubois', program: 'PHI', steps: ['review'] },
  { name: 'applicant4', first_name: 'Φανή', last_name: 'Κυπραίου', program: 'INF', steps: ['review', 'waitlist'] },
  { name: 'applicant5', first_name: 'Πέτρος', last_name: 'Σαρρής', program: 'PHI', steps: ['review', 'reject'] },
  { name: 'applicant6', first_name: 'Ηλέκτρα', last_name: 'Βαλαωρίτη', program: 'INF', steps: ['review', 'accept'] },
  {
    name: 'applicant7',
    first_name: 'Αρίστος',
    last_name: 'Ζυγομαλάς',
    program: 'PHI',
    steps: ['review', 'accept', 'matriculate'],
  },
] as const

const notes: Record<string, string> = {
  waitlist: 'Second in line; we write as soon as a place is free.',
  reject: 'The certificate of secondary education is missing.',
  accept: 'Welcome. Bring the original certificates to the registry.',
}

/** Applicants who register, apply for the term and wait for what the registrar makes of it. */
export async function fillApplications(
  env: Env,
  execution: ExecutionContext,
  { registrar, programIds, term_id }: { registrar: FrontDoor; programIds: Map<string, number>; term_id: number },
): Promise<void> {
  const anyone = frontDoor(env, execution)
  for (const { name, first_name, last_name, program, steps } of applicants) {
    const credentials = { email: `${name}@lyceum.example`, password: demoPassword }
    await anyone('POST', '/auth/register', { ...credentials, full_name: `${first_name} ${last_name}` })
    await proveEmail(env, credentials.email)
    const { access_token } = await anyone('POST', '/auth/login', credentials)
    const applicant = frontDoor(env, execution, access_token as string)
    const { id } = await applicant('POST', '/applications', {
      program_id: programIds.get(program),
      term_id,
      first_name,
      last_name,
      date_of_birth: '2008-05-17',
      statement: 'I have wanted to study this since school.',
    })
    if (steps) await applicant('POST', `/applications/${id}/submit`)
    for (const step of steps ?? []) {
      await registrar('POST', `/applications/${id}/${step}`, notes[step] && { note: notes[step] })
    }
  }
}
