import type { ExchangeDefinition } from '../../client/definition.ts'
import { getAccountInfo, getLeverage, getPositions, setLeverage } from './account.ts'
import { getOpenOrders } from './books.ts'
import { classify } from './errors.ts'
import { limits } from './limits.ts'
import { getOrder } from './lookup.ts'
import { getInstruments, getKlines, getOrderBook, getServerTime, getTicker } from './market.ts'
import { createOrderMemory } from './memory.ts'
import { cancelAllOrders, cancelOrder, createConditionalOrder, createOrder } from './orders.ts'
import { sign } from './sign.ts'
import { normalizeSymbol } from './symbols.ts'
import { klineTokens } from './tokens.ts'

/** Kraken derivatives v3, linear perpetual contracts of the multi-collateral wallet. */
export const kraken: ExchangeDefinition = {
  name: 'KRAKEN',
  liveOrigin: 'https://futures.kraken.com',
  needsPassphrase: false,
  capabilities: {
    triggerSources: ['MARK', 'LAST', 'INDEX'],
    timeInForce: ['GTC', 'IOC', 'FOK', 'GTX'],
    klineIntervals: [...klineTokens.keys()],
    testnet: false,
    orderAnswer: 'state',
    clientOrderIdUnique: 'forEver',
    notes: [
      'Contracts are quoted and settled in USD, and the account is counted in USD: BTC/USDT and BTCUSDT are taken to mean PF_XBTUSD, whose symbol here is BTCUSD.',
      'There is no testnet: the demo environment was switched off on 2026-07-14.',
      'Setting the leverage also makes the margin of that market isolated. In cross margin there is no leverage to set: getLeverage then tells the maximum of the market.',
      'A market order trades at most 1 % away from the best price; what it does not get there is gone, and it ends as EXPIRED.',
      'A stop or take-profit whose trigger price is already reached is accepted and fires at once.',
      'Reduce-only conditional orders stay when the position is closed, until they are cancelled.',
      'A reduce-only order larger than the position is cut to it: its quantity comes back smaller.',
      'A quantity below the minimum and one off the step are refused with the same code.',
      'Where a market holds back takers for a moment (makerProtectionMillis), an order that was just cancelled may still trade: read it once more.',
      'Order books do not tell post-only orders from other limit orders, unless this exchange object placed them.',
      'A conditional order that was placed elsewhere without a client order id cannot be followed to the order it became.',
      'Ended orders are found among the latest 3000 order events of a symbol; looking there more than 10 times a minute uses up the budget of the history.',
      'Funding is exchanged every hour, and the rate of a ticker is that of one hour.',
      'The percentage of a position counts with the margin levels every account can read; accounts of some countries have higher ones.',
    ],
  },
  limits,
  // The charset is not documented; this much is safe (docs/wire/kraken.md 4.5).
  clientOrderIdPattern: /^[A-Za-z0-9_-]{1,100}$/,
  maxKlinesPerRequest: 2_000,
  // What creates is refused 2 s after it was dated, and is visible from the first moment on.
  visibilityDelayMs: 5_000,
  normalizeSymbol,
  sign,
  classify,
  createOperations() {
    const memory = createOrderMemory()
    return {
      getServerTime,
      getInstruments,
      getTicker,
      getOrderBook,
      getKlines,
      getAccountInfo,
      getPositions,
      getLeverage,
      setLeverage,
      createOrder: (call, intent) => createOrder(call, intent, memory),
      createConditionalOrder: (call, intent) => createConditionalOrder(call, intent, memory),
      getOrder: (call, key) => getOrder(call, key, memory),
      getOpenOrders,
      cancelOrder,
      cancelAllOrders,
    }
  },
}
