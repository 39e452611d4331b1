import { endpoint } from '#/platform/http/endpoint.ts'
import { findPreferences } from './queries.ts'
import { savePreferences } from './save-preferences.ts'
import { Mode, ModeInput, Preferences, PreferencesInput } from './schema.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const preferenceEndpoints = [
  endpoint({
    id: 'getMode',
    method: 'get',
    path: '/user/mode',
    summary: 'Whether pages guide you or get out of your way',
    permission: 'preference.read',
    withoutSecondFactor: true,
    returns: Mode,
  }).handle(({ ctx }) => findPreferences(ctx)),

  endpoint({
    id: 'setMode',
    method: 'post',
    path: '/user/mode',
    summary: 'Choose between beginner and expert',
    permission: 'preference.update',
    withoutSecondFactor: true,
    body: ModeInput,
    returns: Mode,
    errors: [sharedErrors.STALE_STATE, sharedErrors.PRECONDITION_FAILED],
  }).handle(({ ctx, body }) => savePreferences(ctx, body)),

  endpoint({
    id: 'getPreferences',
    method: 'get',
    path: '/user/preferences',
    summary: 'Your preferences; the defaults until you change them',
    permission: 'preference.read',
    withoutSecondFactor: true,
    returns: Preferences,
  }).handle(({ ctx }) => findPreferences(ctx)),

  endpoint({
    id: 'savePreferences',
    method: 'put',
    path: '/user/preferences',
    summary: 'Change the preferences that are given; the others stay',
    permission: 'preference.update',
    withoutSecondFactor: true,
    body: PreferencesInput,
    changes: { row: Preferences, read: findPreferences },
    returns: Preferences,
    errors: [sharedErrors.STALE_STATE, sharedErrors.PRECONDITION_FAILED],
  }).handle(({ ctx, body }) => savePreferences(ctx, body)),
]
