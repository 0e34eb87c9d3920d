// Ids in the venue's form: 19 digits, beyond 2^53 (docs/wire/htx.md 9). Each kind starts where one
// was recorded and grows by `SPACING`, so that the offset of a history id stays below the next id.

const FIRST_ORDER = 1_512_501_029_504_577_536n
const FIRST_CONDITIONAL = 1_512_871_666_507_657_216n
const FIRST_FILL = 1_513_834_754_679_549_965n
const SPACING = 4_194_304n

/** Paging ids of conditional orders are short. */
const FIRST_PLACE = 162_173_672n

const FIRST_TRADE = 152_022_944n

/** What a paging id of the order history is ahead of the order's own. */
const HISTORY_OFFSET = 69_193n

export function orderIdOf(number: number): string {
  return String(FIRST_ORDER + BigInt(number) * SPACING)
}

export function conditionalIdOf(number: number): string {
  return String(FIRST_CONDITIONAL + BigInt(number) * SPACING)
}

export function fillIdOf(number: number): string {
  return String(FIRST_FILL + BigInt(number) * SPACING)
}

/** `id` of an order in the history: docs/wire/htx.md 4.7. */
export function historyIdOf(orderId: string): string {
  return String(BigInt(orderId) + HISTORY_OFFSET)
}

/** `id` of a conditional order's row: docs/wire/htx.md 4.10. */
export function placeIdOf(conditionalId: string): string {
  return String(FIRST_PLACE + (BigInt(conditionalId) - FIRST_CONDITIONAL) / SPACING)
}

/** `trade_id` of a fill. */
export function tradeIdOf(fillId: string): string {
  return String(FIRST_TRADE + (BigInt(fillId) - FIRST_FILL) / SPACING)
}
