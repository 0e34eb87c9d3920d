import { type Decimal, isGreater } from '../../../../core/decimal.ts'
import type { EngineConditional, PositionSide, PositionView } from '../../../engine/types.ts'
import type { Handling, Route } from '../../../server/types.ts'
import { planClientIdOf, readClientId } from '../clientIds.ts'
import { parameterMissing, refused } from '../errors.ts'
import { type Fields, readFields, readToken, required, requiredToken } from '../fields.ts'
import type { Listing } from '../instruments.ts'
import { type Goal, type LegTerms, placeLeg, positionOf, wholeLeg } from '../legs.ts'
import { isHedge, legOf } from '../modes.ts'
import { keepNotes } from '../notes.ts'
import { accepted } from '../planAnswers.ts'
import { reply } from '../replies.ts'
import { checkMarginCoin, readClassic } from '../scope.ts'
import { checkQuantity, readPrice, readQuantity } from '../sizes.ts'
import { checkSide } from '../triggers.ts'
import { checkTrading, stpModes } from './draft.ts'
import { readExecutePrice, readPercent, readWatched } from './planFields.ts'

// Protection of a position: docs/wire/bitget.md 4.6.

const tpslFields = [
  'marginCoin',
  'productType',
  'symbol',
  'planType',
  'triggerPrice',
  'triggerType',
  'executePrice',
  'holdSide',
  'size',
  'rangeRate',
  'clientOid',
  'stpMode',
] as const

const tpslTypes = ['profit_plan', 'loss_plan', 'moving_plan', 'pos_profit', 'pos_loss'] as const

// https://www.bitget.com/api-doc/contract/plan/Place-Tpsl-Order
export const placeTpsl: Route = {
  method: 'POST',
  path: '/api/v2/mix/order/place-tpsl-order',
  access: 'signed',
  operation: 'createStop',
  // ccxt leaves two words of plain orders in the body.
  parameters: [...tpslFields, 'orderType', 'force'],
  handle(handling) {
    const fields = readFields(handling.params, tpslFields)
    handling.params.ignore('orderType', 'force')
    required(handling, fields, 'marginCoin')
    const planType = requiredToken(handling, fields, 'planType', tpslTypes)
    const trigger = required(handling, fields, 'triggerPrice')
    const holdSide = requiredToken(handling, fields, 'holdSide', holdWords)
    const isSized = !planType.startsWith('pos_')
    const size = isSized ? required(handling, fields, 'size') : undefined
    const rangeRate =
      planType === 'moving_plan' ? required(handling, fields, 'rangeRate') : undefined
    readToken(handling, fields, 'stpMode', stpModes)
    const watched = readWatched(handling, fields, 'triggerType')
    const clientOid = readClientId(handling, fields.text('clientOid'))
    const listing = readListing(handling, fields)
    const side = protectedSide(handling, listing, holdSide)
    const triggerPrice = readPrice(handling, listing, 'triggerPrice', trigger)
    const quantity = size === undefined ? undefined : readQuantity(handling, listing, 'size', size)
    const limitPrice = readExecutePrice(handling, fields, 'executePrice', listing)
    const position = protectedPosition(handling, listing, side, quantity)
    const placed =
      rangeRate === undefined
        ? addLeg(handling, position, {
            goal: planType.includes('profit') ? 'takeProfit' : 'stopLoss',
            trigger: triggerPrice,
            watched,
            limitPrice,
            quantity,
            clientOid,
          })
        : placeMoving(handling, position, {
            quantity: quantity ?? '0',
            trigger: triggerPrice,
            watched,
            rangeRate,
            clientOid,
          })
    return reply(handling, {
      orderId: placed.conditionalId,
      clientOid: planClientIdOf(placed),
    })
  },
}

const positionTpslFields = [
  'marginCoin',
  'productType',
  'symbol',
  'holdSide',
  'stopSurplusTriggerPrice',
  'stopSurplusTriggerType',
  'stopSurplusExecutePrice',
  'stopSurplusSize',
  'stopSurplusClientOid',
  'stopLossTriggerPrice',
  'stopLossTriggerType',
  'stopLossExecutePrice',
  'stopLossSize',
  'stopLossClientOid',
  'stpMode',
] as const

// https://www.bitget.com/api-doc/contract/plan/Place-Pos-Tpsl-Order
export const placePositionTpsl: Route = {
  method: 'POST',
  path: '/api/v2/mix/order/place-pos-tpsl',
  access: 'signed',
  operation: 'createStop',
  parameters: positionTpslFields,
  handle(handling) {
    const fields = readFields(handling.params, positionTpslFields)
    required(handling, fields, 'marginCoin')
    const holdSide = requiredToken(handling, fields, 'holdSide', holdWords)
    readToken(handling, fields, 'stpMode', stpModes)
    if (!fields.has('stopSurplusTriggerPrice') && !fields.has('stopLossTriggerPrice')) {
      throw parameterMissing(handling, 'stopLossTriggerPrice')
    }
    const listing = readListing(handling, fields)
    const side = protectedSide(handling, listing, holdSide)
    const legs = (['stopSurplus', 'stopLoss'] as const)
      .map((prefix) => readNamedLeg(handling, fields, listing, prefix))
      .filter((leg) => leg !== undefined)
    const positions = legs.map((leg) => protectedPosition(handling, listing, side, leg.quantity))
    for (const [index, leg] of legs.entries()) {
      const position = positions[index]
      if (position) checkLeg(handling, position, leg)
    }
    const rows = legs.map((leg, index) => {
      const position = positions[index]
      if (!position) throw refused(handling, 'protectionFlat')
      const placed = addLeg(handling, position, leg)
      const isTake = leg.goal === 'takeProfit'
      return {
        orderId: placed.conditionalId,
        stopSurplusClientOid: isTake ? planClientIdOf(placed) : '',
        stopLossClientOid: isTake ? '' : planClientIdOf(placed),
      }
    })
    return reply(handling, rows)
  },
}

