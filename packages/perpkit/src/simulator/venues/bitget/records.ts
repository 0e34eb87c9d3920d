import { add, type Decimal, negate, sub } from '../../../core/decimal.ts'
import type { EngineFill, EngineFunding } from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import { recordIdOf } from './ids.ts'

/** What moved an account's money: docs/wire/bitget.md 4.1 and 12.3. */
export interface MoneyRecord {
  id: string
  symbol: string
  coin: string
  time: number
  /** Profit or loss, or funding; positive: got. */
  amount: Decimal
  /** Negative: paid. */
  fee: Decimal
  /** Of the coin's wallet, afterwards. */
  balance: Decimal
  /** Absent: funding. */
  fill?: EngineFill
}

/** All of an account's records, newest first. */
export function moneyRecords({ accountId, engine }: Handling): MoneyRecord[] {
  const rows = [
    ...engine.fills(accountId).map(fromFill),
    ...engine.fundings(accountId).map(fromFunding),
  ]
  rows.sort((a, b) => a.time - b.time)
  const wallets = new Map<string, Decimal>()
  const records = rows.map((row, index) => ({ ...row, id: recordIdOf(index + 1) })).reverse()
  return records.map((row) => {
    const balance = wallets.get(row.coin) ?? engine.margin(accountId, row.coin).walletBalance
    wallets.set(row.coin, sub(balance, add(row.amount, row.fee)))
    return { ...row, balance }
  })
}

type Bare = Omit<MoneyRecord, 'id' | 'balance'>

function fromFill(fill: EngineFill): Bare {
  const { fee, feeAsset: coin, realizedPnl: amount, symbol, timestamp: time } = fill
  return { symbol, coin, time, amount, fee: negate(fee), fill }
}

function fromFunding({ amount, asset: coin, symbol, timestamp: time }: EngineFunding): Bare {
  return { symbol, coin, time, amount, fee: '0' }
}
