import type { EngineConditional } from '../../../engine/types.ts'
import type { Answer, Handling, Route } from '../../../server/types.ts'
import { clientIdOf } from '../clientIds.ts'
import { plain } from '../decimals.ts'
import { refused } from '../errors.ts'
import { type Fields, readFields, readToken, required, requiredToken } from '../fields.ts'
import { listingOf } from '../instruments.ts'
import { holdSideOf } from '../modes.ts'
import { readNotes } from '../notes.ts'
import { type RowKey, readPage } from '../paging.ts'
import { reply } from '../replies.ts'
import { categories } from '../scope.ts'
import { pages } from './orderQueries.ts'
import { orderRow, triggerByOf } from './orderRow.ts'
import { findStrategy, isLive, type Strategy, statusOf, strategiesOf } from './strategies.ts'

// Lists of strategy orders: docs/wire/bitget.md 12.5.

const types = ['tpsl', 'trigger', 'trailing_stop'] as const

const pendingFields = ['category', 'type', 'symbol'] as const

// https://www.bitget.com/api-doc/uta/strategy/Get-Unfilled-Strategy-Orders
export const unfilledStrategies: Route = {
  method: 'GET',
  path: '/api/v3/trade/unfilled-strategy-orders',
  access: 'signed',
  operation: 'getOpenOrders',
  // All symbols are listed, whatever is asked for.
  parameters: [...pendingFields, 'limit', 'startTime', 'endTime', 'cursor'],
  handle(handling) {
    handling.params.ignore('symbol', 'limit', 'startTime', 'endTime', 'cursor')
    const fields = readFields(handling.params, ['category', 'type'])
    return reply(handling, wanted(handling, fields, isLive).map(strategyRow))
  },
}

const historyFields = ['category', 'type', 'startTime', 'endTime', 'limit', 'cursor'] as const

// https://www.bitget.com/api-doc/uta/strategy/Get-History-Strategy-Orders
export const historyStrategies: Route = {
  method: 'GET',
  path: '/api/v3/trade/history-strategy-orders',
  access: 'signed',
  operation: 'getOrder',
  parameters: [...historyFields, 'symbol'],
  handle(handling) {
    handling.params.ignore('symbol')
    const fields = readFields(handling.params, historyFields)
    const ended = wanted(handling, fields, (row) => !isLive(row))
    const keyOf = (row: Strategy): RowKey => ({ id: row.orderId, time: row.legs[0].createdAt })
    const before = fields.text('cursor')
    const page = readPage(handling, fields, ended, keyOf, { ...pages, before })
    const cursor = page[page.length - 1]?.orderId ?? ''
    return withBareCursor(reply(handling, { list: page.map(strategyRow), cursor }))
  },
}

const subFields = ['orderId', 'category'] as const

// https://www.bitget.com/api-doc/uta/strategy/Get-Strategy-Sub-Orders
export const strategySubOrders: Route = {
  method: 'GET',
  path: '/api/v3/trade/strategy-sub-orders',
  access: 'signed',
  operation: 'getOrder',
  parameters: subFields,
  handle(handling) {
    const { accountId, engine } = handling
    const fields = readFields(handling.params, subFields)
    readToken(handling, fields, 'category', categories)
    const orderId = required(handling, fields, 'orderId')
    const row = findStrategy(handling, { orderId, clientOid: undefined })
    if (!row) throw refused(handling, 'planUnknown')
    const list = row.legs.flatMap((leg) => {
      const order = leg.orderId === undefined ? undefined : engine.order(accountId, leg.orderId)
      if (!order) return []
      const { avgPrice, category, cumExecQty, orderStatus, posSide, price, qty, side, symbol } =
        orderRow(order)
      const ids = { subOrderId: order.orderId, subClientOid: clientIdOf(order) }
      const figures = { price, qty, cumExecQty, avgPrice, side, posSide, status: orderStatus }
      return [{ ...ids, category, symbol, ...figures }]
    })
    return reply(handling, { list, cursor: '' })
  },
}

/** Newest first. */
function wanted(
  handling: Handling,
  fields: Fields<'category' | 'type'>,
  isWanted: (row: Strategy) => boolean,
): Strategy[] {
  const category = requiredToken(handling, fields, 'category', categories)
  const type = readToken(handling, fields, 'type', types)
  return strategiesOf(handling)
    .filter((row) => listingOf(row.legs[0].symbol).productType === category && isWanted(row))
    .filter((row) => type === undefined || typeOf(row) === type)
    .reverse()
}

