import { isZero, mul, negate } from '../../../core/decimal.ts'
import type { EngineFill } from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import { Refused } from './errors.ts'
import { moneyText, priceText, quantityText, turnoverText } from './format.ts'
import { newestOrOldest, readWindow, windowNames } from './historyWindow.ts'
import { contractOf } from './orderShapes.ts'
import { type FapiRoute, signedRoute } from './route.ts'
import { Sent } from './sent.ts'
import { readContract, readContracts } from './symbols.ts'
import { incomeTypes } from './tokens.ts'

// Own trades and what they did to the balance: docs/wire/binance.md 4.1 and 4.5.

type Shape = Record<string, unknown>

export const fillRoutes: readonly FapiRoute[] = [
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Account-Trade-List
  signedRoute('GET', '/fapi/v1/userTrades', { mandatory: ['symbol'], handle: userTrades }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/account/rest-api/Get-Income-History
  signedRoute('GET', '/fapi/v1/income', { handle: incomeHistory }),
]

function userTrades(handling: Handling): Shape[] {
  const sent = new Sent(handling, ['symbol', 'orderId', 'fromId', ...windowNames])
  const { symbol } = readContract(sent)
  const orderId = sent.id('orderId')
  const fromId = sent.whole('fromId')
  const window = readWindow(sent, handling.clock.now())
  // `fromId` goes upward from a trade and cannot be mixed with times.
  const hasTimes = window.hasStart || sent.has('endTime')
  if (fromId !== undefined && hasTimes) throw new Refused('-1128')
  const limit = sent.limit('limit', 500, 1_000)
  const rows = handling.engine
    .fills(handling.accountId)
    .filter((fill) => fill.symbol === symbol)
    .filter((fill) => orderId === undefined || fill.orderId === orderId)
    .filter((fill) =>
      fromId === undefined ? window.holds(fill.timestamp) : Number(fill.fillId) >= fromId,
    )
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
    positionSide: 'BOTH',
    symbol: fill.symbol,
    pair: fill.symbol,
    time: fill.timestamp,
  }
}

function incomeHistory(handling: Handling): Shape[] {
  const sent = new Sent(handling, ['symbol', 'incomeType', 'page', ...windowNames])
  const { list } = readContracts(sent)
  const type = sent.word('incomeType', incomeTypes, '-1130')
  const page = Math.max(1, sent.whole('page') ?? 1)
  const window = readWindow(sent, handling.clock.now())
  const limit = sent.limit('limit', 100, 1_000)
  const rows = handling.engine
    .fills(handling.accountId)
    .filter(({ symbol }) => list.some((contract) => contract.symbol === symbol))
    .filter((fill) => window.holds(fill.timestamp))
    .flatMap(incomeShapes)
    .filter((row) => type === undefined || row.incomeType === type)
  return newestOrOldest(rows, limit * page, window.hasStart).slice(
    window.hasStart ? limit * (page - 1) : 0,
    window.hasStart ? limit * page : limit,
  )
}

/** Negative is paid, unlike the commission of a trade. */
function incomeShapes(fill: EngineFill): Shape[] {
  const shared = { symbol: fill.symbol, asset: fill.feeAsset }
  const row = (incomeType: string, income: string, tranId: number): Shape => ({
    ...shared,
    incomeType,
    income,
    info: incomeType,
    time: fill.timestamp,
    tranId,
    tradeId: fill.fillId,
  })
  const id = 2 * Number(fill.fillId)
  const commission = row('COMMISSION', moneyText(negate(fill.fee)), id + 1)
  if (isZero(fill.realizedPnl)) return [commission]
  return [row('REALIZED_PNL', moneyText(fill.realizedPnl), id), commission]
}
