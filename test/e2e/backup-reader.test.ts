import { createCipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { fillDatabase, readBackup } from './backup-reader.ts'

/** The reader is what other tests judge backups by. Here it is judged itself: by files that are sealed well and say something wrong. */

type Kind = 'rows' | 'changes' | 'manifest'
type Chunk = [kind: Kind, table: string, lines: unknown[]]

const key = randomBytes(32)
const schema = [
  'CREATE TABLE city (code text primary key, name text not null) strict',
  'CREATE TABLE road (a text references city (code), b text references city (code), km integer, primary key (a, b)) strict',
  `CREATE TRIGGER road_closed before insert on road begin select raise(abort, 'closed'); end`,
]
const cities: Chunk = [
  'rows',
  'city',
  [
    ['A', 'Αθήνα'],
    ['V', 'Βόλος'],
    ['Ω', 'Ωρωπός'],
  ],
]
const roads: Chunk = [
  'rows',
  'road',
  [
    ['A', 'V', 330],
    ['V', 'A', null],
  ],
]
const changes: Chunk[] = [
  ['changes', 'city', [['L', 'Λάρισα'], { gone: ['Ω'] }, ['V', 'Volos'], { gone: ['X'] }]],
  ['changes', 'road', [{ gone: ['A', 'V'] }, ['A', 'L', 355]]],
  ['changes', 'city', [['L', 'Larisa']]],
]
const whole = [cities, roads, ...changes]
const counts = { city: 3, road: 2 }

describe('the reader of backups', () => {
  test('applies the changes, of several to a row the last one', () => {
    const { rows } = read(whole)
    const sorted = (table: string) => [...rows.get(table)!.values()].toSorted()
    expect(sorted('city')).toEqual([
      ['A', 'Αθήνα'],
      ['L', 'Larisa'],
      ['V', 'Volos'],
    ])
    expect(sorted('road')).toEqual([
      ['A', 'L', 355],
      ['V', 'A', null],
    ])
  })

  test('fills a database before its triggers work', () => {
    const database = fillDatabase(':memory:', read(whole))
    expect(database.prepare('select km, typeof(km) as type from road order by a').all()).toEqual([
      { km: 355, type: 'integer' },
      { km: null, type: 'null' },
    ])
    expect(database.prepare('select id, name from d1_migrations').all()).toEqual([{ id: 1, name: '0001_map.sql' }])
    expect(() => database.exec(`insert into road values ('A', 'A', 0)`)).toThrow('closed')
    database.close()
  })

  test('fills no database with a reference to nothing', () => {
    const backup = read([cities, ['rows', 'road', [['A', 'Z', 1]]]], { counts: { city: 3, road: 1 } })
    expect(() => fillDatabase(':memory:', backup)).toThrow('FOREIGN KEY')
  })

  test.each<[string, string, Chunk[]]>([
    ['a row too many', 'Table city: it has 4 rows', [...whole, ['changes', 'city', [['K', 'Κως']]]]],
    [
      'rows out of order',
      'Chunk 0 (rows of city): row A is not after V',
      [
        [
          'rows',
          'city',
          [
            ['V', ''],
            ['A', ''],
          ],
        ],
      ],
    ],
    ['a row twice', 'Chunk 1 (rows of city): row Ω is not after Ω', [cities, ['rows', 'city', [['Ω', '']]]]],
    ['a row after changes', 'Chunk 2 (rows of road): it comes after changes', [cities, changes[0]!, roads]],
    ['a table in two places', 'Chunk 2 (rows of city): another table', [cities, roads, cities]],
    ['an unknown table', 'Chunk 1 (rows of sea): the manifest does not know', [cities, ['rows', 'sea', [['I']]]]],
    ['a value too few', 'Chunk 0 (rows of city): a line has not one value', [['rows', 'city', [['A']]]]],
    ['a fraction', 'Chunk 1 (rows of road): a value is neither', [cities, ['rows', 'road', [['A', 'V', 0.5]]]]],
    ['a list as a value', 'Chunk 1 (rows of road): a value is neither', [cities, ['rows', 'road', [['A', 'V', []]]]]],
    [
      'a removal by half a key',
      'Chunk 1 (changes of road): a line has not',
      [cities, ['changes', 'road', [{ gone: ['A'] }]]],
    ],
    ['two lines of manifest', 'Chunk 1 (manifest): it is not one line', [cities, ['manifest', '', [{}, {}]]]],
    ['a table of the manifest', 'Chunk 0 (manifest of city): only a manifest', [['manifest', 'city', [{}]]]],
    ['rows of no table', 'Chunk 0 (rows): only a manifest', [['rows', '', []]]],
  ])('refuses %s', (_, message, chunks) => {
    expect(() => read(chunks)).toThrow(message)
  })

  test('refuses a manifest of another backup, and other chunks than it tells of', () => {
    expect(() => read(whole, { manifest: { name: 'other' } })).toThrow('Chunk 5 (manifest): it is of other')
    const tables = (changed: object) => ({
      manifest: { tables: tablesOf(whole, counts).map((one) => ({ ...one, ...changed })) },
    })
    expect(() => read(whole, tables({ chunks: 4 }))).toThrow('Table city: it has 3 chunks, in the manifest it has 4')
    expect(() => read(whole, tables({ sha256: '' }))).toThrow('Table city: its chain')
    expect(() => read(whole, tables({ name: 'city' }))).toThrow('Manifest: a table is in it twice')
  })
})

interface Different {
  counts?: Record<string, number>
  manifest?: object
}

/** Reads a file with these chunks and, when there is none among them, a manifest that fits. */
function read(chunks: Chunk[], different: Different = {}) {
  const tables = tablesOf(chunks, different.counts ?? counts)
  const times = { started_at: '2026-11-20T02:00:00.000Z', finished_at: '2026-11-20T02:00:01.000Z' }
  const manifest = { name: 'map', ...times, migrations: ['0001_map.sql'], schema, tables, ...different.manifest }
  const isEnded = chunks.some(([kind]) => kind === 'manifest')
  return readBackup(seal(isEnded ? chunks : [...chunks, ['manifest', '', [manifest]]]), { first: key })
}

function tablesOf(chunks: Chunk[], rows: Record<string, number>) {
  const own = (name: string) => {
    const contents = chunks.filter(([, table]) => table === name).map(([, , lines]) => contentOf(lines))
    const sha256 = contents.reduce((chain, content) => hash(chain + hash(content)), '')
    return { name, rows: rows[name], chunks: contents.length, sha256 }
  }
  return [
    { ...own('city'), columns: ['code', 'name'], key: ['code'] },
    { ...own('road'), columns: ['a', 'b', 'km'], key: ['a', 'b'] },
  ]
}

/** A file as docs/backup-format.md describes it. */
function seal(chunks: Chunk[]): Buffer {
  const meta = Buffer.from(JSON.stringify({ name: 'map', created_at: '2026-11-20T02:00:00.000Z', kid: 'first' }))
  const salt = randomBytes(16)
  const dataKey = randomBytes(32)
  const before = Buffer.concat([Buffer.from('LYCEUMB1'), number(2, meta.length), meta, salt])
  const chunkKey = Buffer.from(hkdfSync('sha256', dataKey, salt, 'LYCEUMB1 chunks', 32))
  const sealed = chunks.flatMap(([kind, table, lines], n) => {
    const last = kind === 'manifest' ? 'last' : 'more'
    const additional = Buffer.from(`LYCEUMB1 chunk\nmap\n${n}\n${kind}\n${table}\n${last}`)
    const content = encrypt(chunkKey, additional, gzipSync(contentOf(lines)))
    const kindNumber = { rows: 1, changes: 2, manifest: 3 }[kind]
    const frame = [number(4, content.length - 12), number(1, kindNumber), number(1, table.length), Buffer.from(table)]
    return [...frame, content]
  })
  return Buffer.concat([before, encrypt(key, before, dataKey), ...sealed])
}

/** The nonce, what is encrypted, the tag. */
function encrypt(key: Buffer, additional: Buffer, plain: Buffer): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(additional)
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

function number(size: number, value: number): Buffer {
  const bytes = Buffer.alloc(size)
  bytes.writeUIntBE(value, 0, size)
  return bytes
}

const contentOf = (lines: unknown[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join('')
const hash = (text: string) => createHash('sha256').update(text).digest('hex')
