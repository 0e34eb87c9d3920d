import {
  type Decimal,
  div,
  floorToStep,
  isPositive,
  isZero,
  max,
  mul,
  roundToStep,
  sub,
  sum,
} from '../../core/decimal.ts'
import type { Reader } from '../../core/reader.ts'
import type { AccountInfo } from '../../model/account.ts'
import { withRaw } from '../../model/raw.ts'
import { amountIfFilled } from './fields.ts'

/**
 * Totals are in US dollars. With isolated margin the exchange leaves some of them empty; they are
 * then added up from the assets (docs/wire/bybit.md 4.1).
 */
export function readWallet(account: Reader): AccountInfo {
  const coins = account.at('coin').items().map(readCoin)
  const available = amountIfFilled(account.at('totalAvailableBalance'))
  const inDollars = (amountOf: (coin: Coin) => Decimal): Decimal =>
    roundToStep(sum(coins.map((coin) => mul(amountOf(coin), coin.dollars))), FINEST)
  return withRaw(
    {
      totalWalletBalance:
        amountIfFilled(account.at('totalWalletBalance')) ?? inDollars((coin) => coin.wallet),
      availableBalance: available ?? inDollars((coin) => coin.free),
      totalUnrealizedPnl:
        amountIfFilled(account.at('totalPerpUPL')) ?? inDollars((coin) => coin.pnl),
      totalMarginBalance:
        amountIfFilled(account.at('totalMarginBalance')) ?? inDollars((coin) => coin.equity),
      currency: 'USD',
      assets: coins.map((coin) => ({
        asset: coin.asset,
        walletBalance: coin.wallet,
        availableBalance: availableOf(coin, available),
        unrealizedPnl: coin.pnl,
      })),
    },
    account.value,
  )
}

interface Coin {
  asset: string
  wallet: Decimal
  pnl: Decimal
  equity: Decimal
  /** Wallet balance that nothing holds. */
  free: Decimal
  /** Price of one in US dollars; `'0'` where nothing is held to tell it by. */
  dollars: Decimal
}

function readCoin(row: Reader): Coin {
  const wallet = row.at('walletBalance').decimal()
  const equity = row.at('equity').decimal()
  const held = sum(
    ['totalPositionIM', 'totalOrderIM', 'locked', 'bonus'].map(
      (name) => row.at(name).optionalDecimal() ?? '0',
    ),
  )
  return {
    asset: row.at('coin').string(),
    wallet,
    pnl: row.at('unrealisedPnl').optionalDecimal() ?? '0',
    equity,
    free: max(sub(wallet, held), '0'),
    dollars: isZero(equity) ? '0' : div(row.at('usdValue').optionalDecimal() ?? '0', equity),
  }
}

// In cross margin every asset backs every position, so what is free is one sum in dollars; in
// isolated margin, where that sum is empty, each asset stands alone.
function availableOf(coin: Coin, totalAvailable: Decimal | undefined): Decimal {
  if (totalAvailable === undefined) return coin.free
  if (!isPositive(coin.dollars)) return coin.free
  return floorToStep(div(totalAvailable, coin.dollars), FINEST)
}

const FINEST = '0.00000001'
