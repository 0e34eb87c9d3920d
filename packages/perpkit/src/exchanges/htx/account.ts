import type { Call, DecodeContext, Endpoint } from '../../client/definition.ts'
import { type Decimal, div, isZero, mul, sub, toFloat } from '../../core/decimal.ts'
import type { Reader } from '../../core/reader.ts'
import type { AccountInfo, AssetBalance, FuturesPosition } from '../../model/account.ts'
import type { Instrument } from '../../model/instrument.ts'
import { withRaw } from '../../model/raw.ts'
import { instrumentOf, readContracts } from './contracts.ts'
import { priceOrNone, readToken } from './fields.ts'
import { readPositionSide } from './positionSide.ts'
import { marginModes, sides } from './tokens.ts'

export function getAccountInfo(call: Call): Promise<AccountInfo> {
  return call(accountBalance, undefined)
}

/** A cross and an isolated position of one contract stand side by side. */
export function getPositions(
  call: Call,
  params: { instrument?: Instrument },
): Promise<FuturesPosition[]> {
  return call(openPositions, params)
}

// https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-195703a12d5
const accountBalance: Endpoint<void, AccountInfo> = {
  method: 'GET',
  path: '/v5/account/balance',
  access: 'read',
  effect: 'read',
  cost: { read: 1 },
  encode: () => ({}),
  decode(answer) {
    const data = answer.at('data')
    const rows = data.at('details').items()
    const usdt = rows.find((row) => row.at('currency').value === CURRENCY)
    // With several assets as collateral the account's own figures sum them up; where they have been
    // seen empty, those of the one asset stand for all (docs/wire/htx.md 8.2).
    const totals = usdt && isZero(data.at('equity').decimal()) ? usdt : data
    const equity = totals.at('equity').decimal()
    const pnl = totals.at('profit_unreal').decimal()
    const info: AccountInfo = {
      totalWalletBalance: sub(equity, pnl),
      availableBalance: totals.at('available_margin').decimal(),
      totalUnrealizedPnl: pnl,
      totalMarginBalance: equity,
      currency: CURRENCY,
      assets: rows.map(readAsset),
    }
    return withRaw(info, data.value)
  },
}

const CURRENCY = 'USDT'

function readAsset(row: Reader): AssetBalance {
  const pnl = row.at('profit_unreal').decimal()
  return {
    asset: row.at('currency').string(),
    // `available` is the same, but a word that also means something else.
    walletBalance: sub(row.at('equity').decimal(), pnl),
    availableBalance: row.at('available_margin').decimal(),
    unrealizedPnl: pnl,
  }
}

// https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-1957f1fbee4
const openPositions: Endpoint<{ instrument?: Instrument }, FuturesPosition[]> = {
  method: 'GET',
  path: '/v5/trade/position/opens',
  access: 'read',
  effect: 'read',
  cost: { read: 1 },
  encode: ({ instrument }) => ({ query: { contract_code: instrument?.nativeSymbol } }),
  decode: (answer, { instrument }, context) =>
    answer
      .at('data')
      .items()
      .map((row) => readPosition(row, instrument, context))
      .filter((position) => position !== undefined),
}

/** `undefined` for a flat one, and for a contract that is not listed. */
export function readPosition(
  row: Reader,
  asked: Instrument | undefined,
  { instruments }: DecodeContext,
): FuturesPosition | undefined {
  const instrument = instrumentOf(row, asked, instruments)
  if (!instrument) return undefined
  const size = readContracts(row.at('volume'), instrument)
  if (isZero(size)) return undefined
  const markPrice = row.at('mark_price').decimal()
  const pnl = row.at('profit_unreal').decimal()
  const leverage = row.at('lever_rate').decimal()
  const notional = mul(size, markPrice)
  const initialMargin = row.at('initial_margin').optionalDecimal() ?? div(notional, leverage)
  const position: FuturesPosition = {
    symbol: instrument.symbol,
    nativeSymbol: instrument.nativeSymbol,
    // One-way mode tells the side by the direction alone.
    side:
      readPositionSide(row.at('position_side')) ??
      (readToken(row.at('direction'), sides) === 'BUY' ? 'LONG' : 'SHORT'),
    size,
    entryPrice: row.at('open_avg_price').decimal(),
    markPrice,
    pnl,
    percentage: percentOf(pnl, initialMargin),
    leverage: toFloat(leverage),
    marginMode: readToken(row.at('margin_mode'), marginModes),
    notional,
  }
  const liquidationPrice = priceOrNone(row.at('liquidation_price'))
  if (liquidationPrice !== undefined) position.liquidationPrice = liquidationPrice
  return withRaw(position, row.value)
}

function percentOf(part: Decimal, whole: Decimal): Decimal {
  return isZero(whole) ? '0' : div(mul(part, '100'), whole, 2)
}
