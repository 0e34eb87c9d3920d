import type { Call, Endpoint } from '../../client/definition.ts'
import { abs, type Decimal, div, isNegative, mul, toFloat } from '../../core/decimal.ts'
import { ReadError, type Reader } from '../../core/reader.ts'
import type { AccountInfo, FuturesPosition } from '../../model/account.ts'
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

/** In long/short mode up to two of a contract, and in either mode one more of each margin mode. */
export function getPositions(
  call: Call,
  params: { instrument?: Instrument },
): Promise<FuturesPosition[]> {
  return call(openPositions, params)
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

/** An open position, as calls and streams tell it; `contracts` is its size on the wire. */
export function readPosition(
  row: Reader,
  instrument: Instrument,
  contracts: Decimal,
): FuturesPosition {
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
