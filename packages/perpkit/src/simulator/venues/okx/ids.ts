// Ids are strings of 19 digits that rise (docs/wire/okx.md 4.6); each kind has a range of its own.

const positionBase = 2_496_000_000_000_000_000n
const orderBase = 2_497_000_000_000_000_000n
const billBase = 2_498_000_000_000_000_000n
const attachedBase = 3_653_000_000_000_000_000n
const algoBase = 3_654_000_000_000_000_000n
const step = 4_096n
const tradeBase = 1_518_000_000

export function orderIdOf(number: number): string {
  return idOf(orderBase, number)
}

export function algoIdOf(number: number): string {
  return idOf(algoBase, number)
}

export function billIdOf(number: number): string {
  return idOf(billBase, number)
}

/** Id of protection that is attached to an order, from the order's own; `number` counts from 0. */
export function attachedIdOf(orderId: string, number: string): string {
  return String(attachedBase + (BigInt(orderId) - orderBase) + BigInt(number))
}

/** Id of the position that began with that fill. */
export function positionIdOf(billId: string): string {
  return String(positionBase + BigInt(billId) - billBase)
}

/** Trade id of a fill. */
export function fillTradeIdOf(billId: string): string {
  return String(tradeBase + Number((BigInt(billId) - billBase) / step))
}

/** Trade id of a public trade, from the engine's running number. */
export function tradeIdOf(number: string): string {
  return String(tradeBase + Number(number))
}

function idOf(base: bigint, number: number): string {
  return String(base + BigInt(number) * step)
}
