import type { Capabilities, ExchangeDefinition } from '../../client/definition.ts'
import { getAccountInfo, getPositions } from './account.ts'
import { amendOrder } from './amend.ts'
import { createOrders, MAX_BATCH } from './batch.ts'
import { getOpenOrders } from './books.ts'
import { cancelAllOrders, cancelOrder, setCancelAllAfter } from './cancellations.ts'
import { classify } from './errors.ts'
import { getFeeRates } from './fees.ts'
import { getFills } from './fills.ts'
import { getFundingRateHistory } from './funding.ts'
import { createHistoryReader } from './history.ts'
import { getKeyPermissions } from './keyPermissions.ts'
import { limits } from './limits.ts'
import { getOrder } from './lookup.ts'
import { getInstruments, getKlines, getOrderBook, getServerTime } from './market.ts'
import { createOrderMemory } from './memory.ts'
import {
  DEFAULT_LEVERAGE,
  getLeverage,
  getMarginMode,
  type LeverageMemory,
  setLeverage,
  setMarginMode,
} from './modes.ts'
import { createConditionalOrder, createOrder, createTrailingOrder } from './orders.ts'
import { getEndedOrders, getOrderHistory } from './pastOrders.ts'
import { sign } from './sign.ts'
import { streams } from './streams.ts'
import { normalizeSymbol } from './symbols.ts'
import { getFundingRate, getOpenInterest, getTicker } from './ticker.ts'
import { klineTokens } from './tokens.ts'
import { getTrades } from './trades.ts'

const capabilities: Capabilities = {
  triggerSources: ['MARK', 'LAST', 'INDEX'],
  timeInForce: ['GTC', 'IOC', 'FOK', 'GTX'],
  klineIntervals: [...klineTokens.keys()],
  positionModes: ['ONE_WAY'],
  marginModes: ['CROSS', 'ISOLATED'],
  marginModeScope: 'symbol',
  amend: { plain: ['quantity', 'price'], conditional: ['quantity', 'stopPrice'] },
  batch: { maxOrders: MAX_BATCH, oneSymbol: false },
  // 0.1 % to 50 %; the step is assumed (docs/wire/kraken.md 4.5).
  trailing: {
    minCallbackRate: '0.001',
    maxCallbackRate: '0.5',
    callbackRateStep: '0.0001',
    triggerSources: ['MARK', 'LAST', 'INDEX'],
    activationPrice: false,
  },
  // The longest time is assumed (docs/wire/kraken.md 4.6).
  cancelAllAfter: {
    scope: 'account',
    minMs: 1_000,
    maxMs: 86_400_000,
    stepMs: 1_000,
    includesConditional: true,
  },
  unsupported: {},
  emulated: {
    getPositionMode: 'There is one-way mode alone: nothing is asked.',
    setPositionMode: 'There is one-way mode alone: nothing is sent, and HEDGE is refused.',
    getMarginMode:
      'A market that has a leverage of its own is isolated; all others are in cross margin.',
    setMarginMode: `Cross margin takes the leverage of the market away. Isolated margin sets the one it had last, as far as this exchange object knows, else ${DEFAULT_LEVERAGE} or the maximum of the market where that is lower.`,
    getFeeRates:
      'From the fee tables and the volume of the account, which Kraken has not kept up to date since 2026-06-22: what is charged may differ, and only a key of its spot exchange can ask for it.',
  },
  testnet: false,
  orderAnswer: 'state',
  clientOrderIdUnique: 'forEver',
  notes: [
    'Contracts are quoted and settled in USD, and the account is counted in USD: BTC/USDT and BTCUSDT are taken to mean PF_XBTUSD, whose symbol here is BTCUSD.',
    'There is no testnet: the demo environment was switched off on 2026-07-14.',
    'Setting the leverage also makes the margin of that market isolated. In cross margin there is no leverage to set: getLeverage then tells the maximum of the market.',
    'A market order trades at most 1 % away from the best price; what it does not get there is gone, and it ends as EXPIRED.',
    'A stop or take-profit whose trigger price is already reached is accepted and fires at once.',
    'A trailing stop works from the moment it is placed: one with an activation price is refused before anything is sent. Its distance is told only for those this exchange object placed, and by the history.',
    'setCancelAllAfter counts whole seconds, and takes the orders of the whole account with it, stops included.',
    'Amended orders keep their id. One whose new price reaches into the book trades at once.',
    'Reduce-only conditional orders stay when the position is closed, until they are cancelled.',
    'A reduce-only order larger than the position is cut to it: its quantity comes back smaller.',
    'A quantity below the minimum and one off the step are refused with the same code.',
    'Where a market holds back takers for a moment (makerProtectionMillis), an order that was just cancelled may still trade: read it once more.',
    'Order books do not tell post-only orders from other limit orders, unless this exchange object placed them.',
    'A conditional order that was placed elsewhere without a client order id cannot be followed to the order it became.',
    'getOrder finds ended orders among the latest 3000 order events of a symbol, getOrderHistory among the latest 10000 since the start of its window; looking there more than 10 times a minute uses up the budget of the history.',
    'getOrderHistory tells an average price where the executions are among the latest 100 of the account.',
    'getFills walks back through the latest 5000 executions of the account, and tells no fees.',
    'watchKlines uses a feed that Kraken gives but does not document: a candle is told as closed when the next one begins, and should the feed be withdrawn the stream ends with UNSUPPORTED.',
    'Streams call a post-only order an ordinary limit order, unless it was read before, and tell no average price of an order that rested.',
    'watchFills tells the fee; a fill that was missed and recovered has none.',
    'Funding is exchanged every hour, and every rate is that of one hour; the history is dated by the settlement.',
    'The percentage of a position counts with the margin levels every account can read; accounts of some countries have higher ones.',
  ],
}

