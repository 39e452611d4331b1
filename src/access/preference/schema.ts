import * as z from 'zod'
import { id, instant, line } from '#/platform/fields.ts'
import { languages, modes, themes } from '#/platform/words.ts'

const mode = z.enum(modes)

const fields = {
  mode,
  language: z.enum(languages).meta({
    description:
      'Of mail and documents, and of answers to requests that ask for none by Accept-Language: from the next sign-in or refresh on.',
  }),
  theme: z.enum(themes),
  show_tooltips: z.boolean(),
  completed_guides: z.array(line(100)).max(200).meta({ description: 'Names of guides; `[]` starts anew.' }),
}

const saved = {
  user_id: id,
  created_at: instant.meta({
    description: 'When something was first changed; until then, when the account was opened.',
  }),
  updated_at: instant,
}

export const Mode = z.object({ mode, ...saved }).meta({ id: 'Mode' })
export const ModeInput = z.strictObject({ mode }).meta({ id: 'ModeInput' })
export const Preferences = z.object({ ...fields, ...saved, version: z.int() }).meta({ id: 'Preferences' })
export const PreferencesInput = z.strictObject(fields).partial().meta({ id: 'PreferencesInput' })
