import type { ExchangeDefinition } from '../../client/definition.ts'
import { createPrivateOperations } from './accountKind.ts'
import { classify } from './errors.ts'
import { getKlines } from './klines.ts'
import { limits } from './limits.ts'
import { getInstruments, getOrderBook, getServerTime, getTicker } from './market.ts'
import { sign } from './sign.ts'
import { normalizeSymbol } from './symbols.ts'
import { klineTokens } from './tokens.ts'

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
    testnet: true,
    orderAnswer: 'receipt',
    clientOrderIdUnique: 'whileOpen',
    notes: [
      'An account is classic or unified; which of the two is asked for once, with the first private call.',
      'Orders are placed in cross margin and one-way mode; a symbol set to isolated margin refuses them.',
      'Conditional orders are kept apart from plain ones: their ids begin with algo:.',
      'A reduce-only conditional order needs a position of its side and at least its size; the exchange cancels it when the position is closed.',
      'Unified accounts take stops, and take-profits, only up to the size of the position in all.',
      'A conditional order that may open a position is a stop, on classic accounts only.',
      'A reduce-only order that exceeds the position together with older ones cancels the older ones.',
      'A post-only order that would trade is accepted first and then ends as REJECTED.',
      'Account totals of classic accounts are those of the USDT futures account; the one in USDC is listed with the assets.',
      'Ended conditional orders of unified accounts are looked up among the latest 1000.',
      'The exchange takes requests that are up to 30 s old: an order that is late in the network may still be placed.',
    ],
  },
  limits,
  // docs/wire/bitget.md 4.4: what every version of both interfaces takes.
  clientOrderIdPattern: /^[A-Za-z0-9_-]{1,32}$/,
  maxKlinesPerRequest: 1_000,
  // docs/wire/bitget.md 6.1 asks to allow for one second.
  visibilityDelayMs: 2_000,
  normalizeSymbol,
  sign,
  classify,
  createOperations: () => ({
    getServerTime,
    getInstruments,
    getTicker,
    getOrderBook,
    getKlines,
    ...createPrivateOperations(),
  }),
}
