/**
 * Every code a {@link PerpkitError} can carry, with what it means and what to do. `docs/errors.md`
 * is printed from this table.
 */
export const ERROR_CODES = {
  // refused by us before anything was sent
  UNKNOWN_EXCHANGE: ['The exchange name is not one of the six.', 'Use a name from the message.'],
  UNKNOWN_SYMBOL: [
    'The symbol is not listed at this exchange.',
    'Check the spelling, or list what there is with getInstruments().',
  ],
  NOT_TRADING: ['The symbol is listed but not open for trading.', 'Wait, or choose another.'],
  INVALID_ARGUMENT: [
    'An argument has a value that cannot be meant.',
    'Read the message: it names it.',
  ],
  BELOW_MINIMUM: [
    'The quantity or its notional is under the minimum of the symbol.',
    'Order at least what the message says.',
  ],
  ABOVE_MAXIMUM: [
    'The quantity is over the maximum of the symbol.',
    'Split the order into parts under the maximum in the message.',
  ],
  OFF_STEP: [
    'A price is no multiple of the tick size.',
    'Round it with roundPrice(); quantities are rounded down by themselves.',
  ],
  UNSUPPORTED: [
    'The exchange cannot do this, or perpkit does not on this exchange.',
    'See docs/capabilities.md for what works where.',
  ],
  NO_TESTNET: [
    'The exchange has no testnet.',
    'Use the simulator (baseUrl), or testnet: false for real money.',
  ],
  CLOSED: ['This exchange object was closed.', 'Create a new one.'],
  // the caller's key
  MISSING_CREDENTIALS: [
    'A private method was called without an API key, secret or passphrase.',
    'Pass apiKey and apiSecret (and passphrase where the exchange has one).',
  ],
  INVALID_CREDENTIALS: [
    'The exchange does not accept the key or its signature.',
    'Check key and secret, and that they belong to this environment (live or testnet).',
  ],
  PERMISSION_DENIED: [
    'The key is known but may not do this.',
    "Check the key's permissions and address list at the exchange.",
  ],
  // the exchange said no
  INSUFFICIENT_MARGIN: [
    'The account has not enough margin for this.',
    'Order less, free margin or add money.',
  ],
  POSITION_LIMIT: [
    'The position would be larger than the exchange allows at this leverage.',
    'Order less, or lower the leverage.',
  ],
  NO_LIQUIDITY: [
    'The book has nothing to trade with at an allowed price.',
    'Try again later, or place a limit order.',
  ],
  POSITION_MODE_MISMATCH: [
    "The order's position side does not fit the account's position mode.",
    'Give positionSide in hedge mode and leave it out in one-way mode; see getPositionMode().',
  ],
  ORDER_NOT_FOUND: ['The exchange has never seen this order.', 'Check the id and the account.'],
  ORDER_ENDED: [
    'The order has ended and cannot be changed any more.',
    'Read it with getOrder(), and place a new one if it is still wanted.',
  ],
  DUPLICATE_CLIENT_ORDER_ID: [
    'An order with this client order id exists.',
    'Look it up with getOrder({ clientOrderId }): it may be the one you want.',
  ],
  WOULD_TRIGGER_IMMEDIATELY: [
    'The trigger price is already reached.',
    'The market has moved through it: choose another price or close the position.',
  ],
  REDUCE_ONLY_REJECTED: [
    'The order could only have increased the position.',
    'Read the position again: it may be closed already.',
  ],
  WOULD_NOT_REST: [
    'A post-only order would have traded at once, or a fill-or-kill order could not fill.',
    'Choose a price on the other side of the book, or another time in force.',
  ],
  PRICE_OUT_OF_RANGE: [
    "The price is outside the exchange's band around the market.",
    'Choose a price nearer to the market.',
  ],
  TOO_MANY_ORDERS: ['The account has too many open orders.', 'Cancel some first.'],
  MARKET_CLOSED: ['The exchange does not accept orders for this symbol now.', 'Try later.'],
  LEVERAGE_REFUSED: [
    'The leverage is outside what the exchange allows here.',
    'See maxLeverage in getSymbolPrecision().',
  ],
  STATE_CONFLICT: [
    'A setting cannot be changed while orders or positions are open.',
    'Cancel and close them first.',
  ],
  TIMESTAMP_OUT_OF_WINDOW: [
    "The request's time was outside the exchange's window.",
    'perpkit synchronises its clock and repeats once; seen by a caller, the connection is too slow.',
  ],
  RATE_LIMITED: ['Too many requests.', 'Wait retryAfterMs, then go slower.'],
  EXCHANGE_UNAVAILABLE: [
    'The exchange refused because it is overloaded or in maintenance; nothing was executed.',
    'Try again later.',
  ],
  INVALID_REQUEST: [
    'The exchange found a parameter wrong that perpkit had found right.',
    'Read nativeMessage; if the input was right, report it as a bug.',
  ],
  REFUSED: [
    'The exchange refused with a code perpkit has no word for.',
    'Read nativeCode and nativeMessage.',
  ],
  // no usable answer
  NOT_SENT: ['The request did not leave this machine.', 'Safe to try again.'],
  TIMEOUT: ['No answer came in time to a call that changes nothing.', 'Safe to try again.'],
  CONNECTION_LOST: [
    'The connection ended before the answer to a call that changes nothing.',
    'Safe to try again.',
  ],
  ABORTED: ["The caller's signal ended the wait.", 'Nothing: you asked for it.'],
  OUTCOME_UNKNOWN: [
    'The request may have been executed, and asking did not tell.',
    'Look with getOrder({ clientOrderId }) and getPositionInfo() before doing anything again.',
  ],
  UNREADABLE_ANSWER: [
    "The answer is not what the exchange's documentation says.",
    'Report it with path, expected and received; the exchange may have changed its API.',
  ],
  // streams
  STREAM_OVERFLOW: [
    'Items of a stream that may not be dropped were not taken in time.',
    'Take them faster, or hand them to a queue of your own; then watch anew.',
  ],
  // protection
  PROTECTION_FAILED: [
    'A protective order could not be placed, and what was left was dealt with as the message says.',
    'Read status in the error: UNPROTECTED wants a decision at once.',
  ],
} as const

export type ErrorCode = keyof typeof ERROR_CODES
