import type { Chapters } from '#/platform/http/endpoint.ts'
import { departureEndpoints } from './departure/routes.ts'
import { enrollmentEndpoints } from './enrollment/routes.ts'
import { holdEndpoints } from './hold/routes.ts'
import { overrideEndpoints } from './override/routes.ts'
import { sectionEndpoints } from './section/routes.ts'
import { termEndEndpoints } from './unresolved-seat/routes.ts'
import { turnstileEndpoints } from './turnstile/routes.ts'
import { waitlistEndpoints } from './waitlist/routes.ts'

export const endpoints: Chapters = {
  Terms: [...termEndEndpoints, ...turnstileEndpoints],
  Sections: sectionEndpoints,
  Holds: holdEndpoints,
  Overrides: overrideEndpoints,
  Enrollment: [...enrollmentEndpoints, ...departureEndpoints],
  Waitlists: waitlistEndpoints,
}
