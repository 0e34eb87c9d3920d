import type { EngineFill } from '../../../engine/types.ts'
import type { Route } from '../../../server/types.ts'
import { money } from '../decimals.ts'
import { readFields, readToken, requiredToken } from '../fields.ts'
import { listingOf, productTypes } from '../instruments.ts'
import { isAgainst } from '../orderWords.ts'
import { DAY, type RowKey, readPage } from '../paging.ts'
import { type MoneyRecord, moneyRecords } from '../records.ts'
import { reply } from '../replies.ts'

// What moved the money of a classic account: docs/wire/bitget.md 4.1.

const billFields = [
  'productType',
  'coin',
  'businessType',
  'onlyFunding',
  'idLessThan',
  'startTime',
  'endTime',
  'limit',
] as const

// https://www.bitget.com/api-doc/contract/account/Get-Account-Bill
export const accountBill: Route = {
  method: 'GET',
  path: '/api/v2/mix/account/bill',
  access: 'signed',
  operation: 'getAccount',
  parameters: billFields,
  handle(handling) {
    const fields = readFields(handling.params, billFields)
    const productType = requiredToken(handling, fields, 'productType', productTypes)
    const coin = fields.text('coin')?.toUpperCase()
    const businessType = fields.text('businessType')
    // Without what trading made.
    const isFundsOnly = readToken(handling, fields, 'onlyFunding', ['yes', 'no']) === 'yes'
    const wanted = moneyRecords(handling)
      .filter((row) => listingOf(row.symbol).productType === productType)
      .filter((row) => !isFundsOnly || row.fill === undefined)
      .filter((row) => coin === undefined || row.coin === coin)
      .filter((row) => businessType === undefined || businessOf(row) === businessType)
    const keyOf = ({ id, time }: MoneyRecord): RowKey => ({ id, time })
    const page = readPage(handling, fields, wanted, keyOf, {
      standard: 20,
      most: 100,
      before: fields.text('idLessThan'),
      longestMs: 30 * DAY,
      reachMs: 90 * DAY,
    })
    const bills = page.map(billRow)
    return reply(handling, { bills, endId: page[page.length - 1]?.id ?? null })
  },
}

function billRow(row: MoneyRecord): Record<string, string> {
  return {
    billId: row.id,
    symbol: listingOf(row.symbol).native,
    amount: money(row.amount),
    fee: money(row.fee),
    feeByCoupon: '',
    businessType: businessOf(row),
    coin: row.coin,
    balance: money(row.balance),
    cTime: String(row.time),
  }
}

function businessOf({ fill }: MoneyRecord): string {
  return fill ? tradeOf(fill) : 'contract_settle_fee'
}

function tradeOf(fill: EngineFill): string {
  const { positionSide, side } = fill
  if (positionSide === undefined) return side === 'BUY' ? 'buy' : 'sell'
  return `${isAgainst(fill) ? 'close' : 'open'}_${positionSide === 'LONG' ? 'long' : 'short'}`
}
