// `npm run admin:create -- EMAIL NAME --remote --env production | --local [--env NAME]`: invites the first administrator of a deployment.
// Writes an invitation as if an administrator had sent it, and prints its token, which works once and for a day. Refuses when there is an
// administrator: who is one invites the others through the API.
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { email as emailSchema, name as nameSchema } from '../src/platform/fields.ts'
import { root } from './prepare.mjs'
import { runWrangler } from './wrangler.mjs'

const usage =
  'npm run admin:create -- EMAIL NAME --remote --env production|staging | --local [--env production|staging]'
const validMs = 24 * 60 * 60 * 1000

try {
  const { where, email, name } = read()
  const token = randomBytes(32).toString('base64url')
  const expiresAt = new Date(Date.now() + validMs).toISOString()
  const statements = inviting({ email, name, token, expiresAt })
  const answers = JSON.parse(
    await runWrangler(['d1', 'execute', 'DB', ...where, '--json', '--command', statements.join(';\n')]),
  )
  if (answers.at(-1).results.length === 0)
    throw new Error('There is an administrator already, or an account with this e-mail. Administrators invite others.')
  console.log(`${email} may open an administrator's account until ${expiresAt}, once, with this token:\n${token}`)
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}

function read() {
  const options = { local: { type: 'boolean' }, remote: { type: 'boolean' }, env: { type: 'string' } }
  const { values, positionals } = parseArgs({ options, allowPositionals: true })
  const { local = false, remote = false, env } = values
  const [email, name] = [emailSchema.safeParse(positionals[0]).data, nameSchema(200).safeParse(positionals[1]).data]
  const isKnown = env === undefined || ['production', 'staging'].includes(env)
  if (positionals.length !== 2 || !email || !name || local === remote || (remote && !env) || !isKnown)
    throw new Error(`Say whom, by e-mail and name, and where.\n${usage}`)
  const place = local
    ? ['--local', '--persist-to', resolve(root, process.env.LYCEUM_STATE ?? '.lyceum')]
    : ['--remote', '--yes']
  return { where: [...place, ...(env ? ['--env', env] : [])], email, name }
}

/** What `invite` writes, and the mail's consumer: an earlier token of this kind is withdrawn. The last one answers the id, or no row. */
function inviting({ email, name, token, expiresAt }) {
  const now = new Date().toISOString()
  const hash = createHash('sha256').update(token).digest('hex')
  const changes = JSON.stringify({ email: { new: email }, role: { new: 'admin' } })
  const noAdmin = `not exists (select 1 from live_user where (role = 'admin' and is_active = 1) or email = ${text(email)})`
  const written = `(select id from invitation where token_hash = '${hash}')`
  return [
    `update invitation set token_hash = null where role = 'admin' and accepted_at is null and ${noAdmin}`,
    `insert into invitation (email, full_name, role, language, token_hash, expires_at, created_at)
     select ${text(email)}, ${text(name)}, 'admin', 'en', '${hash}', '${expiresAt}', '${now}' where ${noAdmin}`,
    `insert into audit_log (at, actor_role, action, entity_type, entity_id, changes, success, method, path, status, request_id)
     select '${now}', 'system', 'invitation.create', 'invitation', ${written}, ${text(changes)}, 1, 'COMMAND', 'admin:create', 201,
       '${randomUUID()}' where ${written} is not null`,
    `select id from invitation where token_hash = '${hash}'`,
  ]
}

/** A text as SQL. */
function text(value) {
  return `'${value.replaceAll("'", "''")}'`
}
