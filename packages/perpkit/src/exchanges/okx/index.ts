import type { ExchangeDefinition } from '../../client/definition.ts'
import { getAccountInfo, getLeverage, getPositions, setLeverage } from './account.ts'
import { classify } from './errors.ts'
import { limits } from './limits.ts'
import { getKlines, getOrderBook, getServerTime, getTicker } from './market.ts'
import { createOrder } from './orders.ts'
import { sign } from './sign.ts'
import { CLIENT_ORDER_ID, cancelAllOrders, cancelOrder, getOpenOrders, getOrder } from './stores.ts'
import { getInstruments, normalizeSymbol } from './symbols.ts'
import { klineTokens } from './tokens.ts'
import { createConditionalOrder } from './triggers.ts'

/** OKX V5, linear perpetual swaps in USDT and USDC (`docs/wire/okx.md`). */
export const okx: ExchangeDefinition = {
  name: 'OKX',
  liveOrigin: 'https://www.okx.com',
  // Demo trading is another world at the same address, chosen by a header.
  testnetOrigin: 'https://www.okx.com',
  testnetHeaders: { 'x-simulated-trading': '1' },
  needsPassphrase: true,
  capabilities: {
    triggerSources: ['MARK', 'LAST', 'INDEX'],
    timeInForce: ['GTC', 'IOC', 'FOK', 'GTX'],
    klineIntervals: [...klineTokens.keys()],
    testnet: true,
    orderAnswer: 'receipt',
    clientOrderIdUnique: 'whileOpen',
    notes: [
      'The testnet is demo trading: the live host with a header, and keys of its own.',
      'Keys belong to one region: for those of my.okx.com and app.okx.com give baseUrl its host (https://eea.okx.com, https://us.okx.com).',
      'Accounts in long/short mode are refused; an account in Spot mode cannot trade contracts.',
      'Account totals are those of USDT, other assets are in the list alone; in multi-currency and portfolio margin they are in US dollars.',
      'Conditional orders are kept apart from plain ones: their ids begin with algo:, and a client order id may stand once in each.',
      'A conditional order reserves no margin; margin and position are checked when it triggers.',
      'Reduce-only conditional orders stay when the position is closed, until they are cancelled.',
      'A reduce-only order larger than the position is refused, together with the reduce-only orders ahead of it.',
      'A market order trades within the price band only; what is left over ends as EXPIRED.',
      'A post-only order that would trade is accepted first and then ends as REJECTED.',
      'The leverage cannot be changed while orders of the symbol are open.',
      'Cancelled orders without fills can be looked up for 2 hours.',
      'cancelAllOrders and getOpenOrders leave chase, TWAP and iceberg orders of other programs alone.',
      'Order books have at most 5000 levels a side.',
    ],
  },
  limits,
  clientOrderIdPattern: CLIENT_ORDER_ID,
  maxKlinesPerRequest: 300,
  // A request still on its way is taken for 2 s (`expTime`), and a new order may take 1 s to be seen
  // (docs/wire/okx.md 4.6).
  visibilityDelayMs: 3_000,
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