/** Kraken derivatives v3, linear perpetual contracts of the multi-collateral wallet. */
export const kraken: ExchangeDefinition = {
  name: 'KRAKEN',
  liveOrigin: 'https://futures.kraken.com',
  needsPassphrase: false,
  capabilities,
  limits,
  // The charset is not documented; this much is safe (docs/wire/kraken.md 4.5).
  clientOrderIdPattern: /^[A-Za-z0-9_-]{1,100}$/,
  maxKlinesPerRequest: 2_000,
  // What creates is refused 2 s after it was dated, and is visible from the first moment on.
  visibilityDelayMs: 5_000,
  normalizeSymbol,
  sign,
  classify,
  streams,
  createOperations() {
    const memory = createOrderMemory()
    const history = createHistoryReader()
    const leverages: LeverageMemory = new Map()
    return {
      getServerTime,
      getInstruments,
      getTicker,
      getOrderBook,
      getTrades,
      getKlines,
      getFundingRate,
      getFundingRateHistory,
      getOpenInterest,
      getAccountInfo,
      getKeyPermissions,
      getPositions,
      getLeverage,
      setLeverage: (call, params) => setLeverage(call, params, leverages),
      getMarginMode,
      setMarginMode: (call, params) => setMarginMode(call, params, leverages),
      getFeeRates,
      createOrder: (call, intent) => createOrder(call, intent, memory),
      createConditionalOrder: (call, intent) => createConditionalOrder(call, intent, memory),
      createTrailingOrder: (call, intent) => createTrailingOrder(call, intent, memory),
      createOrders: (call, intents) => createOrders(call, intents, memory),
      amendOrder: (call, intent) => amendOrder(call, intent, memory),
      getOrder: (call, key) => getOrder(call, key, memory, history),
      getOpenOrders: (call, params) => getOpenOrders(call, params, memory),
      getOrderHistory,
      getEndedOrders,
      getFills,
      cancelOrder,
      cancelAllOrders,
      setCancelAllAfter,
    }
  },
}
