import { add, type Decimal, isNegative, negate, sub } from '../../../core/decimal.ts'
import type { EngineFill, EngineFunding, PositionLeg } from '../../engine/types.ts'
import type { Handling, Route } from '../../server/types.ts'
import { contractsOf, plain } from './decimals.ts'
import { readFields, readToken } from './fields.ts'
import { execTypeOf, subTypeOf, tradeId } from './fills.ts'
import { listingOf } from './instruments.ts'
import { modeWord } from './legs.ts'
import { readNotes } from './notes.ts'
import { readPage, readSpan } from './paging.ts'
import { answering } from './replies.ts'
import { readScope } from './scope.ts'

// What moved the balance: docs/wire/okx.md 4.1. Here fills and funding do, each with a bill.

const billNames = [
  'instType',
  'instId',
  'ccy',
  'mgnMode',
  'ctType',
  'type',
  'subType',
  'after',
  'before',
  'begin',
  'end',
  'limit',
] as const

// https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-bills-details-last-7-days
export const bills: Route = billRoute('/api/v5/account/bills', 7)

// https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-bills-details-last-3-months
export const billsArchive: Route = billRoute('/api/v5/account/bills-archive', 90)

function billRoute(path: string, days: number): Route {
  return {
    method: 'GET',
    path,
    access: 'signed',
    operation: 'getAccount',
    parameters: billNames,
    handle: answering((handling) => {
      const fields = readFields(handling.params, billNames)
      const scope = readScope(handling, readFields(handling.params, ['instType', 'instId']), {
        instType: false,
      })
      const symbols = new Set(scope.map((listing) => listing.engine.symbol))
      const mode = readToken(handling, fields, 'mgnMode', ['cross', 'isolated'])
      const contractType = readToken(handling, fields, 'ctType', ['linear', 'inverse'])
      const isInSpan = readSpan(fields)
      const earliest = handling.engine.now() - days * 86_400_000
      const rows = billRows(handling).filter(
        ({ leg, row, timestamp }) =>
          symbols.has(leg.symbol) &&
          [modeWord(leg), undefined].includes(mode) &&
          contractType !== 'inverse' &&
          timestamp >= earliest &&
          isInSpan(timestamp) &&
          (['ccy', 'type', 'subType'] as const).every((name) =>
            [undefined, row[name]].includes(fields.text(name)),
          ),
      )
      return readPage(rows, fields, ({ row }) => row.billId).map(({ row }) => row)
    }),
  }
}

interface Bill {
  leg: PositionLeg
  timestamp: number
  row: Record<string, string> & { billId: string }
}

/** What changed the balance, without what it was afterwards. */
interface Change extends Bill {
  asset: string
  amount: Decimal
}

/** Newest first. The balance after each is counted back from the one of now. */
function billRows(handling: Handling): Bill[] {
  const { accountId, engine } = handling
  const balances = new Map<string, Decimal>()
  return changesOf(handling).map(({ amount, asset, row, ...bill }) => {
    const after = balances.get(asset) ?? engine.margin(accountId, asset).walletBalance
    balances.set(asset, sub(after, amount))
    return { ...bill, row: { ...row, bal: plain(after) } }
  })
}

/** Newest first. Funding is numbered behind the fill before it, so that ids rise. */
function changesOf(handling: Handling): Change[] {
  const { accountId, engine } = handling
  const fills = engine.fills(accountId)
  const since = new Map<string, number>()
  const funded = engine.fundings(accountId).map((funding): Change => {
    const before = fills.findLast(({ timestamp }) => timestamp <= funding.timestamp)
    const fillId = before?.fillId ?? fills[0]?.fillId ?? '0'
    const number = (since.get(fillId) ?? 0) + 1
    since.set(fillId, number)
    return fundingChange(funding, String(BigInt(fillId) + BigInt(number)))
  })
  const filled = fills.map((fill) => fillChange(handling, fill))
  return [...filled, ...funded].sort((a, b) =>
    BigInt(b.row.billId) > BigInt(a.row.billId) ? 1 : -1,
  )
}

function fillChange(handling: Handling, fill: EngineFill): Change {
  const listing = listingOf(fill.symbol)
  const order = handling.engine.order(handling.accountId, fill.orderId)
  const fee = negate(fill.fee)
  const amount = add(fill.realizedPnl, fee)
  const subType = subTypeOf(handling, fill)
  return {
    leg: fill,
    timestamp: fill.timestamp,
    asset: fill.feeAsset,
    amount,
    row: {
      ...blank,
      billId: fill.fillId,
      // A liquidation or a trade.
      type: subType.length === 3 ? '5' : '2',
      subType,
      ccy: fill.feeAsset,
      balChg: plain(amount),
      sz: plain(contractsOf(listing, fill.quantity)),
      px: fill.price,
      pnl: plain(fill.realizedPnl),
      fee: plain(fee),
      instId: listing.instId,
      mgnMode: modeWord(fill),
      ordId: fill.orderId,
      clOrdId: order?.conditionalId === undefined ? fill.clientOrderId : '',
      tradeId: tradeId(handling, fill),
      tag: order ? readNotes(order.venueData).tag : '',
      execType: execTypeOf(fill),
      fillTime: String(fill.timestamp),
      ts: String(fill.timestamp),
    },
  }
}

function fundingChange(funding: EngineFunding, billId: string): Change {
  const { amount, asset, markPrice, size, symbol, timestamp } = funding
  const listing = listingOf(symbol)
  return {
    leg: { symbol, marginMode: funding.marginMode },
    timestamp,
    asset,
    amount,
    row: {
      ...blank,
      billId,
      type: '8',
      // Paid or received.
      subType: isNegative(amount) ? '173' : '174',
      ccy: asset,
      balChg: plain(amount),
      sz: plain(contractsOf(listing, size)),
      px: markPrice,
      pnl: plain(amount),
      instId: listing.instId,
      mgnMode: modeWord(funding),
      ts: String(timestamp),
    },
  }
}

const blank = {
  bal: '',
  posBalChg: '0',
  posBal: '0',
  fee: '0',
  interest: '0',
  instType: 'SWAP',
  ordId: '',
  clOrdId: '',
  tradeId: '',
  tag: '',
  execType: '',
  fillTime: '',
  from: '',
  to: '',
  notes: '',
} as const
