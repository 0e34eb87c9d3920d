/** Types of conditional orders: docs/wire/htx.md 4.10. */
export const algoTypes = ['tp', 'sl', 'tpsl', 'trigger', 'trailing_stop'] as const

export type AlgoType = (typeof algoTypes)[number]

/**
 * What the venue keeps with an order beside the engine's figures, in its own words. A conditional
 * order hands its notes on to the order it becomes.
 */
export interface OrderNotes {
  /** `''` for plain orders. */
  algoType: AlgoType | ''
  /** Of the second leg of a `tpsl`: the conditional order it belongs to. */
  primaryId: string
  /** Of conditional orders that came with an entry. */
  entryOrderId: string
  priceMatch: string
  timeInForce: string
  selfMatchPrevent: string
  /** `formula_price` and the like, of a trailing order. */
  orderPriceType: string
  /** As sent; `''` when it was active at once. */
  activePrice: string
  leverRate: number
  priceProtect: boolean
  tp: LegNotes
  sl: LegNotes
}

/** A take-profit or stop-loss as it was sent; `''` everywhere when there was none. */
export interface LegNotes {
  trigger: string
  /** `'0'` for a market order. */
  orderPrice: string
  type: string
  source: string
}

export const noLeg: Readonly<LegNotes> = { trigger: '', orderPrice: '', type: '', source: '' }

/** The engine's own mark on an order that liquidates. */
export function isLiquidation(data: Readonly<Record<string, unknown>>): boolean {
  return data.liquidation === true
}

/** The notes of an engine's order; what is missing is blank. */
export function readNotes(data: Readonly<Record<string, unknown>>): OrderNotes {
  const text = (name: keyof OrderNotes, blank = ''): string => {
    const value = data[name]
    return typeof value === 'string' ? value : blank
  }
  const { leverRate, priceProtect } = data
  return {
    algoType: algoTypes.find((type) => type === data.algoType) ?? '',
    primaryId: text('primaryId'),
    entryOrderId: text('entryOrderId'),
    priceMatch: text('priceMatch'),
    timeInForce: text('timeInForce', 'gtc'),
    selfMatchPrevent: text('selfMatchPrevent', 'cancel_taker'),
    orderPriceType: text('orderPriceType'),
    activePrice: text('activePrice'),
    leverRate: typeof leverRate === 'number' ? leverRate : 0,
    priceProtect: priceProtect === true,
    tp: readLegNotes(data.tp),
    sl: readLegNotes(data.sl),
  }
}

/** Notes for the engine to keep. */
export function keepNotes(notes: Partial<OrderNotes>): Record<string, unknown> {
  return { ...notes }
}

function readLegNotes(value: unknown): LegNotes {
  if (typeof value !== 'object' || value === null) return noLeg
  const part = (name: keyof LegNotes): string => {
    const field: unknown = Reflect.get(value, name)
    return typeof field === 'string' ? field : ''
  }
  return {
    trigger: part('trigger'),
    orderPrice: part('orderPrice'),
    type: part('type'),
    source: part('source'),
  }
}
