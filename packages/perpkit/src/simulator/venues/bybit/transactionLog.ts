import { type Decimal, sub } from '../../../core/decimal.ts'
import type { Handling, Route } from '../../server/types.ts'
import { plain } from './decimals.ts'
import { type Fields, readQuery, readToken } from './fields.ts'
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
      (entry) =>
        entry.placed.fill.timestamp >= from && entry.placed.fill.timestamp <= to && isWanted(entry),
    )
    const page = readPage(wanted, fields, { standard: 20, most: 50 }, ({ placed: { fill } }) => ({
      id: fill.fillId,
      time: fill.timestamp,
    }))
    const list = page.rows.map((entry) => entryRow(entry))
    return reply(handling, { list, nextPageCursor: page.nextPageCursor })
  },
}

/** A trade with the coin's balance after it. */
interface Entry {
  placed: PlacedFill
  balance: Decimal
}

/** Newest first. Trades are all that ever moves a balance here. */
function entries({ accountId, engine }: Handling): Entry[] {
  const balances = new Map<string, Decimal>()
  for (const asset of engine.assets(accountId)) {
    balances.set(asset, engine.margin(accountId, asset).walletBalance)
  }
  return replayFills(engine.fills(accountId))
    .reverse()
    .map((placed) => {
      const asset = listingOf(placed.fill.symbol).engine.settleAsset
      const balance = balances.get(asset) ?? '0'
      balances.set(asset, sub(balance, changeOf(placed)))
      return { placed, balance }
    })
}

function filterOf(
  handling: Handling,
  fields: Fields<(typeof logFields)[number]>,
): (entry: Entry) => boolean {
  const category = readToken(handling, fields, 'category', categories) ?? 'linear'
  const type = fields.text('type') ?? 'TRADE'
  const currency = fields.text('currency')
  const baseCoin = fields.text('baseCoin')
  return ({ placed }) => {
    const { baseAsset, settleAsset } = listingOf(placed.fill.symbol).engine
    return (
      category === 'linear' &&
      type === 'TRADE' &&
      (currency === undefined || currency === settleAsset) &&
      (baseCoin === undefined || baseCoin === baseAsset)
    )
  }
}

function changeOf({ fill }: PlacedFill): Decimal {
  return sub(fill.realizedPnl, fill.fee)
}

/** Keys as in the sample of docs/wire/bybit.md 4.6. */
function entryRow({ balance, placed }: Entry): Record<string, unknown> {
  const { fill, positionAfter } = placed
  const listing = listingOf(fill.symbol)
  return {
    id: `${fill.fillId}_${listing.native}`,
    symbol: listing.native,
    category: 'linear',
    side: fill.side === 'BUY' ? 'Buy' : 'Sell',
    type: 'TRADE',
    transSubType: '',
    funding: '',
    fee: plain(fill.fee),
    change: plain(changeOf(placed)),
    cashFlow: plain(fill.realizedPnl),
    cashBalance: plain(balance),
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
}
