import type { Chapters } from '#/platform/http/endpoint.ts'
import { emailConfirmationEndpoints } from './email-confirmation/routes.ts'
import { invitationEndpoints } from './invitation/routes.ts'
import { passwordResetEndpoints } from './password-reset/routes.ts'
import { preferenceEndpoints } from './preference/routes.ts'
import { secondFactorEndpoints } from './second-factor/routes.ts'
import { sessionEndpoints } from './session/routes.ts'
import { staffEndpoint } from './staff/routes.ts'
import { passwordEndpoint, registrationEndpoint, userEndpoints } from './user/routes.ts'

export const endpoints: Chapters = {
  Identity: [registrationEndpoint, ...emailConfirmationEndpoints, ...sessionEndpoints, passwordEndpoint],
  Users: [...passwordResetEndpoints, ...invitationEndpoints, ...userEndpoints, staffEndpoint],
  'Second factor': secondFactorEndpoints,
  Preferences: preferenceEndpoints,
}
