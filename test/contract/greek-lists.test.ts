import { beforeAll, describe, expect, test } from 'vitest'
import { call } from '../call.ts'
import { refreshSearchTexts } from '#/exchange/search/index.ts'
import { type Persona, systemContext, type World } from '../world.ts'
import { greekWorld } from './greek-world.ts'
import { elsewhere, fieldsOf, filledList, isEnum, isMoment, lists, takes } from './list-rows.ts'

let w: World
let admin: Persona
beforeAll(async () => {
  w = await greekWorld()
  admin = await w.admin()
})

const isGreek = /\p{Script=Greek}/u
/** As it is typed in capitals: without accents, the final sigma like any other. */
const inCapitals = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toUpperCase()

/** What is searched for: of a sentence its words, and of a compound name its parts. Codes inside of a sentence are found as they are written. */
function searchedFor(field: string, text: string): string {
  if (field === 'listLegacy text') return text.replaceAll(/\S*\d\S*|[.,;·]/g, '').slice(0, 200)
  return field === 'listAuditEntries summary' ? text.replaceAll(/[-,]/g, ' ') : text
}

/** No search looks into what is sealed. */
const sealed = ['listAuditEntries reason']

/** Fields that hold no Greek: ids, words of the API, addresses. */
const inLatin =
  /^(?:id|\w+_id|email|phone|digest|kid|blocks|reason_code|attendance_rule|entity|entity_type|path|method|action|actor_role|cron|operation|subject|type|message|listImportErrors (?:field|code)|list(?:Backups|BackupRuns|Jobs) name|listAuditEntries reason|listApprovals requested_by_name)$/

/** The texts of a field, at every depth. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return isMoment(value) ? [] : [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

type Row = Record<string, unknown>
const keyOf = (row: Row) => row['id'] ?? row['name'] ?? row['kid']

describe.each(lists.filter(({ id }) => !elsewhere.includes(id)).map((endpoint) => [endpoint.id, endpoint] as const))(
  '%s',
  (id, endpoint) => {
    test('finds a row by each Greek text that it shows, as it is written and in capitals', async () => {
      const { as = admin, path } = await filledList(w, admin, id)
      await refreshSearchTexts(systemContext())
      const rows = async (query: string): Promise<Row[]> => {
        const size = takes(endpoint, 'page_size') ? 'page_size=200&' : ''
        const { status, data } = await call(as, 'GET', `${path}?${size}${query}`, undefined, {
          'accept-language': 'el',
        })
        expect(status).toBe(200)
        return (data as { items: Row[] }).items
      }
      const shown = await rows('')
      const missed: string[] = []
      const seen: string[] = []
      const fields = fieldsOf(endpoint)
      for (const [name, field] of Object.entries(fields)) {
        if (isEnum(field) || sealed.includes(`${id} ${name}`)) continue
        const row = shown.find((one) => textsIn(one[name]).some((text) => isGreek.test(text)))
        if (!row) continue
        seen.push(name)
        for (const text of textsIn(row[name]).filter((one) => isGreek.test(one)))
          for (const typed of [text, inCapitals(text)].map((one) => searchedFor(`${id} ${name}`, one))) {
            const found = await rows(`search=${encodeURIComponent(typed)}`)
            if (!found.some((one) => keyOf(one) === keyOf(row))) missed.push(`${name}: ${typed}`)
          }
      }
      const unseen = shown.flatMap((row) =>
        Object.keys(row).filter(
          (name) => !seen.includes(name) && !isEnum(fields[name]) && textsIn(row[name]).length > 0,
        ),
      )
      expect([...new Set(unseen)].filter((name) => !inLatin.test(name) && !inLatin.test(`${id} ${name}`))).toEqual([])
      expect(missed).toEqual([])
    })
  },
)
