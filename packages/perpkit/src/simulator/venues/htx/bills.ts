import { add, type Decimal, div, isZero, min, mul, negate, sub } from '../../../core/decimal.ts'
import type { EngineFill } from '../../engine/types.ts'
import type { Route } from '../../server/types.ts'
import { listingOf } from './contracts.ts'
import { plain } from './figures.ts'
import { Form } from './form.ts'
import { DAY_MS, isWithin, pageNames, readPage, readWindow, windowNames } from './paging.ts'
import { reply } from './replies.ts'
import { marginModes, readOptionalListing } from './scope.ts'

const REACH_MS = 90 * DAY_MS

// What has moved the balance: profits and fees of the fills. docs/wire/htx.md 4.1.
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
    const mode = form.token('margin_mode', marginModes) ?? 'cross'
    const types = form.text('type')?.split(',')
    const window = readWindow(form, engine, REACH_MS)
    const rows = billsOf(engine.fills(accountId))
      .filter(({ fill }) => mode === 'cross' && isWithin(window, fill.timestamp))
      .filter(({ fill }) => listing === undefined || fill.symbol === listing.engine.symbol)
      .filter(({ type }) => types === undefined || types.includes(type))
    const page = readPage(form, rows, 'oldestFirst', ({ id }) => id)
    return reply(handling, page.map(billRow))
  },
}

interface Bill {
  id: string
  /** 3, 4: profit of a closed long, short; 5, 6: fee of opening as taker, maker; 7, 8: of closing. */
  type: string
  amount: Decimal
  fill: EngineFill
}

const FIRST_ID = 2_194_774_775

function billRow({ amount, fill, id, type }: Bill): Record<string, string> {
  return {
    id,
    type,
    currency: fill.feeAsset,
    amount: plain(amount),
    contract_code: listingOf(fill.symbol).native,
    margin_mode: 'cross',
    created_time: String(fill.timestamp),
  }
}

/** The bills of an account's fills, in their order. */
function billsOf(fills: readonly EngineFill[]): Bill[] {
  const sizes = new Map<string, Decimal>()
  const entries = fills.flatMap((fill) => {
    const before = sizes.get(fill.symbol) ?? '0'
    sizes.set(fill.symbol, add(before, fill.side === 'BUY' ? fill.quantity : negate(fill.quantity)))
    return entriesOf(fill, before)
  })
  return entries.map((entry, place) => ({ ...entry, id: String(FIRST_ID + place) }))
}

function entriesOf(fill: EngineFill, before: Decimal): Omit<Bill, 'id'>[] {
  const isShort = before.startsWith('-')
  const isClosing = !isZero(before) && isShort === (fill.side === 'BUY')
  const closed = isClosing ? min(before.replace('-', ''), fill.quantity) : '0'
  const closingFee = div(mul(fill.fee, closed), fill.quantity)
  const openingFee = sub(fill.fee, closingFee)
  const entries: Omit<Bill, 'id'>[] = []
  if (isClosing) entries.push({ type: isShort ? '4' : '3', amount: fill.realizedPnl, fill })
  if (!isZero(closingFee)) {
    entries.push({ type: fill.isMaker ? '8' : '7', amount: negate(closingFee), fill })
  }
  if (!isZero(openingFee)) {
    entries.push({ type: fill.isMaker ? '6' : '5', amount: negate(openingFee), fill })
  }
  return entries
}
