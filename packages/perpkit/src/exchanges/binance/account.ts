import type { Call, DecodeContext, Endpoint } from '../../client/definition.ts'
import { abs, type Decimal, div, equals, isNegative, isZero, mul } from '../../core/decimal.ts'
import { ReadError, type Reader } from '../../core/reader.ts'
import type { AccountInfo, AssetBalance, FuturesPosition } from '../../model/account.ts'
import { RequestError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'
import { withRaw } from '../../model/raw.ts'
import type { MarginMode } from '../../model/tokens.ts'
import { marginModes, readNonZero, readToken } from './tokens.ts'

/** Totals are in USDT, in multi-assets mode in USD. */
export function getAccountInfo(call: Call): Promise<AccountInfo> {
  return call(account, undefined)
}

/** Positions tell neither leverage nor margin mode since v3; the symbol settings do. */
export async function getPositions(
  call: Call,
  params: { instrument?: Instrument },
): Promise<FuturesPosition[]> {
  const [positions, known] = await Promise.all([call(positionRisk, params), call(settings, params)])
  for (const position of positions) {
    const setting = known.get(position.nativeSymbol)
    if (!setting) continue
    position.leverage = setting.leverage
    position.marginMode = setting.marginMode
  }
  return positions
}

export function getLeverage(call: Call, params: { instrument: Instrument }): Promise<number> {
  return call(ownLeverage, params)
}

/** The same value again is an ordinary success here. */
export async function setLeverage(
  call: Call,
  params: { instrument: Instrument; leverage: number },
): Promise<void> {
  if (!Number.isInteger(params.leverage)) {
    throw new RequestError(
      `BINANCE setLeverage: leverage must be a whole number, received ${params.leverage}`,
      { code: 'INVALID_ARGUMENT', exchange: 'BINANCE', action: 'setLeverage' },
    )
  }
  return call(leverage, params)
}

export function getMaxLeverage(call: Call, params: { instrument: Instrument }): Promise<number> {
  return call(leverageBracket, params)
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

interface SymbolSetting {
  leverage: number
  marginMode: MarginMode
}

// https://developers.binance.com/docs/derivatives/usds-margined-futures/account/rest-api/Symbol-Config
const symbolConfig = {
  method: 'GET',
  path: '/fapi/v1/symbolConfig',
  access: 'read',
  effect: 'read',
  cost: { weight: 5 },
  encode: ofSymbol,
} as const

const settings: Endpoint<{ instrument?: Instrument }, Map<string, SymbolSetting>> = {
  ...symbolConfig,
  decode: (answer) =>
    new Map(
      answer.items().map((row) => [
        row.at('symbol').string(),
        {
          leverage: row.at('leverage').integer(),
          marginMode: readToken(row.at('marginType'), marginModes),
        },
      ]),
    ),
}

/** The same call, for the one figure of the one symbol that must be in it. */
const ownLeverage: Endpoint<{ instrument: Instrument }, number> = {
  ...symbolConfig,
  decode(answer, { instrument: { nativeSymbol } }) {
    const rows = answer.items()
    const row = rows.find((candidate) => candidate.at('symbol').string() === nativeSymbol)
    if (!row) throw new ReadError(answer.path, `a row of ${nativeSymbol}`, answer.value)
    return row.at('leverage').integer()
  },
}

// https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Change-Initial-Leverage
const leverage: Endpoint<{ instrument: Instrument; leverage: number }, void> = {
  method: 'POST',
  path: '/fapi/v1/leverage',
  access: 'trade',
  effect: 'idempotent',
  cost: { weight: 1 },
  encode: ({ instrument, leverage: wanted }) => ({
    form: { symbol: instrument.nativeSymbol, leverage: wanted },
  }),
  decode(answer, { leverage: wanted }) {
    const set = answer.at('leverage').integer()
    if (set !== wanted) throw new ReadError('$.leverage', `${wanted} as asked for`, set)
  },
}

// https://developers.binance.com/docs/derivatives/usds-margined-futures/account/rest-api/Notional-and-Leverage-Brackets
const leverageBracket: Endpoint<{ instrument: Instrument }, number> = {
  method: 'GET',
  path: '/fapi/v1/leverageBracket',
  access: 'read',
  effect: 'read',
  cost: { weight: 1 },
  encode: ofSymbol,
  // With a symbol the documentation shows an object, live answers are arrays: both are read.
  decode(answer) {
    const row = answer.isArray() ? answer.at(0) : answer
    return row.at('brackets').at(0).at('initialLeverage').integer()
  },
}

function ofSymbol({ instrument }: { instrument?: Instrument }): {
  query: { symbol: string | undefined }
} {
  return { query: { symbol: instrument?.nativeSymbol } }
}
