import {
  type Decimal,
  div,
  isGreater,
  isLess,
  isMultipleOf,
  isPositive,
} from '../../../core/decimal.ts'
import type {
  ConditionalKind,
  EngineSide,
  EngineTimeInForce,
  PriceKind,
} from '../../engine/types.ts'
import type { Params } from '../../server/params.ts'
import type { Handling } from '../../server/types.ts'
import { decimalOf, flagOf, requiredText, textOf, timeOf, wordOf } from './fields.ts'
import { findListing, type Listing } from './instruments.ts'
import { type LimitOffset, priceAt } from './limitOffsets.ts'
import { isOnGrid } from './numbers.ts'
import { wordRefusal } from './replies.ts'
import { Failed } from './verdict.ts'

// Reading one order to be sent: docs/wire/kraken.md 4.5.

export const orderTypes = [
  'lmt',
  'post',
  'ioc',
  'fok',
  'mkt',
  'stp',
  'take_profit',
  'trailing_stop',
] as const

export type OrderType = (typeof orderTypes)[number]

export interface OrderDraft {
  listing: Listing
  orderType: OrderType
  side: EngineSide
  size: Decimal
  limitPrice?: Decimal
  /** Where the limit price was told by its distance from the trigger. */
  limitOffset?: LimitOffset
  timeInForce: EngineTimeInForce
  reduceOnly: boolean
  cliOrdId: string
  trigger?: TriggerDraft
}

export interface TriggerDraft {
  kind: ConditionalKind
  price?: Decimal
  source: PriceKind
  trailingRate?: Decimal
  trailingDistance?: Decimal
}

/** Names {@link readDraft} knows. */
export const draftNames: readonly string[] = [
  'orderType',
  'symbol',
  'side',
  'size',
  'limitPrice',
  'stopPrice',
  'triggerSignal',
  'reduceOnly',
  'cliOrdId',
  'trailingStopMaxDeviation',
  'trailingStopDeviationUnit',
  'limitPriceOffsetValue',
  'limitPriceOffsetUnit',
  'processBefore',
  'broker',
]

/** Longest client id. */
const LONGEST_ID = 100

/** An order out of `params`. Throws a `Refused` for what cannot be read, a `Failed` for the rest. */
export function readDraft(handling: Handling, params: Params): OrderDraft {
  const types = { words: orderTypes, called: 'order type' }
  const orderType = required(wordOf(handling, params, 'orderType', types))
  const listing = findListing(requiredText(params, 'symbol'))
  if (!listing) throw wordRefusal('contractNotFound')
  const sides = { words: ['buy', 'sell'] as const, called: 'side' }
  const side = required(wordOf(handling, params, 'side', sides)) === 'buy' ? 'BUY' : 'SELL'
  const size = required(decimalOf(params, 'size'))
  const trigger = readTrigger(handling, params, orderType)
  const limitOffset = readLimitOffset(handling, params)
  const limitPrice = readLimitPrice(params, orderType, { listing, trigger, limitOffset })
  const reduceOnly = flagOf(handling, params, 'reduceOnly')
  const cliOrdId = textOf(params, 'cliOrdId') ?? ''
  params.ignore('broker')
  if (isLate(handling, params)) throw new Failed('wouldProcessAfterSpecifiedTime', named(cliOrdId))
  if (!isOnGrid(size, listing.engine.stepSize)) throw new Failed('invalidSize', named(cliOrdId))
  for (const price of [limitPrice, trigger?.price, trigger?.trailingDistance]) {
    if (price === undefined || isOnGrid(price, listing.engine.tickSize)) continue
    throw new Failed('invalidPrice', named(cliOrdId))
  }
  if (cliOrdId.length > LONGEST_ID) throw new Failed('clientOrderIdTooLong', named(cliOrdId))
  return {
    listing,
    orderType,
    side,
    size,
    ...(limitPrice !== undefined && { limitPrice }),
    ...(limitOffset && { limitOffset }),
    timeInForce: timesInForce[orderType],
    reduceOnly,
    cliOrdId,
    ...(trigger && { trigger }),
  }
}

/** Whether an order of that type waits for a trigger. */
export function isTrigger(orderType: unknown): boolean {
  return orderType === 'stp' || orderType === 'take_profit' || orderType === 'trailing_stop'
}

/** Whether the deadline of an instruction has passed. */
export function isLate(handling: Handling, params: Params): boolean {
  const before = timeOf(params, 'processBefore')
  return before !== undefined && handling.clock.now() > before
}

