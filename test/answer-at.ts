import type { Answers } from './answers.ts'

/** What an operation answers, by its method and the address that a test asks: `/students/${id}?page=2`. `unknown` where the address is only known at run time. */
export type AnswerAt<Method extends string, Path extends string> = string extends Path
  ? unknown
  : Asked<Step<Answers, Parts<WithoutQuery<Path>>>, Method>

type WithoutQuery<Path extends string> = Path extends `${infer Address}?${string}` ? Address : Path

/** Below /api/v1 a path begins with `/`, elsewhere with `~/`. */
type Parts<Address extends string> = Address extends `/${infer Below}` ? Below : Address

type Step<Node, Address extends string> = Address extends `${infer Part}/${infer Rest}`
  ? Step<Below<Node, Part>, Rest>
  : Below<Node, Address>

/** A part that is a word of the table, or the value of a parameter. */
type Below<Node, Part extends string> = Part extends keyof Node
  ? Node[Part]
  : [Begun<Node, Part>] extends [never]
    ? ':' extends keyof Node
      ? Node[':']
      : never
    : Begun<Node, Part>

/** A word with a query behind it that is only known at run time. */
type Begun<Node, Part extends string> = {
  [Word in keyof Node & string]: `${Word}${string}` extends Part
    ? Part extends `${Word}${string}`
      ? Node[Word]
      : never
    : never
}[keyof Node & string]

type Asked<Node, Method extends string> = [Node] extends [never]
  ? unknown
  : Method extends keyof Node
    ? Node[Method]
    : unknown
