import type { Refusal } from '../../engine/types.ts'

// Codes and texts: docs/wire/okx.md 4.6 and 6, and
// https://www.okx.com/docs-v5/en/#error-code-rest-api. {0}, {1} stand for figures.
const texts = {
  '50000': 'Body for POST request cannot be empty.',
  '50001': 'Service temporarily unavailable. Please try again later.',
  '50002': 'JSON syntax error',
  '50004':
    'API endpoint request timeout (does not indicate success or failure of order, please check order status).',
  '50011': 'Too Many Requests',
  '50013': 'Systems are busy. Please try again later.',
  '50014': 'Parameter {0} can not be empty.',
  '50015': 'Either parameter {0} or {1} is required.',
  '50036':
    "The expTime can't be earlier than the current system time. Please adjust the expTime and try again.",
  '50061': "You've reached the maximum order rate limit for this account.",
  '50102': 'Timestamp request expired',
  '50103': 'Request header OK-ACCESS-KEY can not be empty.',
  '50104': 'Request header OK-ACCESS-PASSPHRASE can not be empty.',
  '50105': 'Request header OK-ACCESS-PASSPHRASE incorrect.',
  '50106': 'Request header OK-ACCESS-SIGN can not be empty.',
  '50107': 'Request header OK-ACCESS-TIMESTAMP can not be empty.',
  '50112': 'Invalid OK-ACCESS-TIMESTAMP',
  '50113': 'Invalid Sign',
  '50115': 'Invalid request method.',
  '50119': "API key doesn't exist",
  '50120': "This API key doesn't have permission to use this function",
  '51000': 'Parameter {0}  error',
  '51001': "Instrument ID, Instrument ID code, or Spread ID doesn't exist.",
  '51003': 'Either client order ID or order ID is required.',
  '51006': 'Order price is not within the price limit (max buy price: {0} min sell price: {1}).',
  '51008': 'Order failed. Insufficient {0} margin in account',
  '51010': 'Request unsupported under current account mode.',
  '51016': 'Client order ID already exists.',
  '51020': 'Your order should meet or exceed the minimum order amount.',
  '51022': 'Contract suspended.',
  '51023': "Position doesn't exist.",
  '51046': 'The take profit trigger price should be higher than the order price',
  '51047': 'The stop loss trigger price should be lower than the order price',
  '51048': 'The take profit trigger price should be lower than the order price',
  '51049': 'The stop loss trigger price should be higher than the order price',
  '51050': 'The take profit trigger price should be higher than the best ask price',
  '51051': 'The stop loss trigger price should be lower than the best ask price',
  '51052': 'The take profit trigger price should be lower than the best bid price',
  '51053': 'The stop loss trigger price should be higher than the best bid price',
  '51058': 'No available position for this algo order',
  '51065': 'algoClOrdId already exists.',
  '51068': '{0} already exists within algoClOrdId and attachAlgoClOrdId.',
  '51070':
    'You do not meet the requirements for switching to this account mode. Please upgrade the account mode on the OKX website or App.',
  '51076':
    "TP/SL orders in Split TPs only support one-way TP/SL. You can't use slTriggerPx&slOrdPx and tpTriggerPx&tpOrdPx at the same time.",
  '51079': 'The number of TP orders with Split TPs attached in a same order cannot exceed 10.',
  '51080':
    'Take-profit trigger price types (tpTriggerPxType) must be the same in an order with Split TPs attached.',
  '51081':
    'Take-profit trigger prices (tpTriggerPx) cannot be the same in an order with Split TPs attached.',
  '51083':
    'The total size of TP orders with Split TPs attached in a same order should equal the size of this order.',
  '51084': 'The number of SL orders with Split TPs attached in a same order cannot exceed 1.',
  '51085':
    'The number of TP orders cannot be less than 2 when cost-price SL is enabled (amendPxOnTriggerType set as 1) for Split TPs.',
  '51088': 'You can only place 1 TP/SL order to close an entire position.',
  '51089': 'The size of the TP order among split TPs attached cannot be empty.',
  '51090': "You can't modify the amount of an SL order placed with a TP limit order.",
  '51091': 'All TP orders in one order must be of the same type.',
  '51092': 'TP order prices (tpOrdPx) in one order must be different.',
  '51093': 'TP limit order prices (tpOrdPx) in one order cannot be –1 (market price).',
  '51095':
    'To place TP limit orders in spot, margin, or futures trading, you must also set an SL order.',
  '51096': 'cxlOnClosePos needs to be true to place a TP limit order',
  '51101': 'Entered amount exceeds the max pending order amount (Cont) per transaction.',
  '51103': 'Maximum number of pending orders ({0}) exceeded for this instrument.',
  '51111': 'Maximum {0} orders can be placed in bulk.',
  '51112': 'Close order size exceeds available size for this position.',
  '51115': 'Cancel all pending close-orders before liquidation.',
  '51116': 'Order price or trigger price exceeds {0}.',
  '51121': 'Order quantity must be a multiple of the lot size.',
  '51150': 'The precision of the number of trades or the price exceeds the limit.',
  '51169':
    "Order failed because you don't have any positions in the direction of this contract to reduce or close.",
  '51170':
    "Failed to place order. A reduce-only order can't be the same trading direction as your existing positions.",
  '51171':
    "Failed to edit order. The edited order's size, together with the reduce-only orders ahead of it, exceeds your position.",
  '51202': 'Market order amount exceeds the maximum amount.',
  '51204': 'The order price for the limit order cannot be empty.',
  '51205': 'Reduce Only is not available.',
  '51206':
    'Please cancel the Reduce Only orders before placing the current {0} order to avoid opening a reverse position.',
  '51258':
    'Failed to place trailing stop order. For sell orders, the activation price should be greater than the last price.',
  '51259':
    'Failed to place trailing stop order. For buy orders, the activation price should be less than the last price.',
  '51260': 'Maximum of {0} pending trailing stop orders can be held at the same time.',
  '51261': 'Maximum of {0} pending stop orders can be held at the same time.',
  '51275': 'The size of the stop order exceeds the maximum amount of {0}.',
  '51277': 'TP trigger price cannot be higher than the last price.',
  '51278': 'SL trigger price cannot be lower than the last price.',
  '51279': 'TP trigger price cannot be lower than the last price.',
  '51280': 'SL trigger price cannot be higher than the last price.',
  '51299': 'Maximum of {0} pending trigger orders can be held at the same time.',
  '51300': 'TP trigger price cannot be higher than the mark price.',
  '51302': 'SL trigger price cannot be lower than the mark price.',
  '51303': 'TP trigger price cannot be lower than the mark price.',
  '51304': 'SL trigger price cannot be higher than the mark price.',
  '51305': 'TP trigger price cannot be higher than the index price.',
  '51306': 'SL trigger price cannot be lower than the index price.',
  '51307': 'TP trigger price cannot be lower than the index price.',
  '51308': 'SL trigger price cannot be higher than the index price.',
  '51311': 'Failed to place trailing stop order. Callback rate should be within {0}<=X<={1}.',
  '51312': 'Failed to place trailing stop order. Order amount should be within {0}<X<={1}.',
  '51328': 'closeFraction is only available for reduceOnly orders.',
  '51330': 'closeFraction is only available for stop market orders.',
  '51331': 'closeFraction is only available for close position orders.',
  '51333':
    'Close position order in hedge-mode or reduce-only order in one-way mode cannot attach TPSL.',
  '51400': 'Cancellation failed as the order has been filled, canceled or does not exist.',
  '51407': 'Either order ID or client order ID is required.',
  '51500': 'You must enter a price, quantity, or TP/SL.',
  '51501': 'Maximum of {0} orders can be modified or canceled at once.',
  '51503': 'Your order has already been filled or canceled.',
  '51506': 'Order modification unavailable for the order type.',
  '51512':
    'Failed to amend orders in batches. You cannot have duplicate orders in the same amend-batch-orders request.',
  '51523':
    'Unable to modify the order price of a stop order that closes an entire position. Please modify the trigger price instead.',
  '51524':
    'Unable to modify the order quantity of a stop order that closes an entire position. Please modify the trigger price instead.',
  '51526':
    'Order modification unsuccessful. Take profit/Stop loss conditions cannot be added to or removed from stop orders.',
  '51527': 'Order modification unsuccessful. The stop order does not exist.',
  '51531':
    'Order modification unsuccessful. The only take profit or stop loss of an order cannot be deleted.',
  '51603': 'Order does not exist',
  '59000': 'Setting failed. Cancel any open orders, close positions, and stop trading bots first.',
  '59101':
    'Leverage cannot be modified. Please cancel all pending isolated margin orders before adjusting the leverage.',
  '59102': 'Leverage exceeds the maximum limit. Please lower the leverage.',
  '59103': 'Account margin is insufficient and leverage is too low. Please increase the leverage.',
  '59105': "Leverage can't be less than {0}. Please increase the leverage.",
  '59107':
    'You have pending orders under the cross-margin mode. Please cancel all pending orders before adjusting your leverage.',
  '59300': 'Margin call failed. Position does not exist.',
  '59301': 'Margin adjustment failed for exceeding the max limit.',
  '59668':
    'Cancel isolated margin TP/SL, trailing, trigger, and chase orders or stop bots before adjusting your leverage.',
  '59669':
    'Cancel cross-margin TP/SL, trailing, trigger, and chase orders or stop bots before adjusting your leverage.',
} as const

