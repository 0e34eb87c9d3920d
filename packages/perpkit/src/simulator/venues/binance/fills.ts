import { mul } from '../../../core/decimal.ts'
import type { EngineFill } from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import { Refused } from './errors.ts'
import { moneyText, priceText, quantityText, turnoverText } from './format.ts'
import { newestOrOldest, readWindow, windowNames } from './historyWindow.ts'
import { shownSide } from './legs.ts'
import { isYounger } from './orderLookup.ts'
import { contractOf } from './orderShapes.ts'
import { type FapiRoute, signedRoute } from './route.ts'
import { Sent } from './sent.ts'
import { readContract } from './symbols.ts'

// Own trades: docs/wire/binance.md 4.5.

type Shape = Record<string, unknown>

export const fillRoutes: readonly FapiRoute[] = [
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Account-Trade-List
  signedRoute('GET', '/fapi/v1/userTrades', { mandatory: ['symbol'], handle: userTrades }),
]

function userTrades(handling: Handling): Shape[] {
  const sent = new Sent(handling, ['symbol', 'orderId', 'fromId', ...windowNames])
  const { symbol } = readContract(sent)
  const orderId = sent.id('orderId')
  const fromId = sent.whole('fromId')
  const hasId = orderId !== undefined || fromId !== undefined
  const window = readWindow(sent, handling.clock.now(), hasId)
  // `fromId` goes upward from a trade and cannot be mixed with times.
  const hasTimes = window.hasStart || sent.has('endTime')
  if (fromId !== undefined && hasTimes) throw new Refused('-1128')
  const limit = sent.limit('limit', 500, 1_000)
  const { engine, accountId } = handling
  const rows = engine
    .fills(accountId)
    .filter((fill) => fill.symbol === symbol)
    .filter((fill) => orderId === undefined || fill.orderId === orderId)
    .filter(({ fillId }) => fromId === undefined || Number(fillId) >= fromId)
    .filter(({ timestamp }) => window.holds(timestamp) && isYounger(engine, timestamp, 90))
  return newestOrOldest(rows, limit, fromId !== undefined || window.hasStart).map(tradeShape)
}

function tradeShape(fill: EngineFill): Shape {
  const contract = contractOf(fill)
  return {
    buyer: fill.side === 'BUY',
    commission: moneyText(fill.fee),
    commissionAsset: fill.feeAsset,
    id: Number(fill.fillId),
    maker: fill.isMaker,
    orderId: Number(fill.orderId),
    price: priceText(contract, fill.price),
    qty: quantityText(contract, fill.quantity),
    quoteQty: turnoverText(contract, mul(fill.price, fill.quantity)),
    baseQty: '0',
    marginAsset: contract.settleAsset,
    realizedPnl: moneyText(fill.realizedPnl),
    side: fill.side,
    positionSide: shownSide(fill),
    symbol: fill.symbol,
    pair: fill.symbol,
    time: fill.timestamp,
  }
}
