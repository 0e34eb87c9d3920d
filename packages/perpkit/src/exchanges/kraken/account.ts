import type { Call, Endpoint } from '../../client/definition.ts'
import type { Decimal } from '../../core/decimal.ts'
import type { Reader } from '../../core/reader.ts'
import type { AccountInfo, AssetBalance, FuturesPosition } from '../../model/account.ts'
import type { Instrument } from '../../model/instrument.ts'
import { withRaw } from '../../model/raw.ts'
import { type OpenPosition, readPosition, toPosition } from './position.ts'
import { assetOf, isAskedFor } from './symbols.ts'

export function getAccountInfo(call: Call): Promise<AccountInfo> {
  return call(accounts, undefined)
}

/** Open positions tell no mark price: it comes from the tickers. */
export async function getPositions(
  call: Call,
  params: { instrument?: Instrument },
): Promise<FuturesPosition[]> {
  const [positions, marks] = await Promise.all([call(openPositions, params), call(tickers, params)])
  return positions.map((position) => toPosition(position, marks.get(position.nativeSymbol)))
}

/** https://docs.kraken.com/api-reference/account-information/get-wallets */
const accounts: Endpoint<void, AccountInfo> = {
  method: 'GET',
  path: '/derivatives/api/v3/accounts',
  access: 'read',
  effect: 'read',
  cost: { derivatives: 2 },
  encode() {
    return {}
  },
  decode(answer) {
    // The wallet of the linear contracts; the others are of the inverse ones, and idle cash.
    const wallet = answer.at('accounts').at('flex')
    return withRaw(
      {
        totalWalletBalance: wallet.at('balanceValue').decimal(),
        availableBalance: wallet.at('availableMargin').decimal(),
        totalUnrealizedPnl: wallet.at('pnl').decimal(),
        totalMarginBalance: wallet.at('marginEquity').decimal(),
        currency: 'USD',
        assets: readAssets(wallet.at('currencies')),
      },
      wallet.value,
    )
  },
}

/** Of a multi-collateral wallet; calls and streams tell them alike. */
export function readAssets(currencies: Reader): AssetBalance[] {
  return currencies.keys().map((name) => readBalance(name, currencies.at(name)))
}

// Open profit belongs to the wallet as a whole until it is settled.
function readBalance(name: string, row: Reader): AssetBalance {
  return {
    asset: assetOf(name),
    walletBalance: row.at('quantity').decimal(),
    availableBalance: row.at('available').decimal(),
    unrealizedPnl: '0',
  }
}

/** https://docs.kraken.com/api-reference/account-information/get-open-positions */
const openPositions: Endpoint<{ instrument?: Instrument }, OpenPosition[]> = {
  method: 'GET',
  path: '/derivatives/api/v3/openpositions',
  access: 'read',
  effect: 'read',
  cost: { derivatives: 2 },
  encode() {
    return {}
  },
  decode(answer, { instrument }, { instruments }) {
    // An answer without the list is a broken one, and never means flat (docs/wire/kraken.md 4.3).
    return answer
      .at('openPositions')
      .items()
      .filter((row) => isAskedFor(row.at('symbol'), instrument))
      .map((row) => readPosition(row, instruments))
      .filter((position) => position !== undefined)
  },
}

/**
 * Mark prices by native symbol.
 * https://docs.kraken.com/api-reference/market-data/get-tickers
 */
const tickers: Endpoint<{ instrument?: Instrument }, Map<string, Decimal>> = {
  method: 'GET',
  path: '/derivatives/api/v3/tickers',
  access: 'public',
  effect: 'read',
  cost: {},
  encode({ instrument }) {
    return { query: { symbol: instrument?.nativeSymbol } }
  },
  decode(answer, { instrument }) {
    // Rows of indices, which are in the list too, have no mark price.
    const marks = new Map<string, Decimal>()
    for (const row of answer.at('tickers').items()) {
      const markPrice = row.at('markPrice').optionalDecimal()
      if (markPrice === undefined || !isAskedFor(row.at('symbol'), instrument)) continue
      marks.set(row.at('symbol').string(), markPrice)
    }
    return marks
  },
}
