/** Ids are 19-digit decimal texts: docs/wire/bitget.md 4.4. Those of the stores never collide. */
export function orderIdOf(number: number): string {
  return idOf(number, 0n)
}

export function planIdOf(number: number): string {
  return idOf(number, 2n)
}

export function fillIdOf(number: number): string {
  return idOf(number, 4n)
}

export function recordIdOf(number: number): string {
  return idOf(number, 6n)
}

/** The numeric client id that the server makes for an order that came without one. */
export function madeClientId(orderId: string): string {
  return String(BigInt(orderId) + 1n)
}

// Room for the server's own client id after each id.
function idOf(number: number, offset: bigint): string {
  return String(FIRST + BigInt(number) * 8n + offset)
}

const FIRST = 1_300_000_000_000_000_000n