function typeOf({ legs: [first] }: Strategy): (typeof types)[number] {
  const { planType } = readNotes(first.venueData)
  if (planType === 'normal_plan') return 'trigger'
  return planType === 'track_plan' ? 'trailing_stop' : 'tpsl'
}

/** Keys as in the sample of docs/wire/bitget.md 12.5, and two more where the kind needs them. */
export function strategyRow(row: Strategy): Record<string, unknown> {
  const [first] = row.legs
  const type = typeOf(row)
  const notes = readNotes(first.venueData)
  const isTrigger = type === 'trigger'
  return {
    orderId: row.orderId,
    clientOid: row.clientOid,
    category: listingOf(first.symbol).productType,
    symbol: listingOf(first.symbol).native,
    qty: first.closePosition ? '' : plain(first.quantity),
    posSide: type === 'tpsl' ? (first.side === 'SELL' ? 'long' : 'short') : posSideOf(first),
    type,
    status: statusOf(row),
    ...(type === 'tpsl' ? legsOf(row) : attachedOf(notes)),
    triggerBy: isTrigger ? triggerByOf(first.triggerSource) : '',
    triggerPrice: isTrigger ? first.triggerPrice : '',
    triggerOrderType: isTrigger ? orderTypeOf(first) : '',
    triggerOrderPrice: isTrigger ? (first.price ?? '') : '',
    trailingStopParams: type === 'trailing_stop' ? [trailingOf(first)] : [],
    createdTime: String(first.createdAt),
    updatedTime: String(Math.max(...row.legs.map((leg) => leg.updatedAt))),
    ...(type === 'tpsl'
      ? {}
      : {
          side: first.side === 'BUY' ? 'buy' : 'sell',
          reduceOnly: first.reduceOnly && first.positionSide === undefined ? 'yes' : 'no',
        }),
  }
}

function posSideOf({ positionSide }: EngineConditional): string {
  return positionSide === undefined ? '' : holdSideOf(positionSide)
}

function legsOf({ legs }: Strategy): Record<string, string> {
  const take = legs.find((leg) => leg.kind === 'takeProfit')
  const stop = legs.find((leg) => leg.kind === 'stop')
  return {
    tpTriggerBy: take ? triggerByOf(take.triggerSource) : '',
    slTriggerBy: stop ? triggerByOf(stop.triggerSource) : '',
    takeProfit: take?.triggerPrice ?? '',
    stopLoss: stop?.triggerPrice ?? '',
    tpOrderType: take ? orderTypeOf(take) : '',
    slOrderType: stop ? orderTypeOf(stop) : '',
    tpLimitPrice: take?.price ?? '',
    slLimitPrice: stop?.price ?? '',
  }
}

function attachedOf(notes: ReturnType<typeof readNotes>): Record<string, string> {
  const { stopBy, stopLimit, stopLoss, takeBy, takeLimit, takeProfit } = notes
  const type = (trigger: string, limit: string): string => {
    if (trigger === '') return ''
    return limit === '' ? 'market' : 'limit'
  }
  return {
    tpTriggerBy: takeProfit === '' ? '' : triggerByOf(takeBy),
    slTriggerBy: stopLoss === '' ? '' : triggerByOf(stopBy),
    takeProfit,
    stopLoss,
    tpOrderType: type(takeProfit, takeLimit),
    slOrderType: type(stopLoss, stopLimit),
    tpLimitPrice: takeLimit,
    slLimitPrice: stopLimit,
  }
}

function trailingOf(plan: EngineConditional): Record<string, string> {
  return {
    activationPrice: plan.triggerPrice,
    activationType: plan.triggerSource === 'last' ? 'market' : plan.triggerSource,
    trailType: plan.trailingDistance === undefined ? 'ratio' : 'spread',
    trailVariance: readNotes(plan.venueData).callback,
    preOrderType: 'market',
    preOrderPrice: '',
  }
}

function orderTypeOf({ orderType }: EngineConditional): 'limit' | 'market' {
  return orderType === 'LIMIT' ? 'limit' : 'market'
}

/** The cursor of this list is a bare number of 19 digits, which no JSON writer here can print. */
function withBareCursor(answer: Answer): Answer {
  return { ...answer, body: answer.body.replace(/"cursor":"(\d+)"/, '"cursor":$1') }
}
