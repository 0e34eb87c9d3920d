import type { Call, Endpoint } from '../../client/definition.ts'
import { type Decimal, div, isZero, mul, toFloat } from '../../core/decimal.ts'
import { ReadError, type Reader } from '../../core/reader.ts'
import type { AccountInfo, FeeRates, FuturesPosition } from '../../model/account.ts'
import type { Instrument } from '../../model/instrument.ts'
import { withRaw } from '../../model/raw.ts'
import type { MarginMode } from '../../model/tokens.ts'
import { amountOrNone } from './fields.ts'
import { type Page, type PageRequest, readAllPages, readPage } from './pages.ts'
import { listScopes } from './symbols.ts'
import { readMarginMode, readPositionSide, readSide } from './tokens.ts'
import { readWallet } from './wallet.ts'

export function getAccountInfo(call: Call): Promise<AccountInfo> {
  return call(walletBalance, undefined)
}

/** Open positions, each with the margin mode of the account: there is none per symbol. */
export async function getPositions(
  call: Call,
  { instrument }: { instrument?: Instrument },
): Promise<FuturesPosition[]> {
  const [marginMode, lists] = await Promise.all([
    call(accountInfo, undefined),
    Promise.all(listScopes(instrument).map((scope) => readAllPages(call, openPositions, scope))),
  ])
  const positions = lists.flat()
  if (marginMode !== undefined) {
    for (const position of positions) position.marginMode = marginMode
  }
  return positions
}

export function getLeverage(call: Call, params: { instrument: Instrument }): Promise<number> {
  return call(leverageOfSymbol, params)
}

export function setLeverage(call: Call, params: LeverageRequest): Promise<void> {
  return call(leverageSetting, params)
}

export function getFeeRates(call: Call, params: { instrument: Instrument }): Promise<FeeRates> {
  return call(feeRate, params)
}

interface LeverageRequest {
  instrument: Instrument
  leverage: number
}

/** https://bybit-exchange.github.io/docs/v5/account/wallet-balance */
const walletBalance: Endpoint<void, AccountInfo> = {
  method: 'GET',
  path: '/v5/account/wallet-balance',
  access: 'read',
  effect: 'read',
  cost: { address: 1, 'account/wallet-balance': 1 },
  encode() {
    return { query: { accountType: 'UNIFIED' } }
  },
  decode(answer) {
    return readWallet(answer.at('result').at('list').at(0))
  },
}

/** https://bybit-exchange.github.io/docs/v5/account/account-info */
export const accountInfo: Endpoint<void, MarginMode | undefined> = {
  method: 'GET',
  path: '/v5/account/info',
  access: 'read',
  effect: 'read',
  cost: { address: 1, 'account/info': 1 },
  encode() {
    return {}
  },
  decode(answer) {
    // Position rows carry a `tradeMode`, which no longer means anything (docs/wire/bybit.md 4.2).
    return readMarginMode(answer.at('result').at('marginMode'))
  },
}

/** The call that tells open positions, leverage and position modes. */
export const positionList: Pick<
  Endpoint<unknown, unknown>,
  'method' | 'path' | 'access' | 'effect' | 'cost'
> = {
  method: 'GET',
  path: '/v5/position/list',
  access: 'read',
  effect: 'read',
  cost: { address: 1, 'position/list': 1 },
}

/** https://bybit-exchange.github.io/docs/v5/position */
const openPositions: Endpoint<PageRequest, Page<FuturesPosition>> = {
  ...positionList,
  encode({ filter, cursor }) {
    return { query: { category: 'linear', ...filter, limit: 200, cursor } }
  },
  decode(answer, _params, { instruments }) {
    return readPage(answer, (row) => {
      // Asked by symbol, the exchange also shows flat rows, without a side.
      if (amountOrNone(row.at('size')) === undefined) return undefined
      const nativeSymbol = row.at('symbol').string()
      return readPosition(row, nativeSymbol, instruments.symbolOf(nativeSymbol))
    })
  },
}

