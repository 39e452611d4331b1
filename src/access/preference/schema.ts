import * as z from 'zod'
import { line } from '#/platform/fields.ts'
import { languages, modes, themes } from '#/platform/words.ts'

const mode = z.enum(modes)

const fields = {
  mode,
  language: z.enum(languages).meta({ description: 'Of mail and documents; answers follow Accept-Language.' }),
  theme: z.enum(themes),
  show_tooltips: z.boolean(),
  completed_guides: z.array(line(100)).max(200).meta({ description: 'Names of guides; `[]` starts anew.' }),
}

export const Mode = z.object({ mode }).meta({ id: 'Mode' })
export const ModeInput = z.strictObject({ mode }).meta({ id: 'ModeInput' })
export const Preferences = z.object({ ...fields, version: z.int() }).meta({ id: 'Preferences' })
export const PreferencesInput = z.strictObject(fields).partial().meta({ id: 'PreferencesInput' })
