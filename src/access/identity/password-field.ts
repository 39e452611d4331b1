/** How a page asks for a new password, under the name that the operation has for it. */
export const passwordField = (name: string) => ({
  en: [
    {
      name,
      label: 'New password',
      type: 'password' as const,
      autocomplete: 'new-password',
      hint: '8 to 128 characters: capital and small letters, a digit and a special character, no spaces.',
      required: true,
    },
  ],
  el: [
    {
      name,
      label: 'Νέος κωδικός πρόσβασης',
      type: 'password' as const,
      autocomplete: 'new-password',
      hint: '8 έως 128 χαρακτήρες: κεφαλαία και πεζά γράμματα, ένα ψηφίο και ένας ειδικός χαρακτήρας, χωρίς κενά.',
      required: true,
    },
  ],
})

const present = { name: 'password', type: 'password' as const, autocomplete: 'current-password', required: true }

/** How a page asks for the password that an account has. */
export const presentPassword = {
  en: [{ ...present, label: 'Password of the account' }],
  el: [{ ...present, label: 'Κωδικός πρόσβασης του λογαριασμού' }],
}
