import { add, type Decimal, negate, sub } from '../../../core/decimal.ts'
import type { EngineFill } from '../../engine/types.ts'
import type { Handling, Route } from '../../server/types.ts'
import { contractsOf, plain } from './decimals.ts'
import { readFields, readToken } from './fields.ts'
import { execTypeOf, subTypeOf, tradeId } from './fills.ts'
import { listingOf } from './instruments.ts'
import { readNotes } from './notes.ts'
import { readPage, readSpan } from './paging.ts'
import { answering } from './replies.ts'
import { readScope } from './scope.ts'

// What moved the balance: docs/wire/okx.md 4.1. Here fills alone do, each with a bill.

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
        ({ fill, row }) =>
          symbols.has(fill.symbol) &&
          mode !== 'isolated' &&
          contractType !== 'inverse' &&
          fill.timestamp >= earliest &&
          isInSpan(fill.timestamp) &&
          (['ccy', 'type', 'subType'] as const).every((name) =>
            [undefined, row[name]].includes(fields.text(name)),
          ),
      )
      return readPage(rows, fields, ({ fill }) => fill.fillId).map(({ row }) => row)
    }),
  }
}

interface Bill {
  fill: EngineFill
  row: Record<string, string>
}

/** Newest first. The balance after each is counted back from the one of now. */
function billRows(handling: Handling): Bill[] {
  const { accountId, engine } = handling
  const balances = new Map<string, Decimal>()
  return [...engine.fills(accountId)].reverse().map((fill) => {
    const after =
      balances.get(fill.feeAsset) ?? engine.margin(accountId, fill.feeAsset).walletBalance
    const change = sub(fill.realizedPnl, fill.fee)
    balances.set(fill.feeAsset, sub(after, change))
    return { fill, row: billRow(handling, fill, after) }
  })
}

function billRow(handling: Handling, fill: EngineFill, after: Decimal): Record<string, string> {
  const listing = listingOf(fill.symbol)
  const order = handling.engine.order(handling.accountId, fill.orderId)
  const fee = negate(fill.fee)
  const subType = subTypeOf(handling, fill)
  return {
    billId: fill.fillId,
    // A liquidation or a trade.
    type: subType.length === 3 ? '5' : '2',
    subType,
    ccy: fill.feeAsset,
    balChg: plain(add(fill.realizedPnl, fee)),
    bal: plain(after),
    posBalChg: '0',
    posBal: '0',
    sz: plain(contractsOf(listing, fill.quantity)),
    px: fill.price,
    pnl: plain(fill.realizedPnl),
    fee: plain(fee),
    interest: '0',
    instId: listing.instId,
    instType: 'SWAP',
    mgnMode: 'cross',
    ordId: fill.orderId,
    clOrdId: order?.conditionalId === undefined ? fill.clientOrderId : '',
    tradeId: tradeId(handling, fill),
    tag: order ? readNotes(order.venueData).tag : '',
    execType: execTypeOf(fill),
    fillTime: String(fill.timestamp),
    ts: String(fill.timestamp),
    from: '',
    to: '',
    notes: '',
  }
}
