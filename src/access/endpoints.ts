import type { Chapters } from '#/platform/http/endpoint.ts'
import { mailedTokenEndpoints } from './mailed-token/routes.ts'
import { preferenceEndpoints } from './preference/routes.ts'
import { secondFactorEndpoints } from './second-factor/routes.ts'
import { sessionEndpoints } from './session/routes.ts'
import { passwordEndpoint, registrationEndpoint, userEndpoints } from './user/routes.ts'

export const endpoints: Chapters = {
  Identity: [registrationEndpoint, ...sessionEndpoints, passwordEndpoint],
  Users: [...mailedTokenEndpoints, ...userEndpoints],
  'Second factor': secondFactorEndpoints,
  Preferences: preferenceEndpoints,
}
