import { add, type Decimal, div, max, mul, negate } from '../../core/decimal.ts'
import { historyStart } from '../market/history.ts'
import { noise } from '../market/noise.ts'
import { credit } from './accounts.ts'
import { klinesOf } from './klines.ts'
import { positionsOf } from './legs.ts'
import { markPriceOf } from './margin.ts'
import {
  type Account,
  accountOf,
  type Contract,
  contractOf,
  type Market,
  type World,
} from './state.ts'
import type { EngineFunding, EnginePosition, SettledFunding } from './types.ts'

/** What the settlement at that time takes: it follows from the seed. */
export function fundingRateAt(contract: Contract, at: number): Decimal {
  const interval = Math.floor(at / contract.instrument.fundingIntervalMs)
  const units = Math.floor(noise(contract.fundingSeed, interval, 0) * (1 + highest - lowest))
  return div(String(lowest + units), perUnit)
}

/** Settlements in [from, to]: those that happened, and before the start those that would have. */
export function fundingHistoryOf(
  world: World,
  contract: Contract,
  market: Market,
  span: { from: number; to: number },
): SettledFunding[] {
  const { fundingIntervalMs: interval } = contract.instrument
  const first = Math.ceil(Math.max(span.from, historyStart) / interval) * interval
  const last = Math.min(span.to, world.state.startedAt)
  const rows: SettledFunding[] = []
  for (let timestamp = first; timestamp <= last; timestamp += interval) {
    const minute = { interval: 60_000, from: timestamp, to: timestamp }
    const [kline] = klinesOf(world, contract, market, minute)
    const markPrice = kline?.open ?? markPriceOf(contract, market)
    rows.push({ rate: fundingRateAt(contract, timestamp), markPrice, timestamp })
  }
  for (const row of market.settlements) {
    if (row.timestamp >= span.from && row.timestamp <= span.to) rows.push({ ...row })
  }
  return rows
}

/** Settles the interval that ends now; the next one has begun. */
export function settleInterval(world: World, market: Market): void {
  const contract = contractOf(world, market.symbol)
  settleFunding(world, market, fundingRateAt(contract, market.fundingAt))
  market.fundingAt += contract.instrument.fundingIntervalMs
}

/** Longs pay shorts the rate on what their positions are worth now, or are paid when it is negative. */
export function settleFunding(world: World, market: Market, rate: Decimal): void {
  const markPrice = markPriceOf(contractOf(world, market.symbol), market)
  market.settlements.push({ rate, markPrice, timestamp: world.at })
  for (const accountId of market.holders) {
    const account = accountOf(world, accountId)
    for (const position of positionsOf(account, market.symbol)) {
      book(world, account, position, { rate, markPrice })
    }
    world.touched.add(accountId)
  }
}

/** Rates run from −0.02 % to 0.04 % of the notional, in units of 10^-8. */
const lowest = -20_000
const highest = 40_000
const perUnit = '100000000'

function book(
  world: World,
  account: Account,
  position: EnginePosition,
  { rate, markPrice }: { rate: Decimal; markPrice: Decimal },
): void {
  const { symbol, side, size, marginMode, isolatedMargin } = position
  const { settleAsset } = contractOf(world, symbol).instrument
  const due = div(mul(mul(size, markPrice), rate), '1', 8)
  const flow = side === 'LONG' ? negate(due) : due
  // An isolated position pays out of its own margin, and no more than that.
  const amount = isolatedMargin === undefined ? flow : max(flow, negate(isolatedMargin))
  if (isolatedMargin !== undefined) position.isolatedMargin = add(isolatedMargin, amount)
  credit(account, settleAsset, amount)
  world.state.fundingNumber++
  const row: EngineFunding = {
    fundingId: String(world.state.fundingNumber),
    accountId: account.accountId,
    symbol,
    side,
    marginMode,
    size,
    markPrice,
    rate,
    amount,
    asset: settleAsset,
    timestamp: world.at,
  }
  account.fundings.push(row)
  world.listener?.happened({ kind: 'funding', funding: { ...row }, at: world.at })
}
