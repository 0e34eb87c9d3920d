import type { Generation } from './generation.ts'

/** Kinds of plans: docs/wire/bitget.md 4.6 and 4.7. Those of V3 are the same under other names. */
export const planTypes = [
  'normal_plan',
  'track_plan',
  'profit_plan',
  'loss_plan',
  'moving_plan',
  'pos_profit',
  'pos_loss',
] as const

export type PlanType = (typeof planTypes)[number]

/** What a trigger watches, in words of our own: each generation has others. */
export type Watched = 'last' | 'mark' | 'index'

/** What the venue keeps with an order beside the engine's figures. */
export interface Notes {
  generation: Generation
  /** Of a plan, and of the order it became; `''` for plain orders. */
  planType: PlanType | ''
  /** V3: id of the row that two legs are shown as. */
  strategyId: string
  /** Order whose preset a leg comes from. */
  entryOrderId: string
  takeProfit: string
  takeBy: Watched
  takeLimit: string
  stopLoss: string
  stopBy: Watched
  stopLimit: string
  /** Of a trailing plan, as sent: percent, or a distance. */
  callback: string
  /** Why it was cancelled, where the engine's reason does not tell. */
  cancelReason: string
  stpMode: string
}

/** The engine's own mark on an order that liquidates. */
export function isLiquidation(data: Readonly<Record<string, unknown>>): boolean {
  return data.liquidation === true
}

/** The notes of an engine's order; what is missing is blank. */
export function readNotes(data: Readonly<Record<string, unknown>>): Notes {
  const text = (name: keyof Notes): string => {
    const value = data[name]
    return typeof value === 'string' ? value : ''
  }
  return {
    generation: data.generation === 3 ? 3 : 2,
    planType: planTypes.find((known) => known === data.planType) ?? '',
    strategyId: text('strategyId'),
    entryOrderId: text('entryOrderId'),
    takeProfit: text('takeProfit'),
    takeBy: watchedOf(data.takeBy),
    takeLimit: text('takeLimit'),
    stopLoss: text('stopLoss'),
    stopBy: watchedOf(data.stopBy),
    stopLimit: text('stopLimit'),
    callback: text('callback'),
    cancelReason: text('cancelReason'),
    stpMode: text('stpMode') === '' ? 'none' : text('stpMode'),
  }
}

/** Notes for the engine to keep. */
export function keepNotes(notes: Partial<Notes>): Record<string, unknown> {
  return { ...notes }
}

function watchedOf(value: unknown): Watched {
  return value === 'mark' || value === 'index' ? value : 'last'
}
