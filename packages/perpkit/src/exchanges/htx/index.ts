import type { Capabilities, ExchangeDefinition } from '../../client/definition.ts'
import { getAccountInfo, getPositions } from './account.ts'
import { createOrders, MAX_BATCH } from './batch.ts'
import { cancelAllOrders, cancelOrder, getOpenOrders, getOrder } from './books.ts'
import { MAX_TIMEOUT_MS, MIN_TIMEOUT_MS, setCancelAllAfter } from './cancelAfter.ts'
import { getKlines, klineIntervals, MAX_CANDLES } from './candles.ts'
import { classify } from './errors.ts'
import { getFeeRates, getFills } from './fills.ts'
import { getFundingRate, getFundingRateHistory } from './funding.ts'
import { getOrderHistory } from './history.ts'
import { getLeverage, setLeverage } from './leverage.ts'
import { closedBy, limits, readUsage } from './limits.ts'
import { getOrderBook, getServerTime, getTicker } from './market.ts'
import { getMarginMode, getPositionMode, setPositionMode } from './modes.ts'
import { createOrder } from './orders.ts'
import { sign } from './sign.ts'
import { streams } from './streams.ts'
import { getInstruments, normalizeSymbol } from './symbols.ts'
import { getOpenInterest, getTrades } from './trades.ts'
import { createConditionalOrder, createTrailingOrder } from './triggers.ts'

const capabilities: Capabilities = {
  triggerSources: ['MARK', 'LAST'],
  timeInForce: ['GTC', 'IOC', 'FOK', 'GTX'],
  klineIntervals,
  positionModes: ['ONE_WAY', 'HEDGE'],
  marginModes: ['CROSS', 'ISOLATED'],
  marginModeScope: 'order',
  amend: { plain: [], conditional: [] },
  // Stops have a quantity, which nothing here keeps true to the position; entries bring theirs
  // (docs/wire/htx.md 4.11).
  // docs/wire/htx.md 4.10: 1492 at its trigger.
  oversizedStopFails: true,
  attachedStop: { entries: ['MARKET', 'LIMIT'], positionModes: ['ONE_WAY', 'HEDGE'] },
  batch: { maxOrders: MAX_BATCH, oneSymbol: false },
  // No maximum and no step are told.
  trailing: {
    minCallbackRate: '0.001',
    maxCallbackRate: '0.5',
    callbackRateStep: '0.001',
    triggerSources: ['LAST'],
    activationPrice: true,
  },
  cancelAllAfter: {
    scope: 'account',
    minMs: MIN_TIMEOUT_MS,
    maxMs: MAX_TIMEOUT_MS,
    stepMs: 1,
    includesConditional: false,
  },
  unsupported: {
    amendOrder: 'HTX cannot change an open order: cancel it and place another.',
    getKeyPermissions:
      'The futures host has no such call; only the spot host does (GET /v2/user/api-key).',
  },
  emulated: {
    setMarginMode: 'HTX keeps no margin mode: it is remembered here and said with each order.',
    getMarginMode: 'HTX keeps no margin mode: an open position tells it, else what was set here.',
    getFeeRates:
      'HTX has no call for them: they are what fills of the last 48 hours paid, else 0.0002 for makers and 0.0006 for takers.',
  },
  testnet: false,
  orderAnswer: 'receipt',
  clientOrderIdUnique: 'whileOpen',
  notes: [
    'There is no testnet: use the simulator, or testnet: false for real money.',
    'Client order ids are whole numbers; an ended plain order can be looked up by one for 48 hours.',
    'Orders name their margin mode, and a cross and an isolated position of one symbol stand side by side. Contracts without cross margin are listed as not trading.',
    'The position mode is one for the whole account and can be changed only without orders and positions.',
    'Each margin mode has a leverage of its own; isolated margin in hedge mode has one for each side, and both are set. It cannot be changed while plain orders of the symbol are open.',
    'Conditional orders are kept apart from plain ones: their ids begin with algo:, and they hold no margin and no part of the position until they trigger.',
    'Stops and take-profits only close (reduceOnly: false is not possible), need a position when they are placed, and stay when it is closed, until they are cancelled.',
    'A stop larger than what is left of the position when it triggers ends as REJECTED: resize it after each partial close.',
    'A stop that comes with an entry is a conditional order of its own, without a client order id: it appears with the first fill, in the quantity filled so far, and grows with the entry alone. Once it is cancelled, what the entry still fills has no stop. An order that closes cannot bring one.',
    'Where it would trigger at once, the whole entry is refused: of a limit order its own price is what the stop is compared with, of a market order the last price.',
    'Trailing stops follow the last price, whatever triggerSource says, and then sell or buy with a limit at the twentieth price of the book: what finds nobody there stays open.',
    'setCancelAllAfter covers all symbols of the account, but no conditional orders.',
    'An order that must not rest or must fill at once is accepted first and then ends as EXPIRED; so does what price protection cuts off a market order.',
    'Fills reach back 3 days, the order history 90 days; nothing older is given.',
    'Days, weeks and months begin at midnight UTC, not at midnight UTC+8 as the exchange counts them: they are put together from shorter candles. Candles older than two years are not given.',
    'Order books have at most 150 levels a side.',
    'Requests are signed for the host they are sent to: a proxy must pass the Host header on.',
  ],
}

/** HTX (Huobi) USDT-margined perpetual contracts. */
export const htx: ExchangeDefinition = {
  name: 'HTX',
  aliases: ['HUOBI'],
  // There is no testnet: `api.hbdm.vn`, called one in places, trades the same real money.
  liveOrigin: 'https://api.hbdm.com',
  needsPassphrase: false,
  capabilities,
  limits,
  // https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-1957dd521e6
  clientOrderIdPattern: /^(?:[1-9]\d{0,17}|[1-8]\d{18})$/,
  clientOrderIdForm: 'number',
  namesMarginMode: true,
  maxKlinesPerRequest: MAX_CANDLES,
  // No figure is published. A new order may be missing from the plain book, and one that has just
  // ended from the history.
  visibilityDelayMs: 10_000,
  normalizeSymbol,
  sign,
  classify,
  streams,
  readUsage,
  closedBy,
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
    getAccountInfo,
    getPositions,
    getLeverage,
    setLeverage,
    getMarginMode,
    getPositionMode,
    setPositionMode,
    getFeeRates,
    createOrder,
    createConditionalOrder,
    createTrailingOrder,
    createOrders,
    getOrder,
    getOpenOrders,
    getOrderHistory,
    getFills,
    cancelOrder,
    cancelAllOrders,
    setCancelAllAfter,
  }),
}
