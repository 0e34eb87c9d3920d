import { ReadError, type Reader } from '../../core/reader.ts'
import type {
  ConditionalOrderType,
  KlineInterval,
  OrderType,
  Side,
  TimeInForce,
  TriggerSource,
} from '../../model/tokens.ts'

// Our words and the exchange's, which has another spelling in almost every place
// (docs/wire/kraken.md 5.1): https://docs.kraken.com/api-reference/order-management/send-order

export const sideTokens: Readonly<Record<Side, string>> = { BUY: 'buy', SELL: 'sell' }

/** A limit order's time in force is part of its type. */
export const limitTypeTokens: Readonly<Record<TimeInForce, string>> = {
  GTC: 'lmt',
  IOC: 'ioc',
  FOK: 'fok',
  GTX: 'post',
}

export const triggerTypeTokens: Readonly<Record<'STOP_MARKET' | 'TAKE_PROFIT_MARKET', string>> = {
  STOP_MARKET: 'stp',
  TAKE_PROFIT_MARKET: 'take_profit',
}

/** What the index is called in answers, `spot`, is its older name. */
export const triggerSourceTokens: Readonly<Record<TriggerSource, string>> = {
  MARK: 'mark',
  LAST: 'last',
  INDEX: 'index',
}

/** There is none for 3m, 2h, 6h, 8h, 3d and 1M (docs/wire/kraken.md 3.6). */
export const klineTokens: ReadonlyMap<KlineInterval, { token: string; seconds: number }> = new Map([
  ['1m', { token: '1m', seconds: 60 }],
  ['5m', { token: '5m', seconds: 300 }],
  ['15m', { token: '15m', seconds: 900 }],
  ['30m', { token: '30m', seconds: 1_800 }],
  ['1h', { token: '1h', seconds: 3_600 }],
  ['4h', { token: '4h', seconds: 14_400 }],
  ['12h', { token: '12h', seconds: 43_200 }],
  ['1d', { token: '1d', seconds: 86_400 }],
  ['1w', { token: '1w', seconds: 604_800 }],
])

/** A side, on which everything else depends: no other word is taken. */
export function readSide(field: Reader): Side {
  switch (field.value) {
    case 'buy':
    case 'Buy':
      return 'BUY'
    case 'sell':
    case 'Sell':
      return 'SELL'
    default:
      throw new ReadError(field.path, 'buy or sell', field.value)
  }
}

/**
 * Which of ours a trigger is, told by its side and the way the price must go: a stop sells when it
 * falls and buys when it rises.
 */
export function conditionalTypeOf(
  trigger: { side: Side; risesToIt: boolean } | 'stop' | 'take profit',
  isLimit: boolean,
): ConditionalOrderType {
  const isStop =
    typeof trigger === 'string'
      ? trigger === 'stop'
      : (trigger.side === 'BUY') === trigger.risesToIt
  if (isStop) return isLimit ? 'STOP' : 'STOP_MARKET'
  return isLimit ? 'TAKE_PROFIT' : 'TAKE_PROFIT_MARKET'
}

/** Whether the price must rise to fire: `trigger_above`, `TRIGGER_ABOVE` and `Above` say so. */
export function readRisesToTrigger(field: Reader): boolean {
  const word = field
    .string()
    .toLowerCase()
    .replace(/^trigger_/, '')
  if (word === 'above') return true
  if (word === 'below') return false
  throw new ReadError(field.path, 'a trigger side, above or below', field.value)
}

export function isConditional(type: OrderType): boolean {
  return type !== 'MARKET' && type !== 'LIMIT'
}

export function hasLimitPrice(type: OrderType): boolean {
  return type === 'LIMIT' || type === 'STOP' || type === 'TAKE_PROFIT'
}
