import type { ExchangeDefinition } from '../../client/definition.ts'
import { getAccountInfo, getLeverage, getPositions, setLeverage } from './account.ts'
import { cancelAllOrders, cancelOrder, getOpenOrders, getOrder } from './books.ts'
import { getKlines, klineIntervals, MAX_CANDLES } from './candles.ts'
import { classify } from './errors.ts'
import { limits } from './limits.ts'
import { getOrderBook, getServerTime, getTicker } from './market.ts'
import { createOrder } from './orders.ts'
import { sign } from './sign.ts'
import { getInstruments, normalizeSymbol } from './symbols.ts'
import { createConditionalOrder } from './triggers.ts'

/** HTX (Huobi) USDT-margined perpetual contracts, in cross margin and one-way mode. */
export const htx: ExchangeDefinition = {
  name: 'HTX',
  aliases: ['HUOBI'],
  // There is no testnet: `api.hbdm.vn`, called one in places, trades the same real money.
  liveOrigin: 'https://api.hbdm.com',
  needsPassphrase: false,
  capabilities: {
    triggerSources: ['MARK', 'LAST'],
    timeInForce: ['GTC', 'IOC', 'FOK', 'GTX'],
    klineIntervals,
    testnet: false,
    orderAnswer: 'receipt',
    clientOrderIdUnique: 'whileOpen',
    notes: [
      'There is no testnet: use the simulator, or testnet: false for real money.',
      'Client order ids are whole numbers; an ended plain order can be looked up by one for 48 hours.',
      'Orders are placed in cross margin; contracts without it are listed as not trading.',
      'Conditional orders are kept apart from plain ones: their ids begin with algo:, and they hold no margin and no part of the position until they trigger.',
      'Stops and take-profits only close (reduceOnly: false is not possible), need a position when they are placed, and stay when it is closed, until they are cancelled.',
      'A stop larger than what is left of the position when it triggers ends as REJECTED: resize it after each partial close.',
      'The leverage cannot be changed while plain orders of the symbol are open.',
      'An order that must not rest or must fill at once is accepted first and then ends as EXPIRED; so does what price protection cuts off a market order.',
      'Days, weeks and months begin at midnight UTC: they are put together from shorter candles, as are 3m, 2h, 6h, 8h, 12h and 3d. Candles older than two years are not given.',
      'Order books have at most 150 levels a side.',
      'Requests are signed for the host they are sent to: a proxy must pass the Host header on.',
    ],
  },
  limits,
  // https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-1957dd521e6
  clientOrderIdPattern: /^(?:[1-9]\d{0,17}|[1-8]\d{18})$/,
  clientOrderIdForm: 'number',
  maxKlinesPerRequest: MAX_CANDLES,
  // No figure is published. A new order may be missing from the plain book, and one that has just
  // ended from the history.
  visibilityDelayMs: 10_000,
  normalizeSymbol,
  sign,
  classify,
  createOperations: () => ({
    getServerTime,
    getInstruments,
    getTicker,
    getOrderBook,
    getKlines,
    getAccountInfo,
    getPositions,
    getLeverage,
    setLeverage,
    createOrder,
    createConditionalOrder,
    getOrder,
    getOpenOrders,
    cancelOrder,
    cancelAllOrders,
  }),
}