export type Code = keyof typeof texts

/** HTTP status of request-level refusals; all others are 200 (docs/wire/okx.md 6). */
const statuses: Partial<Record<Code, number>> = {
  '50000': 400,
  '50001': 503,
  '50002': 400,
  '50004': 400,
  '50013': 429,
  '50014': 400,
  '50015': 400,
  '50036': 400,
  '51000': 400,
  '51003': 400,
  '51111': 400,
  '51115': 429,
  '51501': 400,
  '59105': 400,
}

/** The venue's refusal of a request or of one item of it: thrown where a check fails. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly code: Code

  constructor(code: Code, ...figures: string[]) {
    super(figures.reduce((text, figure, i) => text.replace(`{${i}}`, () => figure), texts[code]))
    this.code = code
  }

  get status(): number {
    return statuses[this.code] ?? 200
  }

  /** Printed beside the code of an order row: docs/wire/okx.md 6. */
  get subCode(): string {
    return this.code === '51008' ? '1001' : ''
  }

  /** Whether it refuses the whole request also where items are answered in rows. */
  get isOfRequest(): boolean {
    return this.code.startsWith('50')
  }
}

/** The text of a code that takes no figures. */
export function textOf(code: Code): string {
  return texts[code]
}

/** A bad value: `'Parameter sz  error'`. */
export function parameterError(name: string): Refused {
  return new Refused('51000', name)
}

