import { sha256 } from '../../../core/bytes.ts'

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

/** Ten digits that follow from the account. */
export function uidOf(accountId: string): string {
  const digits = Number.parseInt(sha256(accountId, 'hex').slice(0, 8), 16)
  return String(1_000_000_000 + (digits % 9_000_000_000))
}

// Room for the server's own client id after each id.
function idOf(number: number, offset: bigint): string {
  return String(FIRST + BigInt(number) * 8n + offset)
}

const FIRST = 1_300_000_000_000_000_000n
