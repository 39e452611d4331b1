import type { Context } from '#/platform/context.ts'
import { steady } from '#/platform/database/steady/index.ts'

/**
 * The database itself, past Drizzle. Tables are known by name at run time only, lines come and go as half megabytes of text that nothing
 * has to map, and each step sees every write that was acknowledged, also what another session wrote.
 */
export const primary = ({ env }: Pick<Context, 'env'>): D1DatabaseSession => steady(env.DB.withSession('first-primary'))
