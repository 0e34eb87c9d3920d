import type { Call, DecodeContext, Endpoint } from '../../client/definition.ts'
import { abs, type Decimal, div, equals, isNegative, isZero, mul } from '../../core/decimal.ts'
import type { Reader } from '../../core/reader.ts'
import type { AccountInfo, AssetBalance, FeeRates, FuturesPosition } from '../../model/account.ts'
import type { Instrument } from '../../model/instrument.ts'
import { withRaw } from '../../model/raw.ts'
import { symbolSettings } from './settings.ts'
import { readNonZero } from './tokens.ts'

/** Totals are in USDT, in multi-assets mode in USD. */
export function getAccountInfo(call: Call): Promise<AccountInfo> {
  return call(account, undefined)
}

/** Positions tell neither leverage nor margin mode since v3; the symbol settings do. */
export async function getPositions(
  call: Call,
  params: { instrument?: Instrument },
): Promise<FuturesPosition[]> {
  const [positions, known] = await Promise.all([
    call(positionRisk, params),
    call(symbolSettings, params),
  ])
  for (const position of positions) {
    const setting = known.get(position.nativeSymbol)
    if (!setting) continue
    position.leverage = setting.leverage
    position.marginMode = setting.marginMode
  }
  return positions
}

/** Fractions; a rebate is negative. */
export function getFeeRates(call: Call, params: { instrument: Instrument }): Promise<FeeRates> {
  return call(commissionRate, params)
}

// https://developers.binance.com/docs/derivatives/usds-margined-futures/account/rest-api/Account-Information-V3
const account: Endpoint<void, AccountInfo> = {
  method: 'GET',
  path: '/fapi/v3/account',
  access: 'read',
  effect: 'read',
  cost: { weight: 5 },
  encode: () => ({}),
  decode(answer) {
    const totalWalletBalance = readAmount(answer.at('totalWalletBalance'))
    const assets = answer.at('assets').items().map(decodeAsset)
    const info: AccountInfo = {
      totalWalletBalance,
      availableBalance: readAmount(answer.at('availableBalance')),
      totalUnrealizedPnl: readAmount(answer.at('totalUnrealizedProfit')),
      totalMarginBalance: readAmount(answer.at('totalMarginBalance')),
      currency: currencyOf(totalWalletBalance, assets),
      assets,
    }
    return withRaw(info, answer.value)
  },
}

function decodeAsset(row: Reader): AssetBalance {
  return {
    asset: row.at('asset').string(),
    walletBalance: readAmount(row.at('walletBalance')),
    availableBalance: readAmount(row.at('availableBalance')),
    unrealizedPnl: readAmount(row.at('unrealizedProfit')),
  }
}

/** Accounts that never held anything show empty texts (docs/wire/binance.md 4.1). */
function readAmount(reader: Reader): Decimal {
  return reader.value === '' ? '0' : reader.decimal()
}

/**
 * The answer does not name the currency of its totals: in single-asset mode they are those of USDT
 * alone, in multi-assets mode the worth of all assets in USD (docs/wire/binance.md 4.1).
 */
function currencyOf(totalWalletBalance: Decimal, assets: readonly AssetBalance[]): string {
  const usdt = assets.find(({ asset }) => asset === 'USDT')
  return equals(totalWalletBalance, usdt?.walletBalance ?? '0') ? 'USDT' : 'USD'
}

// https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Position-Information-V3
const positionRisk: Endpoint<{ instrument?: Instrument }, FuturesPosition[]> = {
  method: 'GET',
  path: '/fapi/v3/positionRisk',
  access: 'read',
  effect: 'read',
  cost: { weight: 5 },
  encode: ofSymbol,
  // A symbol with resting orders alone has a row too.
  decode: (answer, _params, context) =>
    answer
      .items()
      .filter((row) => !isZero(row.at('positionAmt').decimal()))
      .map((row) => decodePosition(row, context)),
}

function decodePosition(row: Reader, { instruments }: DecodeContext): FuturesPosition {
  const nativeSymbol = row.at('symbol').string()
  const amount = row.at('positionAmt').decimal()
  const pnl = row.at('unRealizedProfit').decimal()
  const position: FuturesPosition = {
    symbol: instruments.symbolOf(nativeSymbol),
    nativeSymbol,
    // In hedge mode as well: the amount of a short is negative.
    side: isNegative(amount) ? 'SHORT' : 'LONG',
    size: abs(amount),
    entryPrice: row.at('entryPrice').decimal(),
    markPrice: row.at('markPrice').decimal(),
    pnl,
    percentage: percentOf(pnl, row.at('positionInitialMargin').decimal()),
    notional: abs(row.at('notional').decimal()),
  }
  const liquidationPrice = readNonZero(row.at('liquidationPrice'))
  if (liquidationPrice !== undefined) position.liquidationPrice = liquidationPrice
  return withRaw(position, row.value)
}

function percentOf(part: Decimal, whole: Decimal): Decimal {
  return isZero(whole) ? '0' : div(mul(part, '100'), whole, 2)
}

// https://developers.binance.com/docs/derivatives/usds-margined-futures/account/rest-api/User-Commission-Rate
const commissionRate: Endpoint<{ instrument: Instrument }, FeeRates> = {
  method: 'GET',
  path: '/fapi/v1/commissionRate',
  access: 'read',
  effect: 'read',
  cost: { weight: 20 },
  encode: ofSymbol,
  decode(answer, { instrument: { symbol, nativeSymbol } }) {
    const rates: FeeRates = {
      symbol,
      nativeSymbol,
      makerRate: answer.at('makerCommissionRate').decimal(),
      takerRate: answer.at('takerCommissionRate').decimal(),
    }
    return withRaw(rates, answer.value)
  },
}

function ofSymbol({ instrument }: { instrument?: Instrument }): {
  query: { symbol: string | undefined }
} {
  return { query: { symbol: instrument?.nativeSymbol } }
}
