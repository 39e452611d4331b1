import type { Context } from '#/platform/context.ts'

/** The database itself, for statements about tables that only it knows. It sees every write that was acknowledged. */
export const primary = ({ env }: Pick<Context, 'env'>): D1DatabaseSession => env.DB.withSession('first-primary')