/** One open position, as calls and streams tell it. */
export function readPosition(row: Reader, nativeSymbol: string, symbol: string): FuturesPosition {
  const size = row.at('size').decimal()
  const markPrice = row.at('markPrice').decimal()
  const pnl = row.at('unrealisedPnl').decimal()
  const notional = mul(size, markPrice)
  // Empty where portfolio margin has no leverage of its own.
  const leverage = amountOrNone(row.at('leverage'))
  const liquidationPrice = amountOrNone(row.at('liqPrice'))
  const initialMargin = amountOrNone(row.at('positionIM')) ?? div(notional, leverage ?? '1')
  return withRaw(
    {
      symbol,
      nativeSymbol,
      side: readSide(row.at('side')) === 'BUY' ? 'LONG' : 'SHORT',
      size,
      entryPrice: row.at('avgPrice').decimal(),
      markPrice,
      pnl,
      percentage: percentOf(pnl, initialMargin),
      ...(leverage !== undefined && { leverage: toFloat(leverage) }),
      ...(liquidationPrice !== undefined && { liquidationPrice }),
      notional,
    },
    row.value,
  )
}

function percentOf(part: Decimal, whole: Decimal): Decimal {
  return isZero(whole) ? '0' : div(mul(part, '100'), whole, 2)
}

/**
 * The row of a symbol tells its leverage, flat or not, in every environment; the newer
 * `/v5/position/symbol-info` is not on the demo list.
 * https://bybit-exchange.github.io/docs/v5/position
 */
const leverageOfSymbol: Endpoint<{ instrument: Instrument }, number> = {
  ...positionList,
  encode({ instrument }) {
    return { query: { category: 'linear', symbol: instrument.nativeSymbol } }
  },
  decode(answer, { instrument }) {
    return toFloat(rowOf(answer, instrument).at('leverage').decimal())
  },
}

// Of the long side, where there are two.
function rowOf(answer: Reader, { nativeSymbol }: Instrument): Reader {
  const list = answer.at('result').at('list')
  const rows = list.items().filter((item) => item.at('symbol').value === nativeSymbol)
  const row = rows.find((item) => readPositionSide(item.at('positionIdx')) !== 'SHORT') ?? rows[0]
  if (!row) throw new ReadError(list.path, `a row of ${nativeSymbol}`, list.value)
  return row
}

/** https://bybit-exchange.github.io/docs/v5/position/leverage */
const leverageSetting: Endpoint<LeverageRequest, void> = {
  method: 'POST',
  path: '/v5/position/set-leverage',
  access: 'trade',
  effect: 'idempotent',
  cost: { address: 1, 'position/set-leverage': 1 },
  encode({ instrument, leverage }) {
    return {
      json: {
        category: 'linear',
        symbol: instrument.nativeSymbol,
        // One for each side; they may differ in hedge mode with isolated margin alone.
        buyLeverage: String(leverage),
        sellLeverage: String(leverage),
      },
    }
  },
  decode() {},
  unchanged() {},
}

/** https://bybit-exchange.github.io/docs/v5/account/fee-rate */
const feeRate: Endpoint<{ instrument: Instrument }, FeeRates> = {
  method: 'GET',
  path: '/v5/account/fee-rate',
  access: 'read',
  effect: 'read',
  cost: { address: 1, 'account/fee-rate': 1 },
  encode({ instrument }) {
    return { query: { category: 'linear', symbol: instrument.nativeSymbol } }
  },
  decode(answer, { instrument }) {
    const row = rowOf(answer, instrument)
    return withRaw(
      {
        symbol: instrument.symbol,
        nativeSymbol: instrument.nativeSymbol,
        makerRate: row.at('makerFeeRate').decimal(),
        takerRate: row.at('takerFeeRate').decimal(),
      },
      row.value,
    )
  },
}
