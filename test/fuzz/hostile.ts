import type { Random } from './random.ts'

/** Stands in JSON for text that JSON.stringify does not write: `jsonText` puts it in as it is. */
const raw = (text: string) => `raw<${text}>`
export const jsonText = (value: unknown): string =>
  JSON.stringify(value).replaceAll(/"raw<((?:[^>"\\]|\\.)*)>"/g, (_, text: string) => JSON.parse(`"${text}"`) as string)

const zalgo = `Z${'\u0300\u0327\u0334\u0489'.repeat(12)}algo`

export const hostileTexts: readonly string[] = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udfff\ud800',
  '\ufeff',
  '\u202egnirts\u202c',
  'مرحبا بالعالم',
  '👩‍👩‍👧‍👦🏳️‍🌈',
  zalgo,
  'ΐΰςΣİıßﬁ',
  '\u2028\u2029',
  "' or 1=1 --",
  "'; drop table student; --",
  '") union select password_hash from user --',
  '%',
  '_%\\',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  "=cmd|'/c calc'!A1",
  '@SUM(1+1)',
  '+1-1',
  '../../../../etc/passwd',
  '..\\..\\windows',
  'file:///etc/passwd',
  'x\r\nX-Injected: yes',
  'x\nSet-Cookie: a=b',
  '<script>alert(1)</script>',
  '${7*7}{{7*7}}',
  'null',
  'undefined',
  'NaN',
  'Infinity',
  '-Infinity',
  '1e999',
  '0x10',
  '007',
  '-0',
  '9'.repeat(400),
  '1,2,3',
  ','.repeat(50),
  'true',
  '{}',
  '[]',
  '2026-02-30',
  '2026-13-01',
  '0000-00-00',
  '9999-12-31',
  '+012345-01-01',
  '2026-11-20T09:00:00+99:99',
  '9999-12-31T23:59:59-23:59',
  '24:00',
  '23:59',
  'a'.repeat(255),
  'π'.repeat(5000),
  '😀'.repeat(2000),
  'a@b',
  `${'a'.repeat(64)}@${'b'.repeat(180)}.gr`,
  '(((((',
  '[a-',
  '"',
  '\\',
]

const hostileNumbers: readonly unknown[] = [
  0,
  raw('-0'),
  -1,
  1,
  0.1,
  0.005,
  -0.5,
  99.995,
  100.01,
  1e-7,
  2 ** 31,
  -(2 ** 31),
  2 ** 53 - 1,
  2 ** 53,
  raw('9223372036854775807'),
  raw('9223372036854775808'),
  raw('18446744073709551616'),
  1e21,
  1e308,
  raw('1e400'),
  raw('-1e400'),
  raw('1E+2'),
  raw('0.00000000000000000000000001'),
  raw('12345678901234567890.12345678901234567890'),
]

/** Fields that decide who may do what, or that belong to the service: no body may set them where they are not declared. */
export const assignedKeys: readonly string[] = [
  'id',
  'role',
  'tier',
  'state',
  'status',
  'is_active',
  'is_admin',
  'actor_id',
  'actor_role',
  'user_id',
  'student_id',
  'version',
  'created_at',
  'updated_at',
  'deleted_at',
  'created_by',
  'published_by',
  'decided_by',
  'seats_taken',
  'password_hash',
  'permission',
  'reach',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'length',
  '',
  '\u0000',
  '\ud800',
]

/** What somebody would like these fields to be. */
const assignedValues: readonly unknown[] = [
  'admin',
  'registrar',
  'enterprise',
  'published',
  'frozen',
  'approved',
  'completed',
  1,
  999_999,
  null,
  true,
  '1970-01-01T00:00:00.000Z',
]

export const hostileText = (random: Random) => random.pick(hostileTexts)

/** Anything JSON can say, and some that it can not. */
export function hostileValue(random: Random, depth = 0): unknown {
  switch (random.below(depth > 2 ? 5 : 10)) {
    case 0:
      return random.pick(hostileNumbers)
    case 1:
      return random.pick([null, true, false])
    case 2:
    case 3:
    case 4:
      return hostileText(random)
    case 5:
      return Array.from({ length: random.below(4) }, () => hostileValue(random, depth + 1))
    case 6:
      return Array.from({ length: random.pick([101, 501, 1001, 3000]) }, () => 1)
    case 7:
      return nested(random, random.pick([5, 31, 33, 200, 3000]))
    case 8:
      return withAssigned({}, random)
    default:
      return Object.fromEntries(
        Array.from({ length: 3 }, () => [hostileText(random), hostileValue(random, depth + 1)] as const),
      )
  }
}

