import { codeIn, protectedAccount } from '../access/second-factor/second-factor.ts'
import {
  confirmationToken,
  invitationToken,
  invitee,
  newInvitation,
  resetToken,
} from '../access/mailed-token/mailed.ts'
import { newAccount } from '../access/identity/account.ts'
import { caller, password, persona, unique } from '../world.ts'
import { type SampleMaker, signedIn } from './sample-rows.ts'

const newUser = () => ({ email: `user${unique()}@lyceum.test`, full_name: 'Ελένη Γλύκατζη', role: 'faculty', password })
const user = async (suffix = '') => `/users/${(await persona('faculty')).userId}${suffix}`

/** Somebody who is signed in twice. */
async function twice() {
  const account = await newAccount()
  const [here, there] = [(await account.signIn()).data, (await account.signIn()).data]
  return { me: caller(here.access_token), there: there.refresh_token!.split('.')[0] as string }
}

export const identitySamples: Record<string, SampleMaker> = {
  login: async (w) => ({ path: '/auth/login', body: { email: (await w.admin()).email, password } }),
  passwordGrant: async (w) => ({
    path: '/auth/token',
    body: new URLSearchParams({ grant_type: 'password', username: (await w.admin()).email, password }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  }),
  refreshSession: async (w) => ({ path: '/auth/refresh', body: { refresh_token: (await signedIn(w)).refresh_token } }),
  logout: async (w) => ({
    path: '/auth/logout',
    headers: { authorization: `Bearer ${(await signedIn(w)).access_token}` },
  }),
  finishLogin: async () => {
    const account = await protectedAccount()
    return { path: '/auth/mfa/login', body: { mfa_token: await account.challenge(), code: account.recovery[0] } }
  },
  setUpTotp: async (w) => ({ as: await w.admin(), path: '/auth/mfa/setup' }),
  confirmTotp: async () => {
    const as = caller((await (await newAccount()).signIn()).data.access_token)
    const { secret } = (await as.post('/auth/mfa/setup')).data
    return { as, path: '/auth/mfa/verify', body: { code: await codeIn(secret) } }
  },
  disableTotp: async () => {
    const { me, recovery } = await protectedAccount()
    return { as: me, path: '/auth/mfa/disable', body: { password, code: recovery[0] } }
  },
  stepUp: async () => {
    const { me, recovery } = await protectedAccount()
    return { as: me, path: '/auth/mfa/step-up', body: { code: recovery[0] } }
  },
  getOwnAccount: async () => ({ path: '/auth/me' }),
  getMode: async () => ({ path: '/user/mode' }),
  setMode: async (w) => ({ as: await w.admin(), path: '/user/mode', body: { mode: 'expert' } }),
  getPreferences: async () => ({ path: '/user/preferences' }),
  savePreferences: async (w) => ({ as: await w.admin(), path: '/user/preferences', body: { theme: 'dark' } }),

  getSessions: async () => ({ as: (await twice()).me, path: '/auth/sessions' }),
  endSession: async () => {
    const { me, there } = await twice()
    return { as: me, path: `/auth/sessions/${there}` }
  },
  endOtherSessions: async () => ({ as: (await twice()).me, path: '/auth/sessions/revoke-all' }),
  changePassword: async () => ({
    as: (await twice()).me,
    path: '/auth/change-password',
    body: { current_password: password, new_password: 'Another-Horse-7!' },
  }),

  requestEmailConfirmation: async () => ({
    path: '/auth/email-confirmation/request',
    body: { email: (await newAccount({ email_verified_at: null })).email },
  }),
  confirmEmail: async () => {
    const { email } = await newAccount({ email_verified_at: null })
    return { path: '/auth/email-confirmation/confirm', body: { token: await confirmationToken(email) } }
  },
  requestPasswordReset: async (w) => ({
    path: '/auth/password-reset/request',
    body: { email: (await w.admin()).email },
  }),
  confirmPasswordReset: async () => {
    const { email } = await newAccount()
    return {
      path: '/auth/password-reset/confirm',
      body: { token: await resetToken(email), new_password: 'Another-Horse-7!' },
    }
  },
  getConfirmEmailPage: async () => ({ path: '~/console/confirm-email' }),
  getNewPasswordPage: async () => ({ path: '~/console/new-password' }),
  getAcceptInvitationPage: async () => ({ path: '~/console/accept-invitation' }),
  listInvitations: async () => ({ path: '/users/invitations' }),
  withdrawInvitation: async () => ({ path: `/users/invitations/${await newInvitation(invitee())}` }),
  inviteUser: async () => ({ path: '/users/invitations', body: invitee() }),
  acceptInvitation: async () => ({
    path: '/auth/invitations/accept',
    body: { token: await invitationToken(invitee()), password },
  }),
  listUsers: async () => ({ path: '/users' }),
  createUser: async () => ({ path: '/users', body: newUser() }),
  getUser: async () => ({ path: await user() }),
  updateUser: async () => ({ path: await user(), body: { tier: 'pro' } }),
  replaceUser: async () => {
    const { password: _, ...replacement } = newUser()
    return { path: await user(), body: replacement }
  },
  deleteUser: async () => ({ path: await user() }),
  restoreUser: async (w) => {
    const path = await user()
    await (await w.admin()).delete(path)
    return { path: `${path}/restore` }
  },
  endUserSessions: async () => {
    const { id, signIn } = await newAccount()
    await signIn()
    return { path: `/users/${id}/sessions` }
  },
  unlockUser: async (w) => {
    const { email, userId } = await w.admin()
    await caller(null).post('/auth/login', { email, password: 'Wrong-Horse-9!' })
    return { path: `/users/${userId}/unlock` }
  },
}
