import type {
  Call,
  Endpoint,
  Fields,
  Instruments,
  LeverageKey,
} from '../../../client/definition.ts'
import { max, sub } from '../../../core/decimal.ts'
import type { Reader } from '../../../core/reader.ts'
import type {
  AccountInfo,
  AssetBalance,
  FeeRates,
  FuturesPosition,
} from '../../../model/account.ts'
import type { Instrument } from '../../../model/instrument.ts'
import { withRaw } from '../../../model/raw.ts'
import type { PositionSide } from '../../../model/tokens.ts'
import { readFeeRates } from '../feeRates.ts'
import { rowsIn } from '../fields.ts'
import { readPosition } from '../position.ts'
import { productOf, type Scope, scopesOf } from '../symbols.ts'
import { marginModeTokens, positionSideTokens } from '../tokens.ts'
import { symbolSettings } from './settings.ts'

interface OfInstrument {
  instrument: Instrument
}

interface LeverageRequest extends LeverageKey {
  leverage: number
}

/** Every asset backs every position; totals are counted in USDT. */
export function getAccountInfo(call: Call): Promise<AccountInfo> {
  return call(assets, undefined)
}

export async function getPositions(
  call: Call,
  { instrument }: { instrument?: Instrument },
): Promise<FuturesPosition[]> {
  const lists = await Promise.all(scopesOf(instrument).map((scope) => call(positions, scope)))
  return lists.flat()
}

/** Each margin mode has its own. A symbol that was never set has no row. */
export async function getLeverage(
  call: Call,
  { instrument, marginMode: wanted = 'CROSS' }: LeverageKey,
): Promise<number> {
  const rows = await call(symbolSettings, undefined)
  const row = rows.find(
    ({ nativeSymbol, marginMode }) =>
      nativeSymbol === instrument.nativeSymbol && marginMode === wanted,
  )
  return row?.leverage ?? DEFAULT_LEVERAGE
}

/** Of both sides: in isolated margin and one-way mode that takes a call for each. */
export async function setLeverage(call: Call, params: LeverageRequest): Promise<void> {
  const isApart = params.marginMode === 'ISOLATED' && params.positionMode !== 'HEDGE'
  if (!isApart) return call(leverageSetting, params)
  for (const side of ['LONG', 'SHORT'] as const) await call(leverageSetting, { ...params, side })
}

export function getFeeRates(call: Call, params: OfInstrument): Promise<FeeRates> {
  return call(feeRates, params)
}

/** docs/wire/bitget.md 12.3 */
const DEFAULT_LEVERAGE = 20

/** https://www.bitget.com/api-doc/uta/account/Get-Account */
const assets: Endpoint<void, AccountInfo> = {
  method: 'GET',
  path: '/api/v3/account/assets',
  access: 'read',
  effect: 'read',
  cost: { address: 1, 'v3/account/assets': 1 },
  encode() {
    return {}
  },
  decode(answer) {
    const account = answer.at('data')
    const equity = account.at('usdtEquity').decimal()
    const pnl = account.at('usdtUnrealisedPnl').decimal()
    const free = sub(account.at('effEquity').decimal(), account.at('imr').decimal())
    return withRaw(
      {
        totalWalletBalance: sub(equity, pnl),
        availableBalance: max(free, '0'),
        totalUnrealizedPnl: pnl,
        totalMarginBalance: equity,
        currency: 'USDT',
        assets: rowsIn(account, 'assets').map(readAsset),
      },
      account.value,
    )
  },
}

function readAsset(row: Reader): AssetBalance {
  const walletBalance = row.at('balance').decimal()
  return {
    asset: row.at('coin').string(),
    walletBalance,
    // Below zero while other assets cover for it.
    availableBalance: max(row.at('available').decimal(), '0'),
    unrealizedPnl: sub(row.at('equity').decimal(), walletBalance),
  }
}

/** https://www.bitget.com/api-doc/uta/trade/Get-Position */
const positions: Endpoint<Scope, FuturesPosition[]> = {
  method: 'GET',
  path: '/api/v3/position/current-position',
  access: 'read',
  effect: 'read',
  cost: { address: 1, 'v3/position/current-position': 1 },
  encode({ product, symbol }) {
    return { query: { category: product.name, symbol } }
  },
  decode(answer, _scope, { instruments }) {
    return rowsIn(answer.at('data'), 'list').flatMap((row) => readHeld(row, instruments) ?? [])
  },
}

/** A position in the words of V3; `undefined` for a flat row. */
export function readHeld(row: Reader, instruments: Instruments): FuturesPosition | undefined {
  const names = {
    row,
    side: row.at('posSide'),
    entryPrice: row.at('avgPrice'),
    pnl: row.at('unrealisedPnl'),
    margin: row.at('positionBalance'),
  }
  return readPosition(names, instruments)
}

/** https://www.bitget.com/api-doc/uta/account/Change-Leverage */
const leverageSetting: Endpoint<LeverageRequest & { side?: PositionSide }, void> = {
  method: 'POST',
  path: '/api/v3/account/set-leverage',
  access: 'trade',
  effect: 'idempotent',
  cost: { address: 1, 'v3/account/set-leverage': 1 },
  encode({ instrument, leverage, marginMode = 'CROSS', positionMode, side }) {
    const text = String(leverage)
    const isPair = marginMode === 'ISOLATED' && positionMode === 'HEDGE'
    const words: Fields = isPair
      ? { longLeverage: text, shortLeverage: text }
      : { leverage: text, posSide: side && positionSideTokens[side] }
    return {
      json: {
        category: productOf(instrument).name,
        symbol: instrument.nativeSymbol,
        ...words,
        marginMode: marginModeTokens[marginMode],
      },
    }
  },
  decode() {},
  unchanged() {},
}

/** https://www.bitget.com/api-doc/uta/account/Get-Account-Fee-Rate */
const feeRates: Endpoint<OfInstrument, FeeRates> = {
  method: 'GET',
  path: '/api/v3/account/fee-rate',
  access: 'read',
  effect: 'read',
  cost: { address: 1, 'v3/account/fee-rate': 1 },
  encode({ instrument }) {
    return { query: { category: productOf(instrument).name, symbol: instrument.nativeSymbol } }
  },
  decode: readFeeRates,
}
