import type { Call, Endpoint, WireRequest } from '../../../client/definition.ts'
import type { Instrument } from '../../../model/instrument.ts'
import type { MarginMode, PositionMode } from '../../../model/tokens.ts'
import { setUnlessSo } from '../modeConflict.ts'
import { type Product, productOf, products } from '../symbols.ts'
import {
  marginModeTokens,
  positionModeTokens,
  readMarginMode,
  readPositionMode,
} from '../tokens.ts'

// The margin mode is a setting of the symbol, the position mode one of the whole family of contracts
// (docs/wire/bitget.md 4.3).

interface OfInstrument {
  instrument: Instrument
}

interface MarginModeRequest extends OfInstrument {
  marginMode: MarginMode
}

export function getMarginMode(call: Call, params: OfInstrument): Promise<MarginMode | undefined> {
  return call(marginModeOfSymbol, params)
}

export function setMarginMode(call: Call, params: MarginModeRequest): Promise<void> {
  return setUnlessSo(
    params.marginMode,
    () => call(marginModeSetting, params),
    () => call(marginModeOfSymbol, params),
  )
}

export function getPositionMode(
  call: Call,
  { instrument }: { instrument?: Instrument },
): Promise<PositionMode> {
  return readPositionModeOf(call, instrument ? productOf(instrument) : MAIN)
}

/** Of contracts in USDT, then of those in USDC. */
export async function setPositionMode(
  call: Call,
  { positionMode }: { positionMode: PositionMode },
): Promise<void> {
  for (const product of products) {
    await setUnlessSo(
      positionMode,
      () => call(positionModeSetting, { product, positionMode }),
      () => readPositionModeOf(call, product),
    )
  }
}

/** What an account is set to for one symbol; spread into the endpoints that read parts of it. */
export const accountOfSymbol = {
  method: 'GET',
  path: '/api/v2/mix/account/account',
  access: 'read',
  effect: 'read',
  cost: { address: 1, 'v2/mix/account/account': 1 },
} as const

export function ofSymbol({ name, coin }: Product, symbol: string): WireRequest {
  return { query: { productType: name, symbol, marginCoin: coin } }
}

const MAIN: Product = { name: 'USDT-FUTURES', coin: 'USDT' }

/** The question is about a symbol though the mode is not; these are always listed. */
const SYMBOLS: Readonly<Record<string, string>> = { USDT: 'BTCUSDT', USDC: 'BTCPERP' }

function readPositionModeOf(call: Call, product: Product): Promise<PositionMode> {
  return call(positionModeOfFamily, product)
}

/** https://www.bitget.com/api-doc/contract/account/Get-Single-Account */
const marginModeOfSymbol: Endpoint<OfInstrument, MarginMode | undefined> = {
  ...accountOfSymbol,
  encode: ({ instrument }) => ofSymbol(productOf(instrument), instrument.nativeSymbol),
  decode: (answer) => readMarginMode(answer.at('data').at('marginMode')),
}

/** https://www.bitget.com/api-doc/contract/account/Get-Single-Account */
const positionModeOfFamily: Endpoint<Product, PositionMode> = {
  ...accountOfSymbol,
  encode: (product) => ofSymbol(product, SYMBOLS[product.coin] ?? ''),
  decode: (answer) => readPositionMode(answer.at('data').at('posMode')),
}

/** https://www.bitget.com/api-doc/contract/account/Change-Margin-Mode */
const marginModeSetting: Endpoint<MarginModeRequest, void> = {
  method: 'POST',
  path: '/api/v2/mix/account/set-margin-mode',
  access: 'trade',
  effect: 'idempotent',
  cost: { address: 1, 'v2/mix/account/set-margin-mode': 1 },
  encode({ instrument, marginMode }) {
    const { name, coin } = productOf(instrument)
    return {
      json: {
        symbol: instrument.nativeSymbol,
        productType: name,
        marginCoin: coin,
        marginMode: marginModeTokens[marginMode],
      },
    }
  },
  decode() {},
  unchanged() {},
}

/** https://www.bitget.com/api-doc/contract/account/Change-Hold-Mode */
const positionModeSetting: Endpoint<{ product: Product; positionMode: PositionMode }, void> = {
  method: 'POST',
  path: '/api/v2/mix/account/set-position-mode',
  access: 'trade',
  effect: 'idempotent',
  cost: { address: 1, 'v2/mix/account/set-position-mode': 1 },
  encode({ product, positionMode }) {
    return { json: { productType: product.name, posMode: positionModeTokens[positionMode] } }
  },
  decode() {},
  unchanged() {},
}
