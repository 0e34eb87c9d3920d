import { type Decimal, isGreater, isLess } from '../../../core/decimal.ts'
import type { Engine, PriceKind } from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import { invalidParameter, priceInvalid, triggerPassed } from './errors.ts'
import { type Fields, readToken } from './fields.ts'
import type { Listing } from './instruments.ts'
import { readPrice } from './sizes.ts'

export const triggerSources = ['LastPrice', 'IndexPrice', 'MarkPrice'] as const

export type TriggerBy = (typeof triggerSources)[number]

/** When a conditional order fires. */
export interface Trigger {
  price: Decimal
  direction: 'rise' | 'fall'
  triggerBy: TriggerBy
}

const priceKinds: Readonly<Record<TriggerBy, PriceKind>> = {
  LastPrice: 'last',
  IndexPrice: 'index',
  MarkPrice: 'mark',
}

export function priceKindOf(triggerBy: TriggerBy): PriceKind {
  return priceKinds[triggerBy]
}

export function triggerByOf(kind: PriceKind): TriggerBy {
  return triggerSources.find((source) => priceKinds[source] === kind) ?? 'LastPrice'
}

/** The price that a trigger watches. */
export function watchedPrice(engine: Engine, listing: Listing, triggerBy: TriggerBy): Decimal {
  return engine.prices(listing.engine.symbol)[priceKinds[triggerBy]]
}

/** The trigger of order/create; `undefined` for a plain order. */
export function readTrigger(
  handling: Handling,
  fields: Fields<'triggerPrice' | 'triggerDirection' | 'triggerBy'>,
  listing: Listing,
): Trigger | undefined {
  const triggerBy = readToken(handling, fields, 'triggerBy', triggerSources) ?? 'LastPrice'
  const given = fields.text('triggerPrice')
  if (given === undefined) return undefined
  const price = readPrice(listing, given)
  if (price === undefined) throw priceInvalid()
  const direction = fields.number('triggerDirection')
  if (direction !== 1 && direction !== 2) {
    if (direction !== undefined) handling.unknownWord('triggerDirection', direction)
    throw invalidParameter('TriggerDirection')
  }
  return { price, direction: direction === 1 ? 'rise' : 'fall', triggerBy }
}

/** Refuses a trigger that the watched price has reached already; equality counts. */
export function refusePassed(engine: Engine, listing: Listing, trigger: Trigger): void {
  const { direction, price, triggerBy } = trigger
  const current = watchedPrice(engine, listing, triggerBy)
  const isAhead = direction === 'rise' ? isGreater(price, current) : isLess(price, current)
  if (!isAhead) throw triggerPassed(direction, price, current, triggerBy)
}
