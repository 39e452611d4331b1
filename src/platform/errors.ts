import type { Language, Vocabulary } from './words.ts'

/** A few words that stand in a message, in both languages. */
export type Phrase = Record<Language, string>

const nothing: Phrase = { en: 'none', el: 'καμία' }

/** The states that may follow, for the text of a refusal. */
export const statesInText = (states: readonly string[]): string | Phrase =>
  states.length > 0 ? states.join(', ') : nothing

/** What one code means: its status and its text in both languages. `{name}` is filled from the error's parameters. */
export interface ErrorText extends Phrase {
  status: 400 | 401 | 403 | 404 | 405 | 409 | 410 | 412 | 413 | 415 | 422 | 428 | 429 | 500 | 503
  /** The fields that it blames: named in `details.errors`, and by the problem of a file, as far as they can be given there. */
  fields?: readonly string[]
  /** Said of a line of a file, which has numbers and codes for the ids that the text names. */
  inFile?: Phrase
  /** Said in place of the text where something in its braces is not known: of what only the database refused. */
  plain?: Phrase
  /** Seconds after which to try again: `Retry-After`. */
  retryAfter?: number
  /** The parameters that are words of the API, one or several with commas between, and the list they are of. */
  words?: Readonly<Record<string, Vocabulary>>
}

/** An error that a module declares: its text under its code. */
export interface DeclaredError<Code extends string = string> extends Readonly<ErrorText> {
  readonly code: Code
}

/** Constraint name, trigger message or the columns of a unique index -> the error a caller sees. */
export type Constraints = Record<string, DeclaredError>

type Declared<Texts> = { readonly [Code in keyof Texts & string]: DeclaredError<Code> }

const everyError = new Map<string, DeclaredError>()

/** Declares the errors of a module: values, by their codes. A code is declared once. */
export function errorsOf<Texts extends Record<string, ErrorText>>(texts: Texts): Declared<Texts> {
  for (const [code, text] of Object.entries(texts)) {
    if (everyError.has(code)) throw new Error(`${code} is declared twice`)
    everyError.set(code, { code, ...text })
  }
  return Object.fromEntries(Object.keys(texts).map((code) => [code, everyError.get(code)])) as Declared<Texts>
}

/** The error of a code that was stored. */
export const declaredError = (code: string): DeclaredError | undefined => everyError.get(code)

export type Params = Record<string, string | number | Phrase | null | undefined>

interface About {
  entity: string
  id: number | string | null
  summary: string
}

/** An error meant for the caller. Anything else that is thrown becomes a 500 without details. */
export class ApiError extends Error {
  readonly declared: DeclaredError
  readonly params: Params
  readonly details: unknown
  readonly headers: Record<string, string>
  /** Of what is refused to somebody: what the audit log says that it was. */
  readonly about: About | undefined

  constructor(
    declared: DeclaredError,
    params: Params = {},
    extra: { details?: unknown; headers?: Record<string, string>; about?: About } = {},
  ) {
    super(declared.code)
    this.declared = declared
    this.params = params
    this.details = extra.details ?? null
    this.about = extra.about
    const { retryAfter } = declared
    this.headers = { ...(retryAfter && { 'retry-after': String(retryAfter) }), ...extra.headers }
  }

  get code(): string {
    return this.declared.code
  }

  get status(): ErrorText['status'] {
    return this.declared.status
  }

  /** The same with these details: a proof that was refused still counts as one. */
  with(details: unknown): ApiError {
    const Kind = this.constructor as typeof ApiError
    return Object.assign(new Kind(this.declared, this.params), this, { details })
  }
}

/** A secret that was presented is not the right one: what budgets count as a failure. */
export class ProofRefused extends ApiError {}

/** The text of an error for people, with its parameters filled in. */
export function messageOf(
  text: Phrase & Pick<ErrorText, 'words' | 'plain'>,
  params: Params,
  language: Language,
): string {
  const isKnown = [...text[language].matchAll(inBraces)].every(([, name]) => (params[name!] ?? null) !== null)
  const said = isKnown ? text : (text.plain ?? text)
  const filled = said[language].replaceAll(inBraces, (_, name: string) => {
    const value = params[name] ?? ''
    if (typeof value === 'object') return value[language]
    return inWords(text.words?.[name], String(value), language)
  })
  return filled.trimEnd()
}

const inBraces = /\{(\w+)\}/g

/** A phrase with these parameters in it, for a text that it is a parameter of. */
export const filledIn = (phrase: Phrase, params: Params): Phrase => ({
  en: messageOf(phrase, params, 'en'),
  el: messageOf(phrase, params, 'el'),
})

/** A text without the places of its parameters. */
export const wordsOf = (text: string): string => text.replaceAll(/\{\w+\}/g, ' ')

/** What the texts of all errors say beside their parameters, by code. */
export const wordsOfErrors = (): Record<string, string> =>
  Object.fromEntries(
    [...everyError.values()].map(({ code, plain, inFile, ...text }) => [
      code,
      wordsOf([text, plain, inFile].map((one) => one && `${one.en} ${one.el}`).join(' ')),
    ]),
  )

const inWords = (vocabulary: Vocabulary | undefined, value: string, language: Language) =>
  vocabulary && language === 'el'
    ? value
        .split(', ')
        .map((word) => vocabulary.greek[word] ?? word)
        .join(', ')
    : value
