import type { ErrorCode } from '../../model/errorCodes.ts'

/** `ambiguous`: perhaps executed. `unchanged`: it was so already. */
export type Meaning = ErrorCode | 'ambiguous' | 'unchanged'

/** Our word for a native code; `undefined` for one this table does not know. */
export function meaningOf(code: number, message: string): Meaning | undefined {
  const meaning = MEANINGS.get(code)
  // In hedge mode the word reduceOnly is one too many, whatever it says (section 9, row 11).
  if (code === -1106 && /reduce.?only/i.test(message)) return 'POSITION_MODE_MISMATCH'
  if (!TOLD_BY_TEXT.includes(code)) return meaning
  return TEXTS.find(([pattern]) => pattern.test(message))?.[1] ?? meaning
}

// docs/wire/binance.md 6, row by row.
// https://developers.binance.com/docs/derivatives/usds-margined-futures/error-code
const ROWS: readonly (readonly [meaning: Meaning, codes: readonly number[]])[] = [
  ['ambiguous', [-1000, -1001, -1006, -1007, -4083]],
  // Part of the orders may have been cancelled.
  ['ambiguous', [-2012]],
  ['unchanged', [-4046, -4052, -4059, -4171, -5027]],
  ['INVALID_CREDENTIALS', [-1002, -1022, -1099, -2014, -2015, -4056, -4057]],
  ['PERMISSION_DENIED', [-1004, -1005, -1011, -1109, -2017, -2023, -4087, -4088, -4109]],
  ['PERMISSION_DENIED', [-4192, -4202, -4203, -4204, -4205, -4206, -4207, -4208, -4209]],
  ['PERMISSION_DENIED', [-4400, -4401, -4402, -4403, -4408, -4411]],
  ['RATE_LIMITED', [-1003, -1015]],
  ['EXCHANGE_UNAVAILABLE', [-1008, -1016, 239_999]],
  // A stop that is triggering right now: the same question has an answer a moment later.
  ['EXCHANGE_UNAVAILABLE', [-4117]],
  // An amendment that another one has to wait for.
  ['EXCHANGE_UNAVAILABLE', [-5043]],
  ['TIMESTAMP_OUT_OF_WINDOW', [-1021, -5028]],
  ['UNKNOWN_SYMBOL', [-1121, -4144]],
  ['MARKET_CLOSED', [-1122, -2016, -4140, -4141, -5024]],
  ['ORDER_NOT_FOUND', [-2011, -2013]],
  ['DUPLICATE_CLIENT_ORDER_ID', [-4116]],
  ['INSUFFICIENT_MARGIN', [-2018, -2019, -2028, -4050, -4051]],
  ['POSITION_LIMIT', [-2027]],
  ['WOULD_TRIGGER_IMMEDIATELY', [-2021, -4142]],
  ['REDUCE_ONLY_REJECTED', [-2022, -2024, -4118, -4509]],
  ['WOULD_NOT_REST', [-5021, -5022]],
  ['TOO_MANY_ORDERS', [-2025, -4045]],
  ['OFF_STEP', [-1013, -1111, -4014, -4023, -4029, -4030]],
  ['BELOW_MINIMUM', [-4003, -4004, -4164, -5029]],
  ['ABOVE_MAXIMUM', [-4005]],
  ['PRICE_OUT_OF_RANGE', [-4001, -4002, -4006, -4007, -4013]],
  ['PRICE_OUT_OF_RANGE', [-4016, -4024, -4183, -4184, -4210, -4211]],
  // No liquidity within the bounds of a market order: no word of ours fits.
  ['NO_LIQUIDITY', [-1112, -2020, -4131, -5041]],
  // A listen key that ended: known, and of no use to any call made here.
  ['REFUSED', [-1125]],
  ['LEVERAGE_REFUSED', [-4028, -4161]],
  ['STATE_CONFLICT', [-4047, -4048, -4067, -4068, -4167, -4168, -4169, -4170, -4172]],
  ['STATE_CONFLICT', [-4049, -4053, -4054, -4055]],
  // A stop or take-profit for the whole position stands in this direction already.
  ['STATE_CONFLICT', [-4130]],
  ['INVALID_REQUEST', [-1010, -2010]],
  ['INVALID_REQUEST', [-1014, -1020, -1023, -1131, -4021, -4032]],
  ['INVALID_REQUEST', [-1100, -1101, -1102, -1103, -1104, -1105, -1106, -1108]],
  ['INVALID_REQUEST', [-1114, -1115, -1116, -1117, -1118, -1119, -1120]],
  ['INVALID_REQUEST', [-1126, -1127, -1128, -1130, -1136]],
  ['INVALID_REQUEST', [-2026, -4020, -4062, -4136, -4137, -4138, -4139]],
  ['POSITION_MODE_MISMATCH', [-4061, -4531]],
  ['INVALID_REQUEST', [-4015, -4031, -4060, -4082, -4104, -4114, -4115, -4120]],
  ['INVALID_REQUEST', [-4135, -4165, -5000, -5037, -5038, -5039, -5040]],
  ['INVALID_REQUEST', [-5025, -5026, -5047]],
]

const MEANINGS: ReadonlyMap<number, Meaning> = new Map(
  ROWS.flatMap(([meaning, codes]) => codes.map((code) => [code, meaning] as const)),
)

/** Codes that forward the engine's message or name a filter: the text tells more than they do. */
const TOLD_BY_TEXT: readonly number[] = [-1010, -1013, -2010]

const TEXTS: readonly (readonly [pattern: RegExp, meaning: Meaning])[] = [
  [/unknown order/i, 'ORDER_NOT_FOUND'],
  [/duplicate/i, 'DUPLICATE_CLIENT_ORDER_ID'],
  [/insufficient/i, 'INSUFFICIENT_MARGIN'],
  [/immediately trigger/i, 'WOULD_TRIGGER_IMMEDIATELY'],
  [/reduce.?only/i, 'REDUCE_ONLY_REJECTED'],
  [/immediately match/i, 'WOULD_NOT_REST'],
  [/market is closed/i, 'MARKET_CLOSED'],
  [/NOTIONAL/, 'BELOW_MINIMUM'],
  [/PERCENT_PRICE/, 'PRICE_OUT_OF_RANGE'],
  [/MAX_NUM/, 'TOO_MANY_ORDERS'],
]
