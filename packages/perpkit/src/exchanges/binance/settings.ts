import type { Call, Endpoint } from '../../client/definition.ts'
import { ReadError, type Reader } from '../../core/reader.ts'
import { RequestError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { MarginMode, PositionMode } from '../../model/tokens.ts'
import { marginModes, marginTypeOf, readToken } from './tokens.ts'

// Leverage and margin mode are settings of a symbol, the position mode is one of the account.

interface OfInstrument {
  instrument: Instrument
}

interface SymbolSetting {
  leverage: number
  marginMode: MarginMode
}

/** One leverage for both sides, in hedge mode too. */
export async function getLeverage(call: Call, params: OfInstrument): Promise<number> {
  return (await call(ownSetting, params)).leverage
}

/** The same value again is an ordinary success here. */
export async function setLeverage(
  call: Call,
  params: OfInstrument & { leverage: number },
): Promise<void> {
  if (!Number.isInteger(params.leverage)) {
    throw new RequestError(
      `BINANCE setLeverage: leverage must be a whole number, received ${params.leverage}`,
      { code: 'INVALID_ARGUMENT', exchange: 'BINANCE', action: 'setLeverage' },
    )
  }
  return call(leverage, params)
}

export function getMaxLeverage(call: Call, params: OfInstrument): Promise<number> {
  return call(leverageBracket, params)
}

/** Told whether or not a position is open. */
export async function getMarginMode(call: Call, params: OfInstrument): Promise<MarginMode> {
  return (await call(ownSetting, params)).marginMode
}

/** Refused while the symbol has orders or a position. */
export function setMarginMode(
  call: Call,
  params: OfInstrument & { marginMode: MarginMode },
): Promise<void> {
  return call(marginType, params)
}

export function getPositionMode(call: Call): Promise<PositionMode> {
  return call(accountConfig, undefined)
}

/** Of the coin-margined contracts too; refused while anything is open. */
export function setPositionMode(call: Call, params: { positionMode: PositionMode }): Promise<void> {
  return call(positionSideDual, params)
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

/** By native symbol. */
export const symbolSettings: Endpoint<{ instrument?: Instrument }, Map<string, SymbolSetting>> = {
  ...symbolConfig,
  decode: (answer) =>
    new Map(answer.items().map((row) => [row.at('symbol').string(), readSetting(row)])),
}

/** The same call, for the one symbol that must be in it. */
const ownSetting: Endpoint<OfInstrument, SymbolSetting> = {
  ...symbolConfig,
  decode(answer, { instrument: { nativeSymbol } }) {
    const rows = answer.items()
    const row = rows.find((candidate) => candidate.at('symbol').string() === nativeSymbol)
    if (!row) throw new ReadError(answer.path, `a row of ${nativeSymbol}`, answer.value)
    return readSetting(row)
  },
}

function readSetting(row: Reader): SymbolSetting {
  return {
    leverage: row.at('leverage').integer(),
    marginMode: readToken(row.at('marginType'), marginModes),
  }
}

// https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Change-Initial-Leverage
const leverage: Endpoint<OfInstrument & { leverage: number }, void> = {
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
const leverageBracket: Endpoint<OfInstrument, number> = {
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

// https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Change-Margin-Type
const marginType: Endpoint<OfInstrument & { marginMode: MarginMode }, void> = {
  method: 'POST',
  path: '/fapi/v1/marginType',
  access: 'trade',
  effect: 'idempotent',
  cost: { weight: 1 },
  encode: ({ instrument, marginMode }) => ({
    form: { symbol: instrument.nativeSymbol, marginType: marginTypeOf(marginMode) },
  }),
  decode: readDone,
  unchanged: () => undefined,
}

// The page of the position mode itself costs six times as much (docs/wire/binance.md 4.3, 7).
// https://developers.binance.com/docs/derivatives/usds-margined-futures/account/rest-api/Account-Config
const accountConfig: Endpoint<void, PositionMode> = {
  method: 'GET',
  path: '/fapi/v1/accountConfig',
  access: 'read',
  effect: 'read',
  cost: { weight: 5 },
  encode: () => ({}),
  decode: (answer) => (answer.at('dualSidePosition').boolean() ? 'HEDGE' : 'ONE_WAY'),
}

// https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Change-Position-Mode
const positionSideDual: Endpoint<{ positionMode: PositionMode }, void> = {
  method: 'POST',
  path: '/fapi/v1/positionSide/dual',
  access: 'trade',
  effect: 'idempotent',
  cost: { weight: 1 },
  encode: ({ positionMode }) => ({
    form: { dualSidePosition: positionMode === 'HEDGE' ? 'true' : 'false' },
  }),
  decode: readDone,
  unchanged: () => undefined,
}

/** Calls without a result answer 200; another code never comes this far. */
function readDone(answer: Reader): void {
  answer.at('code').integer()
}

function ofSymbol({ instrument }: { instrument?: Instrument }): {
  query: { symbol: string | undefined }
} {
  return { query: { symbol: instrument?.nativeSymbol } }
}
