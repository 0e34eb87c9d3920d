import { add, type Decimal, isGreater, sum } from '../../../../core/decimal.ts'
import type { PositionView } from '../../../engine/types.ts'
import type { Handling, Route } from '../../../server/types.ts'
import { planClientIdOf, readClientId } from '../clientIds.ts'
import { parameterMissing, refused } from '../errors.ts'
import { readFields, readToken, required, requiredToken } from '../fields.ts'
import type { Listing } from '../instruments.ts'
import { type LegTerms, nextGroup, placeLeg, positionOf, waitingFor, wholeLeg } from '../legs.ts'
import { legOf, marginModeOf, marginModeWords } from '../modes.ts'
import { keepNotes, readNotes } from '../notes.ts'
import { accepted } from '../planAnswers.ts'
import { reply } from '../replies.ts'
import { categories, readUnified } from '../scope.ts'
import { checkQuantity, readPrice, readQuantity } from '../sizes.ts'
import { checkSide, directionOf } from '../triggers.ts'
import { readPreset, readTriggerBy } from './draft.ts'
import { checkRoom } from './strategies.ts'
import {
  readClosingSide,
  readSide,
  type StrategyFields,
  type StrategyIds,
  strategyFields,
} from './strategyFields.ts'
import { placeTrailing } from './trailing.ts'

// Strategy orders: docs/wire/bitget.md 12.5.

// https://www.bitget.com/api-doc/uta/strategy/Place-Strategy-Order
export const placeStrategy: Route = {
  method: 'POST',
  path: '/api/v3/trade/place-strategy-order',
  access: 'signed',
  operation: 'createStop',
  parameters: strategyFields,
  handle(handling) {
    const fields = readFields(handling.params, strategyFields)
    requiredToken(handling, fields, 'category', categories)
    required(handling, fields, 'symbol')
    const types = ['tpsl', 'trigger', 'trailing_stop'] as const
    const type = readToken(handling, fields, 'type', types) ?? 'tpsl'
    readToken(handling, fields, 'marginMode', marginModeWords)
    const listing = readUnified(handling, fields)
    if (!handling.engine.isTrading(listing.engine.symbol)) throw refused(handling, 'suspended')
    return reply(handling, placeOf(handling, fields, listing, type))
  },
}

function placeOf(
  handling: Handling,
  fields: StrategyFields,
  listing: Listing,
  type: 'tpsl' | 'trigger' | 'trailing_stop',
): StrategyIds {
  switch (type) {
    case 'tpsl':
      return placeTpsl(handling, fields, listing)
    case 'trigger':
      return placeTrigger(handling, fields, listing)
    case 'trailing_stop':
      return placeTrailing(handling, fields, listing)
  }
}

/** Take-profit, stop, or both as one row. */
function placeTpsl(handling: Handling, fields: StrategyFields, listing: Listing): StrategyIds {
  const { accountId, engine } = handling
  const isWhole = readToken(handling, fields, 'tpslMode', ['full', 'partial']) !== 'partial'
  const clientOid = readClientId(handling, fields.text('clientOid'))
  const side = readClosingSide(handling, fields, listing)
  const quantity = isWhole
    ? undefined
    : readQuantity(handling, listing, 'qty', required(handling, fields, 'qty'))
  const terms = readTerms(handling, fields, listing)
  if (terms.length === 0) throw parameterMissing(handling, 'stopLoss')
  checkRoom(handling, listing.engine.symbol)
  if (quantity !== undefined) {
    checkQuantity(handling, listing, { side, quantity, price: undefined, isClosing: true })
  }
  const mode = readToken(handling, fields, 'marginMode', marginModeWords)
  const position = positionOf(engine, accountId, {
    symbol: listing.engine.symbol,
    positionSide: side === 'SELL' ? 'LONG' : 'SHORT',
    ...(mode === undefined ? {} : { marginMode: marginModeOf(mode) }),
  })
  if (!position) throw refused(handling, 'protectionFlat')
  for (const leg of terms) {
    if (quantity === undefined) {
      if (wholeLeg(engine, position, leg.goal)) throw refused(handling, 'secondStop')
    } else checkSum(handling, position, leg, quantity)
    checkSide(handling, position, leg)
  }
  const group = terms.length > 1 ? { group: nextGroup(engine, accountId) } : {}
  let first: StrategyIds | undefined
  for (const leg of terms) {
    const placed = placeLeg(engine, position, leg, {
      quantity,
      clientOrderId: first ? '' : clientOid,
      ...group,
      notes: { generation: 3, strategyId: first?.orderId ?? '' },
    })
    const plan = accepted(handling, placed)
    first ??= { clientOid: planClientIdOf(plan), orderId: plan.conditionalId }
  }
  if (!first) throw parameterMissing(handling, 'stopLoss')
  return first
}

