import { type Decimal, sub } from '../../../core/decimal.ts'
import type { EngineFunding } from '../../engine/types.ts'
import type { Handling, Route } from '../../server/types.ts'
import { plain } from './decimals.ts'
import { type Fields, readQuery, readToken } from './fields.ts'
import { fundingIds } from './ids.ts'
import { fees, listingOf } from './instruments.ts'
import { readPage } from './paging.ts'
import { type PlacedFill, replayFills } from './replay.ts'
import { reply } from './replies.ts'
import { categories } from './scope.ts'
import { readWindow } from './window.ts'

const logFields = [
  'accountType',
  'category',
  'currency',
  'baseCoin',
  'type',
  'transSubType',
  'startTime',
  'endTime',
  'limit',
  'cursor',
] as const

const DAY = 86_400_000

// https://bybit-exchange.github.io/docs/v5/account/transaction-log
export const transactionLog: Route = {
  method: 'GET',
  path: '/v5/account/transaction-log',
  access: 'signed',
  operation: 'getAccount',
  parameters: logFields,
  handle(handling) {
    const fields = readQuery(handling.params, logFields)
    const { from, to } = readWindow(handling.engine, fields, DAY)
    const isWanted = filterOf(handling, fields)
    const wanted = entries(handling).filter(
      (entry) => entry.time >= from && entry.time <= to && isWanted(entry),
    )
    const page = readPage(wanted, fields, { standard: 20, most: 50 }, ({ id, time }) => ({
      id,
      time,
    }))
    const list = page.rows.map((entry) => ({ ...entry.row, cashBalance: plain(entry.balance) }))
    return reply(handling, { list, nextPageCursor: page.nextPageCursor })
  },
}

/** What moved a balance. */
interface Movement {
  id: string
  time: number
  /** The engine's symbol. */
  symbol: string
  type: 'TRADE' | 'SETTLEMENT'
  change: Decimal
  row: Record<string, unknown>
}

/** A movement with the coin's balance after it. */
interface Entry extends Movement {
  balance: Decimal
}

/** Newest first. Trades and funding are all that ever moves a balance here. */
function entries({ accountId, engine }: Handling): Entry[] {
  const balances = new Map<string, Decimal>()
  for (const asset of engine.assets(accountId)) {
    balances.set(asset, engine.margin(accountId, asset).walletBalance)
  }
  const movements = [
    ...replayFills(engine.fills(accountId)).map(tradeMovement),
    ...engine.fundings(accountId).map((funding) => fundingMovement(funding)),
  ]
  return movements
    .reverse()
    .sort((a, b) => b.time - a.time)
    .map((movement) => {
      const asset = listingOf(movement.symbol).engine.settleAsset
      const balance = balances.get(asset) ?? '0'
      balances.set(asset, sub(balance, movement.change))
      return { ...movement, balance }
    })
}

const types = [
  'TRADE',
  'SETTLEMENT',
  'TRANSFER_IN',
  'TRANSFER_OUT',
  'DELIVERY',
  'LIQUIDATION',
  'ADL',
  'AIRDROP',
  'BONUS',
  'FEE_REFUND',
  'INTEREST',
  'CURRENCY_BUY',
  'CURRENCY_SELL',
] as const

function filterOf(
  handling: Handling,
  fields: Fields<(typeof logFields)[number]>,
): (entry: Entry) => boolean {
  const category = readToken(handling, fields, 'category', categories) ?? 'linear'
  const type = readToken(handling, fields, 'type', types)
  const currency = fields.text('currency')
  const baseCoin = fields.text('baseCoin')
  return (entry) => {
    const { baseAsset, settleAsset } = listingOf(entry.symbol).engine
    return (
      category === 'linear' &&
      (type === undefined || type === entry.type) &&
      (currency === undefined || currency === settleAsset) &&
      (baseCoin === undefined || baseCoin === baseAsset)
    )
  }
}

/** Keys as in the sample of docs/wire/bybit.md 4.6, without the balance. */
function tradeMovement({ fill, positionAfter }: PlacedFill): Movement {
  const listing = listingOf(fill.symbol)
  const change = sub(fill.realizedPnl, fill.fee)
  const row = {
    id: `${fill.fillId}_${listing.native}`,
    symbol: listing.native,
    category: 'linear',
    side: fill.side === 'BUY' ? 'Buy' : 'Sell',
    type: 'TRADE',
    transSubType: '',
    funding: '',
    fee: plain(fill.fee),
    change: plain(change),
    cashFlow: plain(fill.realizedPnl),
    cashBalance: '',
    currency: listing.engine.settleAsset,
    size: plain(positionAfter),
    qty: plain(fill.quantity),
    tradePrice: plain(fill.price),
    feeRate: fill.isMaker ? fees.maker : fees.taker,
    bonusChange: '',
    transactionTime: String(fill.timestamp),
    orderId: fill.orderId,
    orderLinkId: fill.clientOrderId,
    tradeId: fill.fillId,
    extraFees: '',
  }
  const { fillId: id, symbol, timestamp: time } = fill
  return { id, time, symbol, type: 'TRADE', change, row }
}

/** Likewise; `funding` is positive when received. */
function fundingMovement(funding: EngineFunding): Movement {
  const { amount, asset, markPrice, rate, side, size, symbol, timestamp } = funding
  const listing = listingOf(symbol)
  const { orderId, tradeId } = fundingIds(funding)
  const row = {
    id: `${tradeId}_${listing.native}`,
    symbol: listing.native,
    category: 'linear',
    side: side === 'LONG' ? 'Buy' : 'Sell',
    type: 'SETTLEMENT',
    transSubType: '',
    funding: plain(amount),
    fee: '0',
    change: plain(amount),
    cashFlow: '0',
    cashBalance: '',
    currency: asset,
    size: plain(side === 'LONG' ? size : sub('0', size)),
    qty: plain(size),
    tradePrice: plain(markPrice),
    feeRate: plain(rate),
    bonusChange: '',
    transactionTime: String(timestamp),
    orderId,
    orderLinkId: '',
    tradeId,
    extraFees: '',
  }
  return { id: tradeId, time: timestamp, symbol, type: 'SETTLEMENT', change: amount, row }
}
