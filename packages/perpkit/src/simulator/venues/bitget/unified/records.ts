import { isNegative } from '../../../../core/decimal.ts'
import type { Route } from '../../../server/types.ts'
import { money } from '../decimals.ts'
import { readFields, requiredToken } from '../fields.ts'
import { listingOf } from '../instruments.ts'
import { isAgainst } from '../orderWords.ts'
import { type RowKey, readPage } from '../paging.ts'
import { type MoneyRecord, moneyRecords } from '../records.ts'
import { reply } from '../replies.ts'
import { categories } from '../scope.ts'
import { pages } from './orderQueries.ts'

// What moved the money of a unified account: docs/wire/bitget.md 12.3.

const recordFields = [
  'category',
  'coin',
  'type',
  'startTime',
  'endTime',
  'limit',
  'cursor',
] as const

// https://www.bitget.com/api-doc/uta/account/Get-Financial-Records
export const financialRecords: Route = {
  method: 'GET',
  path: '/api/v3/account/financial-records',
  access: 'signed',
  operation: 'getAccount',
  parameters: recordFields,
  handle(handling) {
    const fields = readFields(handling.params, recordFields)
    const category = requiredToken(handling, fields, 'category', categories)
    const coin = fields.text('coin')?.toUpperCase()
    const type = fields.text('type')
    const wanted = moneyRecords(handling)
      .filter((row) => listingOf(row.symbol).productType === category)
      .filter((row) => coin === undefined || row.coin === coin)
      .filter((row) => type === undefined || typeOf(row) === type)
    const keyOf = ({ id, time }: MoneyRecord): RowKey => ({ id, time })
    const before = fields.text('cursor')
    const page = readPage(handling, fields, wanted, keyOf, { ...pages, before })
    const list = page.map(recordRow)
    return reply(handling, { list, cursor: page[page.length - 1]?.id ?? '' })
  },
}

function recordRow(row: MoneyRecord): Record<string, string> {
  const listing = listingOf(row.symbol)
  return {
    category: listing.productType,
    id: row.id,
    symbol: listing.native,
    coin: row.coin,
    type: typeOf(row),
    amount: money(row.amount),
    fee: money(row.fee),
    balance: money(row.balance),
    ts: String(row.time),
  }
}

function typeOf({ amount, fill }: MoneyRecord): string {
  if (!fill) return `CONTRACT_MAIN_SETTLE_FEE_USER_${isNegative(amount) ? 'OUT' : 'IN'}`
  if (fill.positionSide === undefined) return fill.side
  return `${isAgainst(fill) ? 'CLOSE' : 'OPEN'}_${fill.positionSide}`
}