/** Take-profits together, and stops together, may not be above the position. */
function checkSum(
  handling: Handling,
  position: PositionView,
  { goal }: LegTerms,
  quantity: Decimal,
): void {
  const planType = goal === 'takeProfit' ? 'profit_plan' : 'loss_plan'
  const sized = waitingFor(handling.engine, position).filter(
    (plan) => readNotes(plan.venueData).planType === planType,
  )
  const covered = add(sum(sized.map((plan) => plan.quantity)), quantity)
  if (isGreater(covered, position.size)) throw refused(handling, 'protectionTooLarge')
}

function placeTrigger(handling: Handling, fields: StrategyFields, listing: Listing): StrategyIds {
  const { accountId, engine } = handling
  const { symbol } = listing.engine
  const { isClosing, marginMode, positionSide, side } = readSide(handling, fields, listing)
  const quantity = readQuantity(handling, listing, 'qty', required(handling, fields, 'qty'))
  const trigger = required(handling, fields, 'triggerPrice')
  const triggerPrice = readPrice(handling, listing, 'triggerPrice', trigger)
  const watched = readTriggerBy(handling, fields, 'triggerBy')
  const orderType = readToken(handling, fields, 'triggerOrderType', ['market', 'limit'])
  const price =
    orderType === 'limit'
      ? readPrice(
          handling,
          listing,
          'triggerOrderPrice',
          required(handling, fields, 'triggerOrderPrice'),
        )
      : undefined
  checkRoom(handling, symbol)
  checkQuantity(handling, listing, { side, quantity, price, isClosing })
  const direction = directionOf(engine, symbol, triggerPrice, watched)
  const preset = readPreset(handling, fields, listing)
  const placed = engine.placeConditional(accountId, {
    // Other kinds than tpsl get an id of the server's.
    clientOrderId: '',
    ...legOf(symbol, marginMode, positionSide),
    side,
    kind: (side === 'BUY') === (direction === 'rise') ? 'stop' : 'takeProfit',
    orderType: price === undefined ? 'MARKET' : 'LIMIT',
    quantity,
    ...(price === undefined ? {} : { price }),
    timeInForce: price === undefined ? 'IOC' : 'GTC',
    reduceOnly: isClosing,
    triggerPrice,
    triggerSource: watched,
    triggerDirection: direction,
    firesAtOnce: true,
    venueData: keepNotes({ generation: 3, planType: 'normal_plan', ...preset }),
  })
  const plan = accepted(handling, placed)
  return { clientOid: planClientIdOf(plan), orderId: plan.conditionalId }
}

/** Both legs of a tpsl as they were sent. */
function readTerms(handling: Handling, fields: StrategyFields, listing: Listing): LegTerms[] {
  const preset = readPreset(handling, fields, listing)
  const orNone = (price: string): Decimal | undefined => (price === '' ? undefined : price)
  const take: LegTerms = {
    goal: 'takeProfit',
    trigger: preset.takeProfit,
    watched: preset.takeBy,
    limitPrice: orNone(preset.takeLimit),
  }
  const stop: LegTerms = {
    goal: 'stopLoss',
    trigger: preset.stopLoss,
    watched: preset.stopBy,
    limitPrice: orNone(preset.stopLimit),
  }
  return [take, stop].filter((leg) => leg.trigger !== '')
}