/** A leg as asked for; without a quantity it covers the whole position. */
interface WantedLeg extends LegTerms {
  quantity: Decimal | undefined
  clientOid: string
}

function readNamedLeg(
  handling: Handling,
  fields: Fields<(typeof positionTpslFields)[number]>,
  listing: Listing,
  prefix: 'stopSurplus' | 'stopLoss',
): WantedLeg | undefined {
  const trigger = fields.text(`${prefix}TriggerPrice`)
  if (trigger === undefined) return undefined
  const size = fields.text(`${prefix}Size`)
  return {
    goal: prefix === 'stopSurplus' ? 'takeProfit' : 'stopLoss',
    trigger: readPrice(handling, listing, `${prefix}TriggerPrice`, trigger),
    watched: readWatched(handling, fields, `${prefix}TriggerType`),
    limitPrice: readExecutePrice(handling, fields, `${prefix}ExecutePrice`, listing),
    quantity:
      size === undefined ? undefined : readQuantity(handling, listing, `${prefix}Size`, size),
    clientOid: readClientId(handling, fields.text(`${prefix}ClientOid`)),
  }
}

function readListing(
  handling: Handling,
  fields: Fields<'symbol' | 'productType' | 'marginCoin'>,
): Listing {
  const listing = readClassic(handling, fields)
  checkMarginCoin(handling, fields, listing.productType)
  checkTrading(handling, listing)
  return listing
}

/** `long` and `short` of hedge mode, `buy` and `sell` of one-way mode. */
const holdWords = ['long', 'short', 'buy', 'sell'] as const

/** The side that is protected; a word of the other position mode is refused. */
function protectedSide(
  handling: Handling,
  listing: Listing,
  word: (typeof holdWords)[number],
): PositionSide {
  const isOfHedge = word === 'long' || word === 'short'
  if (isOfHedge !== isHedge(handling, listing.engine.symbol))
    throw refused(handling, 'modeMismatch')
  return word === 'long' || word === 'buy' ? 'LONG' : 'SHORT'
}

/** The position that is protected; a size may not be above it, several together may. */
function protectedPosition(
  handling: Handling,
  listing: Listing,
  positionSide: PositionSide,
  quantity: Decimal | undefined,
): PositionView {
  const { accountId, engine } = handling
  const position = positionOf(engine, accountId, { symbol: listing.engine.symbol, positionSide })
  if (quantity !== undefined) {
    const side = positionSide === 'LONG' ? 'SELL' : 'BUY'
    checkQuantity(handling, listing, { side, quantity, price: undefined, isClosing: true })
  }
  if (!position) throw refused(handling, 'protectionFlat')
  if (quantity !== undefined && isGreater(quantity, position.size)) {
    throw refused(handling, 'protectionTooLarge')
  }
  return position
}

function checkLeg(handling: Handling, position: PositionView, leg: WantedLeg): void {
  const isTaken = leg.quantity === undefined && wholeLeg(handling.engine, position, leg.goal)
  if (isTaken) throw refused(handling, secondOf(leg.goal))
  checkSide(handling, position, leg)
}

function secondOf(goal: Goal): 'secondTake' | 'secondStop' {
  return goal === 'takeProfit' ? 'secondTake' : 'secondStop'
}

function addLeg(handling: Handling, position: PositionView, leg: WantedLeg): EngineConditional {
  checkLeg(handling, position, leg)
  const placed = placeLeg(handling.engine, position, leg, {
    quantity: leg.quantity,
    clientOrderId: leg.clientOid,
    notes: { generation: 2 },
  })
  return accepted(handling, placed)
}

interface Moving {
  quantity: Decimal
  trigger: Decimal
  watched: LegTerms['watched']
  rangeRate: string
  clientOid: string
}

/** A trailing stop that becomes active at its trigger, or at once where that has passed. */
function placeMoving(
  handling: Handling,
  position: PositionView,
  moving: Moving,
): EngineConditional {
  const isLong = position.side === 'LONG'
  const placed = handling.engine.placeConditional(handling.accountId, {
    clientOrderId: moving.clientOid,
    ...legOf(position.symbol, position.marginMode, position.isHedged ? position.side : undefined),
    side: isLong ? 'SELL' : 'BUY',
    kind: 'trailing',
    orderType: 'MARKET',
    quantity: moving.quantity,
    timeInForce: 'IOC',
    reduceOnly: true,
    endsWithPosition: true,
    triggerPrice: moving.trigger,
    triggerSource: moving.watched,
    triggerDirection: isLong ? 'fall' : 'rise',
    firesAtOnce: true,
    trailingRate: readPercent(handling, 'rangeRate', moving.rangeRate),
    venueData: keepNotes({
      generation: 2,
      planType: 'moving_plan',
      callback: moving.rangeRate,
    }),
  })
  return accepted(handling, placed)
}
