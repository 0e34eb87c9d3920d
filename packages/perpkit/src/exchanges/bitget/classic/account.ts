import type { Call, Endpoint, Instruments, LeverageKey } from '../../../client/definition.ts'
import { add, type Decimal, sub, toFloat } from '../../../core/decimal.ts'
import type { Reader } from '../../../core/reader.ts'
import type {
  AccountInfo,
  AssetBalance,
  FeeRates,
  FuturesPosition,
} from '../../../model/account.ts'
import type { Instrument } from '../../../model/instrument.ts'
import { withRaw } from '../../../model/raw.ts'
import { readFeeRates } from '../feeRates.ts'
import { amountIfFilled, rowsOf } from '../fields.ts'
import { readPosition } from '../position.ts'
import { type Product, productOf, products, type Scope, scopesOf } from '../symbols.ts'
import { readMarginMode } from '../tokens.ts'
import { accountOfSymbol, ofSymbol } from './modes.ts'

interface OfInstrument {
  instrument: Instrument
}

interface LeverageRequest extends LeverageKey {
  leverage: number
}

/** Totals of what backs contracts in USDT; what backs those in USDC is listed with the assets. */
export async function getAccountInfo(call: Call): Promise<AccountInfo> {
  const lists = await Promise.all(products.map((product) => call(accounts, { product })))
  const assets = lists.flatMap((list) => list.assets)
  // A futures account that was never used may have no row at all.
  const main = assets.find(({ asset }) => asset === CURRENCY) ?? NOTHING
  return withRaw(
    {
      totalWalletBalance: main.walletBalance,
      availableBalance: main.availableBalance,
      totalUnrealizedPnl: main.unrealizedPnl,
      totalMarginBalance: add(main.walletBalance, main.unrealizedPnl),
      currency: CURRENCY,
      assets,
    },
    lists.map((list) => list.raw),
  )
}

export async function getPositions(
  call: Call,
  { instrument }: { instrument?: Instrument },
): Promise<FuturesPosition[]> {
  const endpoint = instrument ? singlePosition : allPositions
  const lists = await Promise.all(scopesOf(instrument).map((scope) => call(endpoint, scope)))
  return lists.flat()
}

export function getLeverage(call: Call, params: OfInstrument): Promise<number> {
  return call(leverageOfSymbol, params)
}

export function setLeverage(call: Call, params: LeverageRequest): Promise<void> {
  return call(leverageSetting, params)
}

export function getFeeRates(call: Call, params: OfInstrument): Promise<FeeRates> {
  return call(feeRates, params)
}

const CURRENCY = 'USDT'

const NOTHING: AssetBalance = {
  asset: CURRENCY,
  walletBalance: '0',
  availableBalance: '0',
  unrealizedPnl: '0',
}

/** https://www.bitget.com/api-doc/contract/account/Get-Account-List */
const accounts: Endpoint<{ product: Product }, { assets: AssetBalance[]; raw: unknown }> = {
  method: 'GET',
  path: '/api/v2/mix/account/accounts',
  access: 'read',
  effect: 'read',
  cost: { address: 1, 'v2/mix/account/accounts': 1 },
  encode({ product }) {
    return { query: { productType: product.name } }
  },
  decode(answer) {
    const data = answer.at('data')
    return { assets: rowsOf(data).map(readAsset), raw: data.value }
  },
}

function readAsset(row: Reader): AssetBalance {
  const unrealizedPnl = readPnl(row)
  return {
    asset: row.at('marginCoin').string().toUpperCase(),
    walletBalance: sub(row.at('accountEquity').decimal(), unrealizedPnl),
    availableBalance: row.at('crossedMaxAvailable').decimal(),
    unrealizedPnl,
  }
}

// The one sum stands empty for most accounts; its two parts are told apart (docs/wire/bitget.md 4.1).
function readPnl(row: Reader): Decimal {
  const crossed = row.at('crossedUnrealizedPL').optionalDecimal()
  const isolated = row.at('isolatedUnrealizedPL').optionalDecimal()
  if (crossed === undefined && isolated === undefined) {
    return amountIfFilled(row.at('unrealizedPL')) ?? '0'
  }
  return add(crossed ?? '0', isolated ?? '0')
}

