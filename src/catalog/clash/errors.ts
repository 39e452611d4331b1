import { errorsOf } from '#/platform/errors.ts'

export const errors = errorsOf({
  MEETINGS_CLASH: {
    status: 409,
    en: 'Clashes: {count}, listed in details. Repeat with accept_clashes=true to insist.',
    el: 'Συγκρούσεις: {count}, στα details. Επαναλάβετε με accept_clashes=true για να επιμείνετε.',
  },
})
