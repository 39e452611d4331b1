import { describe, expect, test } from 'vitest'
import { isIn, networkFrom, networkOf } from '#/platform/gate/networks.ts'

describe('who shares an address', () => {
  test.each([
    ['2001:db8::1', '2001:db8:0:0:ffff:ffff:ffff:ffff'],
    ['::1', '0:0:0:0::'],
    ['192.0.2.1', '::ffff:192.0.2.1'],
    ['192.0.2.1', '::FFFF:C000:201'],
  ])('%s and %s', (one, other) => {
    expect(networkOf(one)).toBe(networkOf(other))
  })

  test.each([
    ['2001:db8::1', '2001:db8:0:1::1'],
    ['192.0.2.1', '192.0.2.2'],
    ['192.0.2.1', '::192.0.2.1'],
    ['1::', '::1'],
  ])('not %s and %s', (one, other) => {
    expect(networkOf(one)).not.toBe(networkOf(other))
  })

  test.each(['300.1.1.1', '1:2:3', '1::2::3', ':::', '1:2:3:4:5:6:7:8:9', 'g::1', '12345::', '1:2:3:4:5:6:7:8::'])(
    '%s is an address of nobody else',
    (text) => {
      expect(networkOf(text)).toBe(text)
    },
  )

  test('whoever has none', () => {
    expect(networkOf(null)).toBe('unknown')
  })
})

describe('a network', () => {
  test.each([
    ['192.0.2.0/24', '192.0.2.255', true],
    ['192.0.2.0/24', '192.0.3.0', false],
    ['192.0.2.7/32', '192.0.2.7', true],
    ['192.0.2.7/32', '192.0.2.6', false],
    ['0.0.0.0/0', '203.0.113.9', true],
    ['0.0.0.0/0', '2001:db8::1', false],
    ['2001:db8::/32', '2001:db8:ffff::1', true],
    ['2001:db8::/32', '2001:db9::', false],
    ['::/0', '2001:db8::1', true],
    ['2001:db8::1/128', '2001:db8::1', true],
    ['2001:db8::1/128', '2001:db8::2', false],
    ['192.0.2.0/24', 'nonsense', false],
  ])('%s holds %s: %s', (network, address, expected) => {
    expect(isIn([networkFrom(network)!], address)).toBe(expected)
  })

  test.each(['192.0.2.0', '192.0.2.0/33', '2001:db8::/129', 'x/8', '192.0.2/24', '/8', '192.0.2.0/-1'])(
    '%s is none',
    (text) => {
      expect(networkFrom(text)).toBeUndefined()
    },
  )
})
