import { add, type Decimal, negate, sub } from '../../../core/decimal.ts'
import type { EngineFill } from '../../engine/types.ts'
import type { Handling, Route } from '../../server/types.ts'
import { textOf, wholeOf, wordOf } from './fields.ts'
import { accountUidOf, uuidOf } from './ids.ts'
import { listingOf } from './instruments.ts'
import { iso, num } from './numbers.ts'
import { positionSteps } from './positionHistory.ts'
import { json } from './replies.ts'

/** Rows of one answer when none are asked for, and at most. */
const COUNT = { standard: 500, most: 100_000 } as const

const names = ['since', 'before', 'from', 'to', 'sort', 'info', 'count', 'continuation_token']

type Row = Record<string, unknown> & { id: number; date: string; info: string }

// docs/wire/kraken.md 4.8
// https://docs.kraken.com/api/docs/futures-api/history/get-account-log
export const accountLogs: readonly Route[] = ['v3', 'v2'].map((version) => ({
  method: 'GET',
  path: `/api/history/${version}/account-log`,
  access: 'signed',
  operation: 'getAccount',
  parameters: names,
  handle(handling) {
    const { accountId, params } = handling
    const sorts = { words: ['asc', 'desc'] as const, called: 'sort' }
    const sort = wordOf(handling, params, 'sort', sorts) ?? 'desc'
    const count = Math.min(wholeOf(params, 'count') ?? COUNT.standard, COUNT.most)
    const logs = logRows(handling).filter(readFilter(handling))
    if (sort === 'desc') logs.reverse()
    return json(200, { accountUid: accountUidOf(accountId), logs: logs.slice(0, count) })
  },
}))

function readFilter({ params }: Handling): (row: Row) => boolean {
  const since = wholeOf(params, 'since')
  const before = wholeOf(params, 'before')
  const from = wholeOf(params, 'from')
  const to = wholeOf(params, 'to')
  const info = textOf(params, 'info')
  return (row) =>
    (since === undefined || Date.parse(row.date) >= since) &&
    (before === undefined || Date.parse(row.date) < before) &&
    (from === undefined || row.id >= from) &&
    (to === undefined || row.id <= to) &&
    (info === undefined || row.info === info)
}

/** Two rows a fill, oldest first: what it did to the wallet and what to the position. */
function logRows({ accountId, engine }: Handling): Row[] {
  const steps = positionSteps(engine.fills(accountId))
  let balance = engine.margin(accountId, 'USD').walletBalance
  // Backwards from the balance that is: what it was at first is not kept.
  for (const { fill } of steps) balance = sub(balance, changeOf(fill))
  return steps.flatMap(({ after, before, fill }, index) => {
    const contract = listingOf(fill.symbol).native.toLowerCase()
    const oldBalance = balance
    balance = add(balance, changeOf(fill))
    const cash = {
      ...common(fill, index * 2 + 1, contract),
      asset: 'usd',
      old_balance: num(oldBalance),
      new_balance: num(balance),
      old_average_entry_price: null,
      new_average_entry_price: null,
      realized_pnl: num(fill.realizedPnl),
      fee: num(fill.fee),
    }
    const position = {
      ...common(fill, index * 2 + 2, contract),
      asset: contract,
      old_balance: num(before.size),
      new_balance: num(after.size),
      old_average_entry_price: num(before.entryPrice),
      new_average_entry_price: num(after.entryPrice),
      realized_pnl: null,
      fee: null,
    }
    return [cash, position]
  })
}

function changeOf(fill: EngineFill): Decimal {
  return add(fill.realizedPnl, negate(fill.fee))
}

function common(fill: EngineFill, id: number, contract: string): Row {
  return {
    id,
    date: iso(fill.timestamp),
    info: 'futures trade',
    booking_uid: uuidOf(`booking ${id} ${fill.fillId}`),
    margin_account: 'flex',
    trade_price: num(fill.price),
    mark_price: num(fill.price),
    execution: fill.fillId,
    collateral: 'USD',
    funding_rate: null,
    realized_funding: null,
    contract,
  }
}
