import { add, type Decimal, negate, sub } from '../../../core/decimal.ts'
import type { EngineFill, EngineFunding } from '../../engine/types.ts'
import type { Handling, Route } from '../../server/types.ts'
import { textOf, wholeOf, wordOf } from './fields.ts'
import { absoluteRate } from './funding.ts'
import { accountUidOf, uuidOf } from './ids.ts'
import { listingOf } from './instruments.ts'
import { iso, num } from './numbers.ts'
import { type PositionStep, positionSteps } from './positionHistory.ts'
import { json } from './replies.ts'

/** Rows of one answer when none are asked for, and at most. */
const COUNT = { standard: 500, most: 100_000 } as const

const names = ['since', 'before', 'from', 'to', 'sort', 'info', 'count', 'continuation_token']

/** A row as REST and the stream have it. */
export type LogRow = Record<string, unknown> & { id: number; date: string; info: string }

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

function readFilter({ params }: Handling): (row: LogRow) => boolean {
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

/** Two rows a fill, for the wallet and the position; one a settlement of funding. Oldest first. */
export function logRows(account: Pick<Handling, 'accountId' | 'engine'>): LogRow[] {
  const steps = positionSteps(account)
  let balance = account.engine.margin(account.accountId, 'USD').walletBalance
  // Backwards from the balance that is: what it was at first is not kept.
  for (const step of steps) balance = sub(balance, changeOf(step))
  const rows: LogRow[] = []
  for (const step of steps) {
    const oldBalance = balance
    balance = add(balance, changeOf(step))
    const wallet = { asset: 'usd', old_balance: num(oldBalance), new_balance: num(balance) }
    const id = rows.length + 1
    if (step.kind === 'funding') rows.push(fundingRow(step.funding, id, wallet))
    else rows.push(cashRow(step.fill, id, wallet), positionRow(step.fill, id + 1, step))
  }
  return rows
}

function changeOf(step: PositionStep): Decimal {
  if (step.kind === 'funding') return step.funding.amount
  return add(step.fill.realizedPnl, negate(step.fill.fee))
}

type Wallet = Record<'old_balance' | 'new_balance', number> & { asset: string }

function cashRow(fill: EngineFill, id: number, wallet: Wallet): LogRow {
  return {
    ...tradeRow(fill, id),
    ...wallet,
    old_average_entry_price: null,
    new_average_entry_price: null,
    realized_pnl: num(fill.realizedPnl),
    fee: num(fill.fee),
  }
}

function positionRow(
  fill: EngineFill,
  id: number,
  { after, before }: Pick<PositionStep, 'after' | 'before'>,
): LogRow {
  return {
    ...tradeRow(fill, id),
    asset: contractOf(fill),
    old_balance: num(before.size),
    new_balance: num(after.size),
    old_average_entry_price: num(before.entryPrice),
    new_average_entry_price: num(after.entryPrice),
    realized_pnl: null,
    fee: null,
  }
}

function tradeRow(fill: EngineFill, id: number): LogRow {
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
    contract: contractOf(fill),
  }
}

function fundingRow(funding: EngineFunding, id: number, wallet: Wallet): LogRow {
  const { accountId, amount, fundingId, markPrice, rate, timestamp } = funding
  return {
    id,
    date: iso(timestamp),
    info: 'funding rate change',
    booking_uid: uuidOf(`booking funding ${accountId} ${fundingId}`),
    margin_account: 'flex',
    ...wallet,
    old_average_entry_price: null,
    new_average_entry_price: null,
    trade_price: null,
    mark_price: num(markPrice),
    realized_pnl: null,
    fee: null,
    execution: null,
    collateral: 'USD',
    funding_rate: absoluteRate(rate, markPrice),
    // Positive: received.
    realized_funding: num(amount),
    contract: contractOf(funding),
  }
}

function contractOf({ symbol }: { symbol: string }): string {
  return listingOf(symbol).native.toLowerCase()
}
