import {
  add,
  type Decimal,
  div,
  isNegative,
  isZero,
  min,
  mul,
  negate,
  sub,
} from '../../../core/decimal.ts'
import type { EngineFill, EngineFunding, MarginMode } from '../../engine/types.ts'
import type { Route } from '../../server/types.ts'
import { listingOf } from './contracts.ts'
import { plain } from './figures.ts'
import { Form } from './form.ts'
import { DAY_MS, isWithin, pageNames, readPage, readWindow, windowNames } from './paging.ts'
import { reply } from './replies.ts'
import { readOptionalListing, readOptionalMarginMode } from './scope.ts'
import { modeWord } from './sides.ts'

const REACH_MS = 90 * DAY_MS

// What has moved the balance: profits and fees of the fills, and funding. docs/wire/htx.md 4.1.
// https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-19b930b8bee
export const bills: Route = {
  method: 'GET',
  path: '/v5/account/bills',
  access: 'signed',
  operation: 'getAccount',
  parameters: ['contract_code', 'margin_mode', 'type', ...windowNames, ...pageNames],
  handle(handling) {
    const { accountId, engine } = handling
    const form = new Form(handling)
    const listing = readOptionalListing(form)
    const mode = readOptionalMarginMode(form)
    const types = form.text('type')?.split(',')
    const window = readWindow(form, engine, REACH_MS)
    const all = [...fillBills(engine.fills(accountId)), ...fundingBills(engine.fundings(accountId))]
    const rows = all
      .filter(({ timestamp }) => isWithin(window, timestamp))
      .filter(({ marginMode }) => mode === undefined || marginMode === mode)
      .filter(({ symbol }) => listing === undefined || symbol === listing.engine.symbol)
      .filter(({ type }) => types === undefined || types.includes(type))
      .sort((a, b) => (a.id < b.id ? -1 : 1))
    const page = readPage(form, rows, 'oldestFirst', ({ id }) => id)
    return reply(handling, page.map(billRow))
  },
}

interface Bill {
  /** Of one length for all, and in the order of time. */
  id: string
  /**
   * 3, 4: profit of a closed long, short; 5, 6: fee of opening as taker, maker; 7, 8: of closing;
   * 30, 31: funding received, paid.
   */
  type: string
  amount: Decimal
  asset: string
  symbol: string
  marginMode: MarginMode
  timestamp: number
}

function billRow(bill: Bill): Record<string, string> {
  return {
    id: bill.id,
    type: bill.type,
    currency: bill.asset,
    amount: plain(bill.amount),
    contract_code: listingOf(bill.symbol).native,
    margin_mode: modeWord(bill.marginMode),
    created_time: String(bill.timestamp),
  }
}

/** Time, kind and number among those of its kind and time: later bills never change it. */
function idAt(timestamp: number, kind: '0' | '1', place: number): string {
  return `${timestamp}${kind}${String(place).padStart(5, '0')}`
}

function fundingBills(fundings: readonly EngineFunding[]): Bill[] {
  const paid = fundings.filter(({ amount }) => !isZero(amount))
  return numbered(paid, '1').map(({ id, row }) => ({
    id,
    type: isNegative(row.amount) ? '31' : '30',
    amount: row.amount,
    asset: row.asset,
    symbol: row.symbol,
    marginMode: row.marginMode,
    timestamp: row.timestamp,
  }))
}

function fillBills(fills: readonly EngineFill[]): Bill[] {
  const sizes = new Map<string, Decimal>()
  const entries = fills.flatMap((fill) => {
    const leg = [fill.symbol, fill.marginMode, fill.positionSide].join(' ')
    const before = sizes.get(leg) ?? '0'
    sizes.set(leg, add(before, fill.side === 'BUY' ? fill.quantity : negate(fill.quantity)))
    return entriesOf(fill, before)
  })
  return numbered(entries, '0').map(({ id, row: { amount, fill, timestamp, type } }) => ({
    id,
    type,
    amount,
    asset: fill.feeAsset,
    symbol: fill.symbol,
    marginMode: fill.marginMode,
    timestamp,
  }))
}

function numbered<Row extends { timestamp: number }>(
  rows: readonly Row[],
  kind: '0' | '1',
): { id: string; row: Row }[] {
  let before: Row | undefined
  let place = 0
  return rows.map((row) => {
    place = before?.timestamp === row.timestamp ? place + 1 : 0
    before = row
    return { id: idAt(row.timestamp, kind, place), row }
  })
}

interface FillEntry {
  type: string
  amount: Decimal
  fill: EngineFill
  timestamp: number
}

/** `before` is the leg's position ahead of the fill, below zero for a short one. */
function entriesOf(fill: EngineFill, before: Decimal): FillEntry[] {
  const { timestamp } = fill
  const isShort = isNegative(before)
  const isClosing = !isZero(before) && isShort === (fill.side === 'BUY')
  const closed = isClosing ? min(before.replace('-', ''), fill.quantity) : '0'
  const closingFee = div(mul(fill.fee, closed), fill.quantity)
  const openingFee = sub(fill.fee, closingFee)
  const entries: FillEntry[] = []
  if (isClosing) {
    entries.push({ type: isShort ? '4' : '3', amount: fill.realizedPnl, fill, timestamp })
  }
  if (!isZero(closingFee)) {
    entries.push({ type: fill.isMaker ? '8' : '7', amount: negate(closingFee), fill, timestamp })
  }
  if (!isZero(openingFee)) {
    entries.push({ type: fill.isMaker ? '6' : '5', amount: negate(openingFee), fill, timestamp })
  }
  return entries
}
