import * as z from 'zod'
import { sealKey } from './settings/seal-keys.ts'
import { networkFrom } from './gate/networks.ts'
import { nameOrders, roles } from './words.ts'

/** Bindings, vars and secrets, as `npm run types` reads them from wrangler.toml and .dev.vars.example. */
export type Env = Cloudflare.Env

const signingKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().length(43),
  d: z.string().length(43),
  kid: z.string().min(4),
})

/** A key of 32 bytes with its name. */
const namedKey = z.object({ kid: z.string().regex(/^[\w-]{4,64}$/), k: z.base64url().length(43) })

const json = z.string().transform((text, issue) => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    issue.addIssue('not JSON')
    return z.NEVER
  }
})

const hoursOfYear = 8766

/** Comma-separated names of roles; none is a list, too. */
const someRoles = z
  .string()
  .transform((text) => text.split(',').flatMap((name) => name.trim() || []))
  .pipe(z.array(z.enum(roles).exclude(['anonymous'])))

/** Comma-separated networks such as `192.0.2.0/24`. */
const someNetworks = z.string().transform((text, issue) =>
  text.split(',').flatMap((name) => {
    if (name.trim() === '') return []
    const network = networkFrom(name.trim())
    if (!network) issue.addIssue(`${name.trim()} is no network`)
    return network ?? []
  }),
)

const settingsSchema = z
  .object({
    ENVIRONMENT: z.enum(['local', 'staging', 'production']),
    PUBLIC_URL: z.url(),
    /** Where the pages are that mails link to. */
    APP_URL: z.url().optional(),
    INSTITUTION_NAME: z.string().min(1),
    INSTITUTION_NAME_EL: z.string().min(1),
    /** On documents, under the name. */
    INSTITUTION_ADDRESS: z.string().default(''),
    INSTITUTION_ADDRESS_EL: z.string().default(''),
    INSTITUTION_TIMEZONE: z.string().refine(isTimeZone, 'not an IANA time zone'),
    /** The code of the grading scheme of sections and students that no program gives one; `none` refuses to grade them. */
    DEFAULT_GRADING_SCHEME: z.string().min(1).default('letters'),
    /** In whose alphabet names are put in order, beside Greek, Latin and Cyrillic: `sv`, `da` or `es`. */
    NAME_ORDER: z.enum(nameOrders).default(''),
    CORS_ALLOWED_ORIGINS: z.string(),
    MAIL_FROM: z.email(),
    TRANSCRIPT_TOKEN_TTL_HOURS: z.coerce
      .number()
      .positive()
      .max(50 * hoursOfYear)
      .default(10 * hoursOfYear),
    RATE_LIMIT_SCALE: z.coerce.number().int().min(1),
    SECOND_FACTOR_ROLES: someRoles,
    TWO_PERSON_OPERATIONS: z.stringbool(),
    JURISDICTION: z.enum(['', 'eu', 'fedramp']),
    TRUSTED_NETWORKS: someNetworks.default([]),
    METRICS_FLUSH_MS: z.coerce.number().int().min(0).max(10_000).default(10_000),
    PASSWORD_MEMORY_KIB: z.coerce.number().int().min(8).default(19_456),
    JWT_KEYS: json.pipe(z.array(signingKey).min(1)),
    TRANSCRIPT_KEY: z.base64url().length(43),
    ACCOUNT_KEYS: json.pipe(z.tuple([namedKey]).rest(namedKey)),
    BACKUP_KEYS: json.pipe(z.tuple([namedKey]).rest(namedKey)),
    AUDIT_KEYS: json.pipe(z.tuple([namedKey]).rest(namedKey)),
    SEAL_KEYS: json.pipe(z.tuple([sealKey]).rest(sealKey)),
    METRICS_TOKEN: z
      .string()
      .regex(/^[\w.~+/-]{32,128}$/)
      .refine((token) => new Set(token).size >= 16, 'too few different characters'),
  })
  .superRefine((vars, issue) => {
    if (vars.ENVIRONMENT === 'local') return
    for (const name of ['JWT_KEYS', 'ACCOUNT_KEYS', 'BACKUP_KEYS', 'AUDIT_KEYS', 'SEAL_KEYS'] as const)
      if (vars[name].some((key) => key.kid.startsWith('local-'))) issue.addIssue(`${name} holds a development key`)
    if (vars.METRICS_TOKEN.startsWith('local-')) issue.addIssue('METRICS_TOKEN is a development token')
    if (vars.RATE_LIMIT_SCALE !== 1) issue.addIssue('RATE_LIMIT_SCALE is for local use')
    if (vars.PASSWORD_MEMORY_KIB < 19_456) issue.addIssue('PASSWORD_MEMORY_KIB is below what OWASP asks')
    for (const name of ['PUBLIC_URL', 'APP_URL'] as const)
      if (vars[name]?.startsWith('https://') === false) issue.addIssue(`${name} is not https`)
  })
  .transform((vars) => ({ ...vars, APP_URL: (vars.APP_URL ?? `${vars.PUBLIC_URL}/console`).replace(/\/+$/, '') }))

export type Settings = z.output<typeof settingsSchema>

export class MisconfiguredError extends Error {}

let checked: { env: Env; settings: Settings } | undefined

/** The vars and secrets, checked once per isolate. Throws MisconfiguredError naming the variables, never their values. */
export function settingsOf(env: Env): Settings {
  if (checked?.env === env) return checked.settings
  const result = settingsSchema.safeParse({ ...env, SEAL_KEYS: whole(env, 'SEAL_KEYS') })
  if (!result.success) {
    throw new MisconfiguredError(result.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; '))
  }
  checked = { env, settings: result.data }
  return result.data
}

/** Cloudflare takes 5 KB a variable. A longer secret goes on in others with a number behind its name; a dash says that there is no more. */
const whole = (env: object, name: string) =>
  [name, `${name}_2`, `${name}_3`, `${name}_4`]
    .map((piece) => (env as Record<string, string | undefined>)[piece] ?? '')
    .filter((piece) => piece !== '-')
    .join('')

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}

/** The name of the institution in both languages. */
export const institutionOf = (settings: Settings) => ({
  en: settings.INSTITUTION_NAME,
  el: settings.INSTITUTION_NAME_EL,
})

/** Its address in both languages; null where none is set. */
export const addressOf = ({ INSTITUTION_ADDRESS: en, INSTITUTION_ADDRESS_EL: el }: Settings) =>
  en || el ? { en: en || el, el: el || en } : null
