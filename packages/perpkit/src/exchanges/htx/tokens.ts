import { RequestError } from '../../model/errors.ts'
import type {
  MarginMode,
  OrderStatus,
  PlainOrderType,
  PositionMode,
  Side,
  TimeInForce,
  TriggerSource,
} from '../../model/tokens.ts'

// Enumerations of docs/wire/htx.md section 5.

export const sideTokens: Readonly<Record<Side, string>> = { BUY: 'buy', SELL: 'sell' }

export const sides: Readonly<Record<string, Side>> = { buy: 'BUY', sell: 'SELL' }

/** Post-only is an order type here, and a time in force with us. */
export const orderTypes: Readonly<Record<string, PlainOrderType>> = {
  market: 'MARKET',
  limit: 'LIMIT',
  post_only: 'LIMIT',
}

export const timesInForce: Readonly<Record<string, TimeInForce>> = {
  gtc: 'GTC',
  ioc: 'IOC',
  fok: 'FOK',
}

/** `CANCELLED` still has to be told apart from expired. */
export const orderStatuses: Readonly<Record<string, OrderStatus>> = {
  new: 'NEW',
  partially_filled: 'PARTIALLY_FILLED',
  filled: 'FILLED',
  canceled: 'CANCELLED',
  partially_canceled: 'CANCELLED',
  rejected: 'REJECTED',
}

/** `effective` has triggered: the order it became knows better. `failed` protects nothing. */
export const algoStatuses: Readonly<Record<string, OrderStatus>> = {
  active: 'PENDING',
  effective: 'NEW',
  canceled: 'CANCELLED',
  failed: 'REJECTED',
}

export const marginModes: Readonly<Record<string, MarginMode>> = {
  cross: 'CROSS',
  isolated: 'ISOLATED',
}

const marginModeTokens: Readonly<Record<MarginMode, string>> = {
  CROSS: 'cross',
  ISOLATED: 'isolated',
}

/** It belongs to each order and each leverage setting here; cross unless another is chosen. */
export function marginModeToken(marginMode: MarginMode = 'CROSS'): string {
  return marginModeTokens[marginMode]
}

/** The mode most orders have comes first: what is looked up is asked for mode by mode. */
export const allMarginModes: readonly MarginMode[] = ['CROSS', 'ISOLATED']

export const positionModeTokens: Readonly<Record<PositionMode, string>> = {
  ONE_WAY: 'single_side',
  HEDGE: 'dual_side',
}

export const positionModes: Readonly<Record<string, PositionMode>> = {
  single_side: 'ONE_WAY',
  dual_side: 'HEDGE',
}

/** The kinds of conditional orders; each is listed by itself. Ours, which are most, come first. */
export const algoTypes = ['sl', 'tp', 'tpsl', 'trigger', 'trailing_stop'] as const

export type AlgoType = (typeof algoTypes)[number]

/** Which kinds may stand behind an order that the exchange placed itself. */
export const algoTypesBySource: Readonly<Record<string, readonly AlgoType[]>> = {
  tpsl: ['sl', 'tp', 'tpsl'],
  trigger: ['trigger', 'trailing_stop'],
}

/** Throws `RequestError` for the index price, which no conditional order here can watch. */
export function triggerPriceTypeOf(source: TriggerSource): 'last' | 'mark' {
  if (source === 'LAST') return 'last'
  if (source === 'MARK') return 'mark'
  throw new RequestError(`HTX conditional orders watch LAST or MARK, not ${source}`, {
    code: 'UNSUPPORTED',
    exchange: 'HTX',
  })
}