/** What the engine refuses although the venue's own checks let it pass. */
export function refusedByEngine(refusal: Refusal, doing: 'place' | 'amend' | 'cancel'): Refused {
  switch (refusal.refused) {
    case 'insufficientMargin':
      return new Refused('51008', 'USDT')
    case 'duplicateClientOrderId':
      return new Refused('51016')
    case 'orderNotFound':
      return new Refused(doing === 'amend' ? '51503' : '51400')
    case 'tooManyOrders':
      return new Refused('51103', refusal.details.limit ?? '')
    case 'marketClosed':
      return new Refused('51022')
    case 'closePositionExists':
      return new Refused('51088')
    case 'positionRequired':
      return new Refused('51058')
    case 'reduceOnlyRejected':
      return new Refused(doing === 'amend' ? '51171' : '51112')
    case 'positionsOpen':
    case 'ordersOpen':
      return new Refused('59000')
    case 'positionModeMismatch':
      return parameterError('posSide')
    case 'isolatedMargin':
      return new Refused(refusal.details.removable === undefined ? '59300' : '59301')
    case 'leverageTooHigh':
      return new Refused('59102')
    case 'wouldTriggerImmediately':
      return new Refused('51280')
    case 'wouldTakeLiquidity':
    case 'notFillable':
    case 'noLiquidity':
      // The rules let such orders end instead.
      throw new Error(`the engine refused an order: ${refusal.refused}`)
  }
}
