import { ask, stop, swaps } from './words.ts'

// Conditional orders that several probes begin with.

export const takeProfit = {
  side: 'sell',
  ordType: 'conditional',
  sz: '1',
  tpTriggerPx: '61000',
  tpOrdPx: '-1',
  tpTriggerPxType: 'last',
  reduceOnly: true,
  algoClOrdId: 'take1',
} as const
const { slTriggerPx, slOrdPx, slTriggerPxType } = stop
export const both = {
  ...takeProfit,
  ordType: 'oco',
  slTriggerPx,
  slOrdPx,
  slTriggerPxType,
  algoClOrdId: 'both1',
} as const
export const entry = {
  side: 'buy',
  ordType: 'trigger',
  sz: '1',
  triggerPx: '61000',
  orderPx: '-1',
  triggerPxType: 'last',
  algoClOrdId: 'entry1',
} as const
export const trail = {
  side: 'sell',
  ordType: 'move_order_stop',
  sz: '1',
  callbackRatio: '0.01',
  reduceOnly: true,
  algoClOrdId: 'trail1',
} as const

/** The stop of the whole position. */
export const whole = {
  side: 'sell',
  ordType: 'conditional',
  closeFraction: '1',
  slTriggerPx,
  slOrdPx,
  slTriggerPxType,
  reduceOnly: true,
} as const

/** The market rises through the take-profit. */
export const rise = { price: ['BTCUSDT', '61100'] } as const

export function pending(ordType: string): ReturnType<typeof ask> {
  return ask('trade/orders-algo-pending', { ...swaps, ordType })
}
