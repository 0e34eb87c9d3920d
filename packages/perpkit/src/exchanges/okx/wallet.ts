import { type Decimal, sub } from '../../core/decimal.ts'
import type { Reader } from '../../core/reader.ts'
import type { AccountInfo, AssetBalance } from '../../model/account.ts'
import { withRaw } from '../../model/raw.ts'

/**
 * An account in Futures mode has no totals of its own: they are those of USDT, and other assets
 * stand in the list alone. In multi-currency and portfolio margin every asset backs every position,
 * and the account's totals are in US dollars (docs/wire/okx.md 4.1).
 */
export function readBalance(account: Reader): AccountInfo {
  const assets = account.at('details').items().map(readAsset)
  const available = account.at('availEq').optionalDecimal()
  const pnl = account.at('upl').optionalDecimal()
  const totals =
    available === undefined || pnl === undefined
      ? totalsOf(assets.find(({ balance }) => balance.asset === 'USDT'))
      : readTotals(account.at('totalEq').decimal(), available, pnl)
  return withRaw({ ...totals, assets: assets.map(({ balance }) => balance) }, account.value)
}

type Totals = Omit<AccountInfo, 'assets' | 'raw'>

interface Asset {
  balance: AssetBalance
  equity: Decimal
}

function readAsset(row: Reader): Asset {
  const walletBalance = row.at('cashBal').decimal()
  // Empty in Spot mode, where the second says the same.
  const available = row.at('availEq').optionalDecimal() ?? row.at('availBal').optionalDecimal()
  return {
    balance: {
      asset: row.at('ccy').string(),
      walletBalance,
      availableBalance: available ?? walletBalance,
      unrealizedPnl: row.at('upl').optionalDecimal() ?? '0',
    },
    equity: row.at('eq').decimal(),
  }
}

/** Assets that were never held are not listed. */
function totalsOf(asset: Asset | undefined): Totals {
  return {
    totalWalletBalance: asset?.balance.walletBalance ?? '0',
    availableBalance: asset?.balance.availableBalance ?? '0',
    totalUnrealizedPnl: asset?.balance.unrealizedPnl ?? '0',
    totalMarginBalance: asset?.equity ?? '0',
    currency: 'USDT',
  }
}

function readTotals(equity: Decimal, available: Decimal, pnl: Decimal): Totals {
  return {
    totalWalletBalance: sub(equity, pnl),
    availableBalance: available,
    totalUnrealizedPnl: pnl,
    totalMarginBalance: equity,
    currency: 'USD',
  }
}
