import * as z from 'zod'
import { type Page, searchParameter } from '#/platform/database/list/list.ts'
import { whole } from '#/platform/database/list/whole.ts'
import { occursIn } from '#/platform/text/occurs-in.ts'
import { declaredFields } from '#/platform/http/declared-fields.ts'
import { type Call, type Declaration, endpoint, type Endpoint } from '#/platform/http/endpoint.ts'
import { pageOf } from '#/platform/http/envelope.ts'

interface WholeList<Row, Params, Filters extends z.ZodRawShape, Beside> extends Omit<
  Declaration<Params>,
  'method' | 'query' | 'body' | 'returns'
> {
  row: z.ZodType<Row>
  /** What its rows are filtered by, beside `search`. */
  filters?: Filters
  /** What its answer says beside the rows. */
  beside?: { readonly [Field in keyof Beside]: z.ZodType<Beside[Field]> }
}

/** Declares the operation of a list that comes whole. `search` goes through what its rows show to the caller. */
export const wholeList = <
  Row,
  Params = undefined,
  Filters extends z.ZodRawShape = Record<never, never>,
  Beside = unknown,
>({
  row,
  filters,
  beside,
  ...declaration
}: WholeList<Row, Params, Filters, Beside>) => ({
  handle: (
    read: (call: Call<Params, z.output<z.ZodObject<Filters>>, undefined>) => Promise<Page<Row> & Beside>,
  ): Endpoint =>
    endpoint({
      ...declaration,
      method: 'get',
      query: z.strictObject({ ...filters, search: searchParameter }) as unknown as z.ZodType<Asked<Filters>>,
      returns: pageOf(row).extend((beside ?? {}) as z.ZodRawShape) as unknown as z.ZodType<Page<Row> & Beside>,
    }).handle(async (call) => {
      const page = await read({ ...call, body: undefined })
      const { search } = call.query
      if (search === undefined) return page
      const shown = declaredFields(row, call.ctx.actor.role)
      return { ...page, ...whole(page.items.filter((one) => occursIn(textsOf(shown(one)), search))) }
    }),
})

type Asked<Filters extends z.ZodRawShape> = z.output<z.ZodObject<Filters>> & { search?: string | undefined }

/** The texts and ids that a row shows, at every depth; no other numbers, and no days or moments. */
function textsOf(value: unknown, field = ''): string[] {
  if (typeof value === 'string') return moment.test(value) ? [] : [value]
  if (typeof value === 'number') return /(?:^|_)(?:id|by)$/.test(field) ? [String(value)] : []
  return Object.entries(value ?? {}).flatMap(([name, one]) => textsOf(one, name))
}

const moment = /^\d{4}-\d\d-\d\d(?:T|$)/
