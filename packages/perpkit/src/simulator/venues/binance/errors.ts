import type { Answer } from '../../server/types.ts'

// Codes and texts of https://developers.binance.com/docs/derivatives/usds-margined-futures/error-code;
// docs/wire/binance.md 6 tells which of them are in use. `%s` is filled with figures in order; what
// follows a colon tells apart texts of one code.
const TEXTS = {
  '-1000': 'Unknown error, please check your request or try again later.',
  '-1008':
    'Request throttled by system-level protection. Reduce-only/close-position orders are exempt. Please try again.',
  '-1016': 'This service is no longer available.',
  '-1020': 'This operation is not supported.',
  '-1021': 'Timestamp for this request is outside of the recvWindow.',
  '-1022': 'Signature for this request is not valid.',
  '-1023': 'Start time is greater than end time.',
  '-1100': "Illegal characters found in parameter '%s'; legal range is '%s'.",
  '-1101': "Duplicate values for parameter '%s' detected.",
  '-1102': "Mandatory parameter '%s' was not sent, was empty/null, or malformed.",
  '-1102:either': "Param '%s' or '%s' must be sent, but both were empty/null!",
  '-1105': "Parameter '%s' was empty.",
  '-1106': "Parameter '%s' sent when not required.",
  '-1111': 'Precision is over the maximum defined for this asset.',
  '-1114': 'TimeInForce parameter sent when not required.',
  '-1115': 'Invalid timeInForce.',
  '-1116': 'Invalid orderType.',
  '-1117': 'Invalid side.',
  '-1120': 'Invalid interval.',
  '-1121': 'Invalid symbol.',
  '-1125': 'This listenKey does not exist.',
  '-1127': 'Lookup interval is too big. More than %s hours between startTime and endTime.',
  '-1128': 'Combination of optional parameters invalid.',
  '-1130': "Data sent for parameter '%s' is not valid.",
  '-1131': 'recvWindow must be less than 60000',
  '-1135': "Invalid '%s' in JSON request; expected %s.",
  '-1135:json': 'Invalid JSON request.',
  '-1136': 'Invalid newOrderRespType.',
  '-2011': 'Unknown order sent.',
  '-2013': 'Order does not exist.',
  '-2014': 'API-key format invalid.',
  '-2015': 'Invalid API-key, IP, or permissions for action.',
  '-2019': 'Margin is insufficient.',
  '-2021': 'Order would immediately trigger.',
  '-2022': 'ReduceOnly Order is rejected.',
  '-2025': 'Reach max open order limit.',
  '-2027': 'Exceeded the maximum allowable position at current leverage.',
  '-2028': 'Leverage is smaller than permitted: insufficient margin balance.',
  '-4001': 'Price less than 0.',
  '-4002': 'Price greater than max price.',
  '-4003': 'Quantity less than or equal to zero.',
  '-4004': 'Quantity less than min quantity.',
  '-4005': 'Quantity greater than max quantity.',
  '-4006': 'Stop price less than zero.',
  '-4007': 'Stop price greater than max price.',
  '-4013': 'Price less than min price.',
  '-4014': 'Price not increased by tick size.',
  '-4015': 'Client order id is not valid.',
  '-4016': "Limit price can't be higher than %s.",
  '-4021': '%s is not a valid depth limit.',
  '-4023': 'Qty not increased by step size.',
  '-4024': "Limit price can't be lower than %s.",
  '-4028': 'Leverage %s is not valid',
  '-4031': "Invalid parameter working type: '%s'",
  '-4045': 'Reach max stop order limit.',
  '-4046': 'No need to change margin type.',
  '-4047': 'Margin type cannot be changed if there exists open orders.',
  '-4048': 'Margin type cannot be changed if there exists position.',
  '-4049': 'Add margin only support for isolated position.',
  '-4050': 'Cross balance insufficient.',
  '-4051': 'Isolated balance insufficient.',
  '-4054': 'Cannot add position margin: position is 0.',
  '-4055': 'Amount must be positive.',
  '-4056': 'HMAC_SHA256 API key is not supported.',
  '-4059': 'No need to change position side.',
  '-4060': 'Invalid position side.',
  '-4061': "Order's position side does not match user's setting.",
  '-4067': 'Position side cannot be changed if there exists open orders.',
  '-4068': 'Position side cannot be changed if there exists position.',
  '-4082': 'Invalid number of batch place orders: %s',
  '-4104': 'Invalid contract type.',
  '-4116': 'ClientOrderId is duplicated.',
  '-4120':
    'Order type not supported for this endpoint. Please use the Algo Order API endpoints instead.',
  '-4130':
    'An open stop or take profit order with GTE and closePosition in the direction is existing.',
  '-4131': "The counterparty's best price does not meet the PERCENT_PRICE filter limit.",
  '-4141': 'Symbol is closed.',
  '-4144': 'Invalid pair.',
  '-4161': 'Leverage reduction is not supported in Isolated Margin Mode with open positions.',
  '-4164': "Order's notional must be no smaller than %s (unless you choose reduce only).",
  '-4165': 'Invalid time interval. Maximum time interval is %s days.',
  '-4171': 'Adjusted asset mode is currently set and does not need to be adjusted repeatedly.',
  '-4183': "Limit price can't be higher than %s.",
  '-4184': "Limit price can't be lower than %s.",
  '-4509':
    'Time in Force (TIF) GTE can only be used with open positions. Please ensure that positions are available.',
  '-5000': 'Path %s, Method %s is invalid',
  '-5000:method': 'Method %s is invalid',
  '-5021':
    'Due to the order could not be filled immediately, the FOK order has been rejected. The order will not be recorded in the order history.',
  '-5022':
    'Due to the order could not be executed as maker, the Post Only order will be rejected. The order will not be recorded in the order history.',
  '-5024': 'Symbol is not in trading status. Order amendment is not permitted.',
  '-5025': 'Only limit order is supported.',
  '-5026': 'Exceed maximum modify order limit.',
  '-5027': 'No need to modify the order.',
  '-5029': "Order's notional must be no smaller than %s.",
  '-5037': 'Invalid price match.',
  '-5038': 'Price match only supports order type: LIMIT, STOP AND TAKE_PROFIT.',
  '-5039': 'Invalid self trade prevention mode.',
  '-5041': 'No depth matches this BBO order.',
  '-5047': 'ReduceOnly does not match the original order.',
} as const

export type Code = keyof typeof TEXTS

/** A refusal in the venue's words: thrown where a check fails, answered by the route. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly code: number
  readonly status: number

  constructor(code: Code, ...figures: string[]) {
    super(figures.reduce((text, figure) => text.replace('%s', () => figure), String(TEXTS[code])))
    this.code = Number.parseInt(code, 10)
    this.status = STATUS[code] ?? 400
  }

  /** The envelope, as a batch shows it for one element. */
  envelope(): { code: number; msg: string } {
    return { code: this.code, msg: this.message }
  }
}

export function answerWith(value: unknown, status = 200): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(value),
  }
}

/** Answers with what `read` returns, or with the refusal that it threw. */
export function answerOf(read: () => unknown): Answer {
  try {
    return answerWith(read())
  } catch (error) {
    if (error instanceof Refused) return answerWith(error.envelope(), error.status)
    throw error
  }
}

// docs/wire/binance.md 6: everything else is 400.
const STATUS: Partial<Record<Code, number>> = {
  '-1000': 503,
  '-1008': 503,
  '-1016': 503,
  '-2014': 401,
  '-2015': 401,
  '-5000': 404,
  '-5000:method': 404,
}