/** Lists in lists, or objects in objects. */
function nested(random: Random, levels: number): unknown {
  const [open, close] = random.chance(50) ? ['[', ']'] : ['{"a":', '}']
  return raw(`${open!.repeat(levels)}1${close!.repeat(levels)}`)
}

/** The object with one to three keys that are not its sender's to set. Own keys, `__proto__` too. */
export function withAssigned(object: object, random: Random): object {
  const keys = Array.from({ length: 1 + random.below(3) }, () => {
    const value = random.chance(70) ? random.pick(assignedValues) : { role: 'admin', polluted: true }
    return [random.pick(assignedKeys), value] as const
  })
  return Object.fromEntries([...Object.entries(object), ...keys])
}

/** Bodies that are no JSON, or hardly. */
export const brokenBodies: readonly (string | Uint8Array<ArrayBuffer>)[] = [
  '',
  '{',
  '{"a":1,}',
  "{'a':1}",
  '{"a":NaN}',
  '{"a":1}{"b":2}',
  '\ufeff{}',
  '{"a":"\u0001"}',
  '{"a":"\\ud800"}',
  '{"code":"A","code":"B"}',
  '[[[[',
  'a=1&b=2',
  'null',
  '"text"',
  '[]',
  '7',
  new Uint8Array([0xff, 0xfe, 0x7b, 0x7d]),
  new Uint8Array([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]),
  '['.repeat(20_000),
  `{"a":"${'x'.repeat(70_000)}"}`,
]

/** Segments of a path, as they stand in the address. */
export const hostileSegments: readonly string[] = [
  '0',
  '-1',
  '1.5',
  '1e3',
  '01',
  '%00',
  '1%00',
  '%zz',
  '%',
  '%ED%A0%80',
  '%C3%28',
  '%F0%9F%98%80',
  '..%2f..%2fetc%2fpasswd',
  '%2e%2e',
  '1;drop%20table%20student',
  '1%0d%0aX-Injected:%20yes',
  "1'--",
  '999999999999999',
  '9999999999999999999',
  '9'.repeat(2000),
  '__proto__',
  'constructor',
  'null',
  'NaN',
  ':id',
  '*',
  '1,2',
  '1?x=1',
  'export.csv',
]

export const hostileHeaders: readonly (readonly [name: string, value: string])[] = [
  ['accept-language', 'el'],
  ['accept-language', 'xx;q=NaN, el;q=1e9,,;;;'],
  ['accept-language', 'e'.repeat(4000)],
  ['accept', 'text/html'],
  ['accept', '*/*;q=x'],
  ['if-match', '*'],
  ['if-match', '"1"'],
  ['if-match', 'W/"1", "99999999999999999999", garbage'],
  ['if-match', '""'],
  ['if-none-match', '*'],
  ['if-none-match', "' or 1=1 --"],
  ['idempotency-key', 'a key with spaces'],
  ['idempotency-key', 'same-key'],
  ['idempotency-key', 'k'.repeat(201)],
  ['idempotency-key', ''],
  ['x-request-id', 'x'.repeat(500)],
  ['x-request-id', '../../etc/passwd'],
  ['x-d1-bookmark', 'not a bookmark'],
  ['x-d1-bookmark', '00000001-00000001-00000001-00000001'],
  ['x-forwarded-for', '127.0.0.1'],
  ['cf-connecting-ip', "' or 1=1 --"],
  ['user-agent', '<script>alert(1)</script>'],
  ['user-agent', 'u'.repeat(4000)],
  ['origin', 'https://evil.example'],
  ['origin', 'null'],
  ['cookie', 'refresh_token=; __proto__=1; =; ;;'],
  ['range', 'bytes=0-1,5-,-1'],
  ['content-type', 'text/plain'],
  ['content-type', 'application/json; charset=utf-16'],
  ['content-type', 'application/json, text/plain'],
  ['content-type', 'multipart/form-data'],
  ['content-encoding', 'gzip'],
  ['x-http-method-override', 'DELETE'],
  ['x-original-url', '/api/v1/users'],
]
