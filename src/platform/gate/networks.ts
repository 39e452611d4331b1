/** Addresses of IPv4 as IPv6 writes them: ::ffff:a.b.c.d. */
const mapped = 0xffffn << 32n

/** An IPv4 or IPv6 address as a number of 128 bits; undefined for other text. */
function bitsOf(text: string): bigint | undefined {
  const parts = /^(?:::ffff:)?(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/i.exec(text)?.slice(1).map(Number)
  if (parts) return parts.every((part) => part <= 255) ? parts.reduce(joined(8n), 0n) | mapped : undefined
  const groups = groupsOf(text)
  return groups?.every((group) => /^[\da-f]{1,4}$/i.test(group))
    ? groups.map((group) => Number.parseInt(group, 16)).reduce(joined(16n), 0n)
    : undefined
}

const joined = (width: bigint) => (bits: bigint, part: number) => (bits << width) | BigInt(part)

/** The eight groups of an IPv6 address, those that `::` stands for written out. */
function groupsOf(text: string): string[] | undefined {
  const [before, after, ...more] = text.split('::').map((half) => (half === '' ? [] : half.split(':')))
  if (!before || more.length > 0) return undefined
  if (!after) return before.length === 8 ? before : undefined
  const missing = 8 - before.length - after.length
  return missing < 1 ? undefined : [...before, ...Array.from({ length: missing }, () => '0'), ...after]
}

/** Who shares an address: an IPv4 address, or the /64 of an IPv6 one, which is what a household or a device gets. */
export function networkOf(address: string | null): string {
  const bits = bitsOf(address ?? '')
  if (bits === undefined) return address ?? 'unknown'
  return bits >> 32n === 0xffffn ? bits.toString(16) : `${(bits >> 64n).toString(16)}/64`
}

export interface Network {
  bits: bigint
  /** How many of the 128 bits are the network's. */
  length: number
}

/** A network such as `192.0.2.0/24` or `2001:db8::/32`; undefined for other text. */
export function networkFrom(text: string): Network | undefined {
  const [, address = '', digits = ''] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? []
  const bits = bitsOf(address)
  if (bits === undefined) return undefined
  const [least, length] = address.includes('.') ? [96, Number(digits) + 96] : [0, Number(digits)]
  return length >= least && length <= 128 ? { bits, length } : undefined
}

/** Whether an address lies in one of these networks. */
export function isIn(networks: readonly Network[], address: string | null): boolean {
  const own = networks.length > 0 ? bitsOf(address ?? '') : undefined
  if (own === undefined) return false
  return networks.some(({ bits, length }) => (own ^ bits) >> BigInt(128 - length) === 0n)
}
