import type { Call, Endpoint } from '../../client/definition.ts'
import { abs, type Decimal, div, isNegative, mul, toFloat } from '../../core/decimal.ts'
import { ReadError, type Reader } from '../../core/reader.ts'
import type { AccountInfo, FuturesPosition } from '../../model/account.ts'
import type { ErrorCode } from '../../model/errorCodes.ts'
import { PerpkitError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'
import { withRaw } from '../../model/raw.ts'
import type { PositionSide } from '../../model/tokens.ts'
import { amountOrNone } from './fields.ts'
import { findInstrument, fromContracts } from './symbols.ts'
import { readMarginMode } from './tokens.ts'
import { readBalance } from './wallet.ts'

export function getAccountInfo(call: Call): Promise<AccountInfo> {
  return call(balance, undefined)
}

export function getPositions(
  call: Call,
  params: { instrument?: Instrument },
): Promise<FuturesPosition[]> {
  return call(openPositions, params)
}

/** Of cross margin; a position tells it where the exchange does not answer the question. */
export async function getLeverage(call: Call, params: { instrument: Instrument }): Promise<number> {
  try {
    return await call(leverageInfo, params)
  } catch (error) {
    // Not found on the European host, refused in portfolio margin (docs/wire/okx.md 4.1).
    if (!isRefusal(error, 'INVALID_REQUEST', 'UNSUPPORTED')) throw error
    const [position] = await call(openPositions, params)
    if (position?.leverage === undefined) throw error
    return position.leverage
  }
}

/**
 * Sends only what changes something: with orders open the exchange refuses every new value, the
 * present one too, and has no word for "it is so already" (docs/wire/okx.md 4.1).
 */
export async function setLeverage(call: Call, params: LeverageRequest): Promise<void> {
  if (await hasLeverage(call, params)) return
  try {
    await call(leverageSetting, params)
  } catch (error) {
    if (!isRefusal(error, 'STATE_CONFLICT') || !(await hasLeverage(call, params))) throw error
  }
}

interface LeverageRequest {
  instrument: Instrument
  leverage: number
}

/** `false` also where it cannot be told. */
async function hasLeverage(
  call: Call,
  { instrument, leverage }: LeverageRequest,
): Promise<boolean> {
  try {
    return (await getLeverage(call, { instrument })) === leverage
  } catch (error) {
    if (isRefusal(error, 'INVALID_REQUEST', 'UNSUPPORTED')) return false
    throw error
  }
}

function isRefusal(error: unknown, ...codes: ErrorCode[]): boolean {
  return PerpkitError.is(error) && codes.includes(error.code)
}

/** https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-balance */
const balance: Endpoint<void, AccountInfo> = {
  method: 'GET',
  path: '/api/v5/account/balance',
  access: 'read',
  effect: 'read',
  cost: { 'GET account/balance': 1 },
  encode() {
    return {}
  },
  decode(answer) {
    return readBalance(answer.at('data').at(0))
  },
}

/** https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-positions */
const openPositions: Endpoint<{ instrument?: Instrument }, FuturesPosition[]> = {
  method: 'GET',
  path: '/api/v5/account/positions',
  access: 'read',
  effect: 'read',
  cost: { 'GET account/positions': 1 },
  encode({ instrument }) {
    return { query: { instType: 'SWAP', instId: instrument?.nativeSymbol } }
  },
  decode(answer, _params, { instruments }) {
    return answer
      .at('data')
      .items()
      .flatMap((row) => {
        const instrument = findInstrument(row, instruments)
        // Asked by name, the exchange also shows what was closed in the last 30 days.
        const contracts = amountOrNone(row.at('pos'))
        if (!instrument || contracts === undefined) return []
        return [readPosition(row, instrument, contracts)]
      })
  },
}

function readPosition(row: Reader, instrument: Instrument, contracts: Decimal): FuturesPosition {
  const size = fromContracts(abs(contracts), instrument)
  const markPrice = row.at('markPx').decimal()
  const pnl = row.at('upl').decimal()
  const leverage = amountOrNone(row.at('lever'))
  const marginMode = readMarginMode(row.at('mgnMode'))
  const liquidationPrice = amountOrNone(row.at('liqPx'))
  return withRaw(
    {
      symbol: instrument.symbol,
      nativeSymbol: instrument.nativeSymbol,
      side: readPositionSide(row, contracts),
      size,
      entryPrice: row.at('avgPx').decimal(),
      markPrice,
      pnl,
      // A fraction of the initial margin at entry.
      percentage: div(row.at('uplRatio').decimal(), '0.01', 2),
      ...(leverage !== undefined && { leverage: toFloat(leverage) }),
      ...(marginMode !== undefined && { marginMode }),
      ...(liquidationPrice !== undefined && { liquidationPrice }),
      notional: mul(size, markPrice),
    },
    row.value,
  )
}

// In net mode the sign tells; in long/short mode sizes have none.
function readPositionSide(row: Reader, contracts: Decimal): PositionSide {
  const field = row.at('posSide')
  switch (field.string()) {
    case 'net':
      return isNegative(contracts) ? 'SHORT' : 'LONG'
    case 'long':
      return 'LONG'
    case 'short':
      return 'SHORT'
    default:
      throw new ReadError(field.path, 'net, long or short', field.value)
  }
}

/** https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-leverage */
const leverageInfo: Endpoint<{ instrument: Instrument }, number> = {
  method: 'GET',
  path: '/api/v5/account/leverage-info',
  access: 'read',
  effect: 'read',
  cost: { 'GET account/leverage-info': 1 },
  encode({ instrument }) {
    return { query: { instId: instrument.nativeSymbol, mgnMode: 'cross' } }
  },
  decode(answer, { instrument: { nativeSymbol } }) {
    const list = answer.at('data')
    const rows = list.items().filter((item) => item.at('instId').value === nativeSymbol)
    // Two rows in long/short mode: where one number is wanted, that of the long side.
    const row = rows.find((item) => item.at('posSide').value !== 'short') ?? rows[0]
    if (!row) throw new ReadError(list.path, `a row of ${nativeSymbol}`, list.value)
    return toFloat(row.at('lever').decimal())
  },
}

/** https://www.okx.com/docs-v5/en/#trading-account-rest-api-set-leverage */
const leverageSetting: Endpoint<LeverageRequest, void> = {
  method: 'POST',
  path: '/api/v5/account/set-leverage',
  access: 'trade',
  effect: 'idempotent',
  cost: { 'POST account/set-leverage': 1 },
  encode({ instrument, leverage }) {
    return {
      json: { instId: instrument.nativeSymbol, lever: String(leverage), mgnMode: 'cross' },
    }
  },
  decode(answer) {
    answer.at('data').at(0).at('lever').decimal()
  },
}
