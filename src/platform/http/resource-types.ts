import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import type { Page } from '#/platform/database/list/list.ts'
import type {
  ChangesOfEntity,
  RowOfEntity,
  SomeEntity,
  ValuesOfEntity,
} from '#/platform/database/write/entity-types.ts'
import type { Rule } from '#/platform/database/rule/rule.ts'
import type { DeclaredError } from '#/platform/errors.ts'
import type { Permission } from '#/platform/policy.ts'
import type { Schema } from './schema.ts'

type NounWith<Verb extends string, P = Permission> = P extends `${infer Noun}.${Verb}` ? Noun : never
/** Nouns whose policy has all of read, create, update, delete and restore. */
type Noun = NounWith<'update'> & NounWith<'restore'>

interface Declared<Of extends SomeEntity, Row, Query, Input, Changes, Asked> {
  noun: Noun
  /** As operation ids name it: `Program`, `Programs`. */
  names: readonly [one: string, many: string]
  path: `/${string}`
  entity: Of
  list: { query: Schema<Query>; page: (ctx: Context, query: Query) => Promise<Page<unknown>> }
  row: z.ZodType<Row>
  /** What POST answers, where that is more than a row. */
  created?: z.ZodType<Row>
  /** What PATCH and PUT answer, where that is more than a row. */
  changed?: z.ZodType<Row>
  input: Schema<Input>
  /** What rows are refused for beside the rules of the entity. */
  rules?: readonly Rule[]
  /** What PUT takes, where a first row needs more than its replacement. */
  replacement?: Schema<Changes>
  changes: Schema<Changes>
  /** What PATCH and PUT take beside their body, where they take anything; restore, too, where it is `restored`. */
  changeQuery?: Schema<Asked>
  /** What restore answers, where that is more than a row. */
  restored?: z.ZodType<Row>
  /** Every write asks for a fresh code. */
  stepUp?: true
  /** Errors of create, update and restore; of update, and of restore where it is `restored`; of delete; of restore beside those. */
  errors: Partial<Record<'write' | 'change' | 'delete' | 'restore', readonly DeclaredError[]>>
  remove?: (ctx: Context, id: number) => Promise<void>
}

export interface Reading<Row, Asked> {
  get: (ctx: Context, id: number) => Promise<NoInfer<Row>>
  restore: (ctx: Context, id: number, asked: NoInfer<Asked>) => Promise<NoInfer<Row>>
}

export interface Creating<Row, Input> {
  create: (ctx: Context, input: Input) => Promise<NoInfer<Row>>
}

export interface Updating<Row, Changes, Asked> {
  update: (ctx: Context, id: number, changes: Changes, asked: NoInfer<Asked>) => Promise<NoInfer<Row>>
}

/** An act may be left out when the entity's own does: the rows rest as they travel. */
type Unless<IsPlain extends boolean, Acts> = IsPlain extends true ? Partial<Acts> : Acts
type Is<Part, Whole> = [Part] extends [Whole] ? true : false

export type Resource<Of extends SomeEntity, Row, Query, Input, Changes, Asked> = Declared<
  Of,
  Row,
  Query,
  Input,
  Changes,
  Asked
> &
  Unless<Is<RowOfEntity<Of>, Row>, Reading<Row, Asked>> &
  Unless<Is<[RowOfEntity<Of>, Input], [Row, ValuesOfEntity<Of>]>, Creating<Row, Input>> &
  Unless<Is<[RowOfEntity<Of>, Changes], [Row, ChangesOfEntity<Of>]>, Updating<Row, Changes, Asked>>
