import { settingsOf } from '#/platform/env.ts'
import { nameOf } from '#/platform/gate/index.ts'
import { testEnv } from '../../world.ts'

/** The object that counts for a subject, under the name that it has in this deployment. */
export const gateOf = async (subject: string) => testEnv.GATE.getByName(await nameOf(settingsOf(testEnv), subject))