/** https://www.bitget.com/api-doc/contract/position/get-all-position */
const allPositions: Endpoint<Scope, FuturesPosition[]> = {
  method: 'GET',
  path: '/api/v2/mix/position/all-position',
  access: 'read',
  effect: 'read',
  cost: { address: 1, 'v2/mix/position/all-position': 1 },
  encode({ product }) {
    return { query: { productType: product.name, marginCoin: product.coin } }
  },
  decode(answer, _scope, { instruments }) {
    return rowsOf(answer.at('data')).flatMap((row) => readHeld(row, instruments) ?? [])
  },
}

/** A position in the words of V2; `undefined` for a flat row. */
export function readHeld(row: Reader, instruments: Instruments): FuturesPosition | undefined {
  const names = {
    row,
    side: row.at('holdSide'),
    entryPrice: row.at('openPriceAvg'),
    pnl: row.at('unrealizedPL'),
    margin: row.at('marginSize'),
  }
  return readPosition(names, instruments)
}

/** https://www.bitget.com/api-doc/contract/position/get-single-position */
const singlePosition: Endpoint<Scope, FuturesPosition[]> = {
  ...allPositions,
  path: '/api/v2/mix/position/single-position',
  cost: { address: 1, 'v2/mix/position/single-position': 1 },
  encode({ product, symbol }) {
    return { query: { productType: product.name, symbol, marginCoin: product.coin } }
  },
}

/**
 * Leverage is kept for each margin mode; what counts is that of the mode the symbol is in.
 * https://www.bitget.com/api-doc/contract/account/Get-Single-Account
 */
const leverageOfSymbol: Endpoint<OfInstrument, number> = {
  ...accountOfSymbol,
  encode: ({ instrument }) => ofSymbol(productOf(instrument), instrument.nativeSymbol),
  decode(answer) {
    const account = answer.at('data')
    const isIsolated = readMarginMode(account.at('marginMode')) === 'ISOLATED'
    // Numbers on the wire, texts in the documentation. In one-way mode both sides are the same.
    const leverage = account.at(isIsolated ? 'isolatedLongLever' : 'crossedMarginLeverage')
    return toFloat(leverage.decimal())
  },
}

/**
 * Of both sides. Only in isolated margin and hedge mode they are apart and must be named; in cross
 * margin the longs' would silently win (docs/wire/bitget.md 4.3).
 * https://www.bitget.com/api-doc/contract/account/Change-Leverage
 */
const leverageSetting: Endpoint<LeverageRequest, void> = {
  method: 'POST',
  path: '/api/v2/mix/account/set-leverage',
  access: 'trade',
  effect: 'idempotent',
  cost: { address: 1, 'v2/mix/account/set-leverage': 1 },
  encode({ instrument, leverage, marginMode, positionMode }) {
    const { name, coin } = productOf(instrument)
    const text = String(leverage)
    const isApart = marginMode === 'ISOLATED' && positionMode === 'HEDGE'
    return {
      json: {
        symbol: instrument.nativeSymbol,
        productType: name,
        marginCoin: coin,
        ...(isApart ? { longLeverage: text, shortLeverage: text } : { leverage: text }),
      },
    }
  },
  decode() {},
  unchanged() {},
}

/** https://www.bitget.com/api-doc/common/public/Get-Trade-Rate */
const feeRates: Endpoint<OfInstrument, FeeRates> = {
  method: 'GET',
  path: '/api/v2/common/trade-rate',
  access: 'read',
  effect: 'read',
  cost: { address: 1, 'v2/common/trade-rate': 1 },
  encode({ instrument }) {
    return { query: { symbol: instrument.nativeSymbol, businessType: 'mix' } }
  },
  decode: readFeeRates,
}
