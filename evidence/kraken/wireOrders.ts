import type { WireEvidence } from '../../test/wire/evidence.ts'
import { btc, type Parameters, positions, send, tickers } from './requests.ts'
import { execution, ORDER_ID, place, placed, RECEIVED, reject } from './samples.ts'
import { position, tickerRow } from './samplesMarket.ts'

// docs/wire/kraken.md 4.5: the answer to a new order tells what became of it, so that nothing more is
// asked.

const clientId = /^[A-Za-z0-9_-]{1,100}$/
const unified = { symbol: 'BTCUSD', nativeSymbol: 'PF_XBTUSD' }
const createdAt = 1763798400123

/** Time in force is in the type. */
function limit(id: string, side: string, limitPrice: string, orderType: string): Parameters {
  return { orderType, side, size: '0.01', limitPrice, cliOrdId: id }
}

function market(id: string | RegExp, side: string, size: string): Parameters {
  return { orderType: 'mkt', side, size, cliOrdId: id }
}

export const wireOrders: Pick<
  WireEvidence['cases'],
  'W-10' | 'W-11' | 'W-12' | 'W-13' | 'W-14' | 'W-26' | 'W-27' | 'W-38' | 'W-39' | 'W-40'
> = {
  // `placed` though it is filled: the events tell.
  'W-10': {
    requests: [
      send(
        market('wire-10', 'buy', '0.01'),
        placed(
          [
            execution(60000, 0.004, { cliOrdId: 'wire-10' }),
            execution(60001, 0.006, { cliOrdId: 'wire-10' }),
          ],
          { cliOrdId: 'wire-10' },
        ),
      ),
    ],
    result: {
      ...unified,
      orderId: ORDER_ID,
      clientOrderId: 'wire-10',
      side: 'BUY',
      type: 'MARKET',
      quantity: '0.01',
      price: '0',
      status: 'FILLED',
      executedQty: '0.01',
      averagePrice: '60000.6',
      createdAt,
    },
  },
  'W-11': {
    requests: [
      send(
        { ...market('wire-11', 'sell', '0.02'), reduceOnly: 'true' },
        placed(
          [
            execution(60000.1, 0.02, {
              cliOrdId: 'wire-11',
              side: 'sell',
              quantity: 0.02,
              limitPrice: 59400,
              reduceOnly: true,
            }),
          ],
          { cliOrdId: 'wire-11' },
        ),
      ),
    ],
    result: {
      side: 'SELL',
      reduceOnly: true,
      status: 'FILLED',
      executedQty: '0.02',
      averagePrice: '60000.1',
    },
  },
  'W-12': {
    requests: [
      send(limit('wire-12', 'buy', '59500.1', 'lmt'), placed([place({})], { cliOrdId: 'wire-12' })),
    ],
    result: {
      ...unified,
      orderId: ORDER_ID,
      clientOrderId: 'wire-12',
      side: 'BUY',
      type: 'LIMIT',
      quantity: '0.01',
      price: '59500.1',
      status: 'NEW',
      timeInForce: 'GTC',
      executedQty: '0',
      reduceOnly: false,
      createdAt,
      updatedAt: createdAt,
    },
  },
  'W-13': {
    requests: [
      send(
        limit('wire-13', 'sell', '60500.1', 'post'),
        placed([place({ cliOrdId: 'wire-13', type: 'post', side: 'sell', limitPrice: 60500.1 })], {
          cliOrdId: 'wire-13',
        }),
      ),
    ],
    result: { side: 'SELL', timeInForce: 'GTX', status: 'NEW', price: '60500.1' },
  },
  // What it could not fill is gone without an event (5.4).
  'W-14': {
    requests: [
      send(
        limit('wire-14', 'buy', '60000.1', 'ioc'),
        placed([execution(60000, 0.004, { cliOrdId: 'wire-14', limitPrice: 60000.1 })], {
          cliOrdId: 'wire-14',
        }),
      ),
    ],
    result: { status: 'EXPIRED', executedQty: '0.004', averagePrice: '60000', timeInForce: 'IOC' },
  },
  // No flag closes a position: its whole size, reduce-only.
  'W-26': {
    requests: [
      positions([position({ side: 'short', unrealizedPnl: -2.01 })]),
      tickers(btc, [tickerRow({})]),
      send(
        { ...market(clientId, 'buy', '0.02'), reduceOnly: 'true' },
        placed([execution(60100.4, 0.02, { cliOrdId: null, quantity: 0.02, reduceOnly: true })]),
      ),
    ],
    result: {
      side: 'BUY',
      type: 'MARKET',
      status: 'FILLED',
      executedQty: '0.02',
      averagePrice: '60100.4',
      reduceOnly: true,
    },
  },
  'W-27': {
    requests: [
      send(
        limit('wire-27', 'buy', '60000.1', 'fok'),
        placed(
          [execution(59999.9, 0.01, { cliOrdId: 'wire-27', type: 'fok', limitPrice: 60000.1 })],
          { cliOrdId: 'wire-27' },
        ),
      ),
    ],
    result: {
      status: 'FILLED',
      timeInForce: 'FOK',
      type: 'LIMIT',
      price: '60000.1',
      averagePrice: '59999.9',
    },
  },
  'W-38': {
    requests: [
      send(
        limit('wire-38', 'buy', '59500.1', 'lmt'),
        placed([place({ cliOrdId: 'wire-38' })], { cliOrdId: 'wire-38' }),
      ),
    ],
    result: {
      ...unified,
      orderId: ORDER_ID,
      clientOrderId: 'wire-38',
      side: 'BUY',
      type: 'LIMIT',
      quantity: '0.01',
      price: '59500.1',
      status: 'NEW',
      executedQty: '0',
      timeInForce: 'GTC',
      reduceOnly: false,
    },
  },
  'W-39': {
    requests: [
      send(
        limit('wire-39', 'buy', '60500.1', 'post'),
        placed(
          [
            reject('POST_WOULD_EXECUTE', {
              cliOrdId: 'wire-39',
              type: 'post',
              limitPrice: 60500.1,
            }),
          ],
          { status: 'postWouldExecute', cliOrdId: 'wire-39' },
        ),
      ),
    ],
    rejects: 'WOULD_NOT_REST',
  },
  // No id and no events (5.4).
  'W-40': {
    requests: [
      send(market('wire-40', 'buy', '100'), {
        cliOrdId: 'wire-40',
        status: 'insufficientAvailableFunds',
        receivedTime: RECEIVED,
        orderEvents: [],
      }),
    ],
    rejects: 'INSUFFICIENT_MARGIN',
  },
}
