import type { ExchangeDefinition } from '../../client/definition.ts'
import { createPrivateOperations } from './accountKind.ts'
import { classify } from './errors.ts'
import { getFundingRate, getFundingRateHistory } from './funding.ts'
import { getKlines } from './klines.ts'
import { closedBy, limits, readUsage } from './limits.ts'
import { getInstruments, getOrderBook, getServerTime, getTicker } from './market.ts'
import { sign } from './sign.ts'
import { streams } from './streams.ts'
import { normalizeSymbol } from './symbols.ts'
import { klineTokens } from './tokens.ts'
import { getOpenInterest, getTrades } from './trades.ts'

/** Bitget futures in USDT and USDC, for classic and unified accounts (`docs/wire/bitget.md`). */
export const bitget: ExchangeDefinition = {
  name: 'BITGET',
  liveOrigin: 'https://api.bitget.com',
  // Demo trading is told by a header, and takes keys of its own.
  testnetOrigin: 'https://api.bitget.com',
  testnetHeaders: { paptrading: '1' },
  needsPassphrase: true,
  capabilities: {
    triggerSources: ['MARK', 'LAST'],
    timeInForce: ['GTC', 'IOC', 'FOK', 'GTX'],
    klineIntervals: [...klineTokens.keys()],
    positionModes: ['ONE_WAY', 'HEDGE'],
    marginModes: ['CROSS', 'ISOLATED'],
    marginModeScope: 'symbol',
    amend: { plain: ['quantity', 'price'], conditional: ['quantity', 'stopPrice'] },
    // `pos_loss` of V2 and `full` of V3; presets on entries (docs/wire/bitget.md 4.6, 12.5).
    stopSizing: 'amend',
    attachedStop: {
      entries: ['MARKET', 'LIMIT'],
      positionModes: ['ONE_WAY', 'HEDGE'],
      // Classic presets have no field for it.
      triggerSource: 'LAST',
    },
    // The endpoint pages of V2 say 50, its best-practice page 20; V3 takes 20.
    batch: { maxOrders: 20, oneSymbol: true },
    // docs/wire/bitget.md 4.7, 12.5
    trailing: {
      minCallbackRate: '0.001',
      maxCallbackRate: '0.1',
      callbackRateStep: '0.0001',
      triggerSources: ['MARK', 'LAST'],
      activationPrice: true,
    },
    unsupported: {
      setCancelAllAfter:
        'Classic accounts have no such switch; unified ones have it by application alone.',
    },
    emulated: {
      setMarginMode:
        'A unified account has no such setting, it is said with each order: there it is remembered for the orders of this exchange object.',
      getMarginMode:
        'A unified account has no such setting: there it is the mode of the open position, else the one remembered, else cross.',
    },
    testnet: true,
    orderAnswer: 'receipt',
    clientOrderIdUnique: 'whileOpen',
    notes: [
      'An account is classic or unified; which of the two is asked for once, with the first private call.',
      'Conditional orders are kept apart from plain ones: their ids begin with algo:.',
      'A reduce-only conditional order needs a position of its side and at least its size; the exchange cancels it when the position is closed.',
      'Unified accounts take stops, and take-profits, only up to the size of the position in all.',
      'A position takes one stop for the whole of it: a second one is refused, the first must be amended or cancelled.',
      'A stop that comes with an entry of a classic account becomes the stop of the whole position, in the place of the one it has, and watches the last price whatever triggerSource says.',
      'A stop that comes with an entry of a unified account is one of what the entry has filled, besides those the position has.',
      'A conditional order that may open a position is a stop, on classic accounts only.',
      'Trailing stops of unified accounts are reduce-only and keep no client order id of yours: only the order id finds them again.',
      'A trailing stop of a classic account without activationPrice is sent with the price of the moment.',
      'Amending a plain order of a classic account replaces it: the new one has another order id and another client order id. Only orders of which nothing was filled can be amended there.',
      'Unified accounts keep the ids of amended orders, but do not amend reduce-only ones in one-way mode.',
      'In a batch of a unified account in one-way mode reduce-only orders are sent one by one, after the others.',
      'The margin mode of a classic account is a setting of the symbol, refused while it has a position or orders.',
      'The position mode of a classic account is kept for contracts in USDT and for those in USDC: both are set, USDT first; when the second refuses, the first stays changed.',
      'A reduce-only order that exceeds the position together with older ones cancels the older ones; a market order that closes in hedge mode cancels limit orders that occupy the position.',
      'A post-only order that would trade is accepted first and then ends as REJECTED.',
      'Account totals of classic accounts are those of the USDT futures account; the one in USDC is listed with the assets.',
      'Ended conditional orders of unified accounts are looked up among the latest 1000.',
      'The order history of unified accounts shows orders of conditional ones that were placed more than 30 days before startTime as plain ones.',
      'Orders and fills of the past are kept for about 90 days.',
      'The order history of unified accounts takes a call for each conditional order that triggered since startTime: keep the window short.',
      'Candles of 2h are not streamed.',
      'The exchange takes requests that are up to 30 s old: an order that is late in the network may still be placed.',
    ],
  },
  limits,
  // docs/wire/bitget.md 4.4: what every version of both interfaces takes.
  clientOrderIdPattern: /^[A-Za-z0-9_-]{1,32}$/,
  // Classic accounts refuse an order in another mode than that of its symbol.
  namesMarginMode: true,
  // A classic account has one for each product type (docs/wire/bitget.md 4.3).
  positionModeScope: 'symbol',
  maxKlinesPerRequest: 1_000,
  // docs/wire/bitget.md 6.1 asks to allow for one second.
  visibilityDelayMs: 2_000,
  normalizeSymbol,
  sign,
  classify,
  readUsage,
  closedBy,
  streams,
  createOperations: () => ({
    getServerTime,
    getInstruments,
    getTicker,
    getOrderBook,
    getTrades,
    getKlines,
    getFundingRate,
    getFundingRateHistory,
    getOpenInterest,
    ...createPrivateOperations(),
  }),
}
