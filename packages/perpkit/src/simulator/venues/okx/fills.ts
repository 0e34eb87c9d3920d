import { negate } from '../../../core/decimal.ts'
import type { EngineFill } from '../../engine/types.ts'
import type { Handling, Route } from '../../server/types.ts'
import { contractsOf, plain } from './decimals.ts'
import { readFields } from './fields.ts'
import { fillTradeIdOf } from './ids.ts'
import { listingOf } from './instruments.ts'
import { isClosing, sideWord } from './legs.ts'
import { isLiquidation, readNotes } from './notes.ts'
import { readPage, readSpan } from './paging.ts'
import { answering } from './replies.ts'
import { readScope } from './scope.ts'

const fillNames = [
  'instType',
  'instFamily',
  'uly',
  'instId',
  'ordId',
  'subType',
  'after',
  'before',
  'begin',
  'end',
  'limit',
] as const

// https://www.okx.com/docs-v5/en/#order-book-trading-trade-get-transaction-details-last-3-days
export const fills: Route = fillRoute('/api/v5/trade/fills', 3, { instType: false })

// https://www.okx.com/docs-v5/en/#order-book-trading-trade-get-transaction-details-last-3-months
export const fillsHistory: Route = fillRoute('/api/v5/trade/fills-history', 90, { instType: true })

function fillRoute(path: string, days: number, needs: { instType: boolean }): Route {
  return {
    method: 'GET',
    path,
    access: 'signed',
    operation: 'getOrder',
    parameters: fillNames,
    handle: answering((handling) => {
      const { accountId, engine } = handling
      const fields = readFields(handling.params, fillNames)
      const scope = readScope(handling, fields, needs)
      const symbols = new Set(scope.map((listing) => listing.engine.symbol))
      const ordId = fields.text('ordId')
      const subType = fields.text('subType')
      const isInSpan = readSpan(fields)
      const earliest = engine.now() - days * 86_400_000
      const rows = [...engine.fills(accountId)]
        .reverse()
        .filter(
          (fill) =>
            symbols.has(fill.symbol) &&
            fill.timestamp >= earliest &&
            isInSpan(fill.timestamp) &&
            (ordId === undefined || fill.orderId === ordId) &&
            (subType === undefined || subTypeOf(handling, fill) === subType),
        )
      return readPage(rows, fields, ({ fillId }) => fillId).map((fill) => fillRow(handling, fill))
    }),
  }
}

/** Whose fill it is. */
type Holder = Pick<Handling, 'accountId' | 'engine'>

/** Keys as in the sample of docs/wire/okx.md 4.3. */
function fillRow(handling: Handling, fill: EngineFill): Record<string, string> {
  const { accountId, engine } = handling
  const listing = listingOf(fill.symbol)
  const order = engine.order(accountId, fill.orderId)
  const isForced = isForcedFill(handling, fill)
  return {
    instType: 'SWAP',
    instId: listing.instId,
    tradeId: tradeId(handling, fill),
    ordId: fill.orderId,
    clOrdId: order?.conditionalId === undefined ? fill.clientOrderId : '',
    billId: fill.fillId,
    subType: subTypeOf(handling, fill),
    tag: order ? readNotes(order.venueData).tag : '',
    fillPx: fill.price,
    fillSz: plain(contractsOf(listing, fill.quantity)),
    fillPnl: plain(fill.realizedPnl),
    fillIdxPx: '',
    // The engine keeps no mark price of the moment: the fill's own is the nearest to it.
    fillMarkPx: fill.price,
    side: fill.side === 'BUY' ? 'buy' : 'sell',
    posSide: sideWord(fill),
    execType: isForced ? '' : execTypeOf(fill),
    fee: plain(negate(fill.fee)),
    feeCcy: fill.feeAsset,
    feeRate: '',
    fillTime: String(fill.timestamp),
    ts: String(fill.timestamp),
    fillPxVol: '',
    fillPxUsd: '',
    fillMarkVol: '',
    fillFwdPx: '',
    tradeQuoteCcy: '',
  }
}

export function execTypeOf({ isMaker }: EngineFill): 'M' | 'T' {
  return isMaker ? 'M' : 'T'
}

/** Trade id; of a liquidation it is negative. */
export function tradeId(handling: Holder, fill: EngineFill): string {
  const id = fillTradeIdOf(fill.fillId)
  return isForcedFill(handling, fill) ? `-${id}` : id
}

/**
 * `1` bought, `2` sold; in long/short mode `3` and `4` opened, `5` and `6` closed, a long and a short;
 * `104` and `105` a liquidated long and short.
 */
export function subTypeOf(handling: Holder, fill: EngineFill): string {
  if (isForcedFill(handling, fill)) return fill.side === 'SELL' ? '104' : '105'
  if (fill.positionSide === undefined) return fill.side === 'BUY' ? '1' : '2'
  const closes = isClosing({ ...fill, reduceOnly: false })
  if (fill.positionSide === 'LONG') return closes ? '5' : '3'
  return closes ? '6' : '4'
}

export function isForcedFill({ accountId, engine }: Holder, fill: EngineFill): boolean {
  const order = engine.order(accountId, fill.orderId)
  return order !== undefined && isLiquidation(order.venueData)
}
