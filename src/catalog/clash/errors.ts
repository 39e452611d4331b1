import { errorsOf } from '#/platform/errors.ts'

export const errors = errorsOf({
  MEETINGS_CLASH: {
    status: 409,
    en: '{count} clashes; details lists them. Repeat with accept_clashes=true to insist.',
    el: '{count} συγκρούσεις στα details. Επαναλάβετε με accept_clashes=true για να επιμείνετε.',
  },
})