/** The client id as verdicts carry it. */
export function named(cliOrdId: string): { cliOrdId?: string } {
  return cliOrdId === '' ? {} : { cliOrdId }
}

const timesInForce: Readonly<Record<OrderType, EngineTimeInForce>> = {
  lmt: 'GTC',
  post: 'GTX',
  ioc: 'IOC',
  fok: 'FOK',
  mkt: 'IOC',
  stp: 'GTC',
  take_profit: 'GTC',
  trailing_stop: 'GTC',
}

function readTrigger(
  handling: Handling,
  params: Params,
  orderType: OrderType,
): TriggerDraft | undefined {
  // `spot` is the older name of `index`, still sent by one SDK.
  const signals = { words: ['mark', 'index', 'last', 'spot'] as const, called: 'trigger signal' }
  if (orderType !== 'stp' && orderType !== 'take_profit' && orderType !== 'trailing_stop') {
    for (const name of ['stopPrice', 'triggerSignal', ...trailingNames]) {
      if (textOf(params, name) !== undefined) throw wordRefusal(`invalidArgument: ${name}`)
    }
    return undefined
  }
  const signal = wordOf(handling, params, 'triggerSignal', signals) ?? 'last'
  const source = signal === 'spot' ? 'index' : signal
  if (orderType === 'trailing_stop')
    return { kind: 'trailing', source, ...readTrail(handling, params) }
  for (const name of trailingNames) {
    if (textOf(params, name) !== undefined) throw wordRefusal(`invalidArgument: ${name}`)
  }
  const price = required(decimalOf(params, 'stopPrice'))
  return { kind: orderType === 'stp' ? 'stop' : 'takeProfit', price, source }
}

const trailingNames = ['trailingStopMaxDeviation', 'trailingStopDeviationUnit'] as const

const units = { words: ['PERCENT', 'QUOTE_CURRENCY'] as const, called: 'unit' }

function readTrail(
  handling: Handling,
  params: Params,
): Pick<TriggerDraft, 'trailingRate' | 'trailingDistance'> {
  for (const name of ['stopPrice', 'limitPrice', 'limitPriceOffsetValue', 'limitPriceOffsetUnit']) {
    if (textOf(params, name) !== undefined) throw wordRefusal(`invalidArgument: ${name}`)
  }
  const deviation = required(decimalOf(params, 'trailingStopMaxDeviation'))
  const unit = required(wordOf(handling, params, 'trailingStopDeviationUnit', units))
  const isOutside =
    isLess(deviation, '0.1') || isGreater(deviation, '50') || !isMultipleOf(deviation, '0.01')
  if (!isPositive(deviation) || (unit === 'PERCENT' && isOutside)) {
    throw wordRefusal('invalidArgument: trailingStopMaxDeviation')
  }
  return unit === 'PERCENT'
    ? { trailingRate: div(deviation, '100') }
    : { trailingDistance: deviation }
}

function readLimitOffset(handling: Handling, params: Params): LimitOffset | undefined {
  const value = decimalOf(params, 'limitPriceOffsetValue')
  const unit = wordOf(handling, params, 'limitPriceOffsetUnit', units)
  return value === undefined ? undefined : { value, unit: required(unit) }
}

interface LimitTerms {
  listing: Listing
  trigger: TriggerDraft | undefined
  limitOffset: LimitOffset | undefined
}

function readLimitPrice(
  params: Params,
  orderType: OrderType,
  { limitOffset, listing, trigger }: LimitTerms,
): Decimal | undefined {
  const limitPrice = decimalOf(params, 'limitPrice')
  // Offset parameters on an order type they do not belong to: docs/wire/kraken.md 5.4.
  if (limitOffset && (trigger?.price === undefined || limitPrice !== undefined)) {
    throw wordRefusal('invalidArgument: limitPriceOffsetValue')
  }
  switch (orderType) {
    case 'mkt':
    case 'trailing_stop':
      // A market order has its protection instead.
      return undefined
    case 'stp':
    case 'take_profit':
      if (!limitOffset || trigger?.price === undefined) return limitPrice
      return priceAt(trigger.price, limitOffset, listing.engine.tickSize)
    default:
      return required(limitPrice)
  }
}

function required<Value>(value: Value | undefined): Value {
  if (value === undefined) throw wordRefusal('requiredArgumentMissing')
  return value
}
