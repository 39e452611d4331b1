import { recordAct } from '#/platform/audit/record-act.ts'
import type { Context } from '#/platform/context.ts'
import { ApiError } from '#/platform/errors.ts'
import { admitTry } from '#/platform/gate/index.ts'
import { identifierKey } from '#/platform/text/identifier.ts'
import { errors } from './errors.ts'
import type { HolderClaim } from './schema.ts'

/** Whose document it is, as the document says. */
interface Holder {
  student_number: string
  date_of_birth: string | null
}

/** A document about to be shown: its noun in the audit log, and its id. */
interface Shown {
  entity: string
  id: string
}

/**
 * Throws HOLDER_NOT_CONFIRMED unless the claim is true of the holder, and RATE_LIMITED from the sixth try within an hour at one document,
 * wherever the tries come from. Either outcome is on record; none says which of the two was wrong.
 */
export async function requireHolder(ctx: Context, { entity, id }: Shown, claim: HolderClaim, holder: Holder) {
  await admitTry(ctx, `${entity}:${id}`)
  if (isTrueOf(claim, holder)) return recordAct(ctx, { entity, id })
  return refuseHolder({ entity, id })
}

/** The same of a code that is none of ours. Throws HOLDER_NOT_CONFIRMED. */
export function refuseHolder({ entity, id }: { entity: string; id: string | null }): never {
  throw new ApiError(errors.HOLDER_NOT_CONFIRMED, {}, { about: { entity, id, summary: 'holder not confirmed' } })
}

const isTrueOf = ({ student_number, date_of_birth }: HolderClaim, holder: Holder) =>
  student_number === undefined
    ? date_of_birth === holder.date_of_birth
    : plain(student_number) === plain(holder.student_number)

/** As people type it: neither case, alphabet nor spaces matter. */
const plain = (number: string) => identifierKey(number).replaceAll(/\s/g, '')
