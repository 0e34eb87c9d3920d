import type { ExpectedRequest, Json, WireEvidence } from '../../test/wire/evidence.ts'
import { arrayText, ask, btc, post } from './requests.ts'
import { fill, listedAlgo, placedOrder, queriedAlgo, queriedOrder } from './samples.ts'

// docs/wire/binance.md 4.5 and 4.6: several orders at once, one amended, the past.

const NOW = 1_763_798_400_000
const DAY = 86_400_000

const ofDay = {
  ...btc,
  startTime: String(NOW - DAY),
  endTime: String(NOW),
  limit: '1000',
} as const

function item(id: string, price: string): Record<string, string> {
  return {
    symbol: 'BTCUSDT',
    side: 'BUY',
    type: 'LIMIT',
    quantity: '0.01',
    price,
    timeInForce: 'GTC',
    newClientOrderId: id,
    newOrderRespType: 'RESULT',
  }
}

/** Rows of the history carry two further keys. */
function past(members: { readonly [key: string]: Json }): Json {
  return { ...queriedOrder(members), pair: 'BTCUSDT', cumBase: '0' }
}

const amended: ExpectedRequest = {
  method: 'PUT',
  path: '/fapi/v1/order',
  access: 'signed',
  form: { ...btc, side: 'BUY', orderId: '22542179', quantity: '0.02', price: '59400.1' },
  answer: {
    ...placedOrder({ clientOrderId: 'wire-12', origQty: '0.020', price: '59400.10' }),
    pair: 'BTCUSDT',
  },
}

export const wireRecords: Pick<WireEvidence['cases'], 'W-57' | 'W-58' | 'W-59' | 'W-60' | 'W-61'> =
  {
    // A success, whatever became of the orders in it: each has a row, in the order of the request.
    'W-57': {
      requests: [
        {
          ...post(
            '/fapi/v1/batchOrders',
            { batchOrders: arrayText([item('wire-57a', '59500.1'), item('wire-57b', '59400.1')]) },
            [
              placedOrder({ clientOrderId: 'wire-57a', price: '59500.10' }),
              { code: -2019, msg: 'Margin is insufficient.' },
            ],
          ),
          dated: true,
        },
      ],
      result: ['NEW', ['rejected', 'INSUFFICIENT_MARGIN']],
    },
    // Both figures are mandatory, and so is the side. The answer is the order's state.
    'W-58': {
      requests: [
        ask(
          '/fapi/v1/order',
          { ...btc, orderId: '22542179' },
          queriedOrder({ clientOrderId: 'wire-12', price: '59500.10' }),
        ),
        amended,
      ],
      result: {
        orderId: '22542179',
        clientOrderId: 'wire-12',
        status: 'NEW',
        quantity: '0.02',
        price: '59400.1',
      },
    },
    // The algo service knows no amendment; that it is one of its orders only a look tells.
    'W-59': {
      requests: [ask('/fapi/v1/algoOrder', { algoId: '2146760' }, queriedAlgo({}))],
      rejects: 'UNSUPPORTED',
    },
    // What a conditional became is told once, under the id of the conditional.
    'W-60': {
      requests: [
        ask('/fapi/v1/allAlgoOrders', ofDay, [
          listedAlgo({
            algoId: 2146758,
            clientAlgoId: 'wire-17',
            orderType: 'TAKE_PROFIT_MARKET',
            triggerPrice: '62000.00',
            algoStatus: 'CANCELED',
            createTime: NOW - 10_000,
            updateTime: NOW - 6_000,
          }),
          listedAlgo({
            algoStatus: 'FINISHED',
            createTime: NOW - 9_000,
            updateTime: NOW - 5_000,
            triggerTime: NOW - 5_000,
            actualOrderId: '88937381063',
            actualPrice: '57990.00000',
            actualType: 'MARKET',
            actualQty: '0.010',
          }),
          listedAlgo({ algoId: 2146761, clientAlgoId: 'waiting', createTime: NOW - 1_000 }),
        ]),
        ask('/fapi/v1/allOrders', ofDay, [
          past({
            clientOrderId: 'wire-10',
            type: 'MARKET',
            origType: 'MARKET',
            status: 'FILLED',
            executedQty: '0.010',
            avgPrice: '60000.10000',
            cumQuote: '600.00100',
            time: NOW - 11_000,
            updateTime: NOW - 11_000,
          }),
          past({
            orderId: 22542180,
            clientOrderId: 'wire-12',
            status: 'CANCELED',
            price: '59500.10',
            time: NOW - 8_000,
            updateTime: NOW - 7_000,
          }),
          past({
            orderId: 88937381063,
            clientOrderId: 'wire-15',
            side: 'SELL',
            type: 'MARKET',
            origType: 'STOP_MARKET',
            status: 'FILLED',
            executedQty: '0.010',
            avgPrice: '57990.00000',
            cumQuote: '579.90000',
            stopPrice: '58000.00',
            reduceOnly: true,
            workingType: 'MARK_PRICE',
            time: NOW - 5_000,
            updateTime: NOW - 5_000,
          }),
          past({ orderId: 88937381064, clientOrderId: 'open', price: '59000.00', time: NOW - 500 }),
        ]),
      ],
      result: [
        {
          orderId: '22542179',
          clientOrderId: 'wire-10',
          symbol: 'BTCUSDT',
          nativeSymbol: 'BTCUSDT',
          type: 'MARKET',
          side: 'BUY',
          status: 'FILLED',
          executedQty: '0.01',
          averagePrice: '60000.1',
          createdAt: NOW - 11_000,
        },
        {
          orderId: 'algo:2146758',
          clientOrderId: 'wire-17',
          type: 'TAKE_PROFIT_MARKET',
          side: 'SELL',
          status: 'CANCELLED',
          executedQty: '0',
          stopPrice: '62000',
        },
        {
          orderId: 'algo:2146760',
          clientOrderId: 'wire-15',
          type: 'STOP_MARKET',
          side: 'SELL',
          status: 'FILLED',
          executedQty: '0.01',
          averagePrice: '57990',
          stopPrice: '58000',
          reduceOnly: true,
          createdAt: NOW - 9_000,
        },
        {
          orderId: '22542180',
          clientOrderId: 'wire-12',
          type: 'LIMIT',
          status: 'CANCELLED',
          price: '59500.1',
          executedQty: '0',
        },
      ],
    },
    // Positive is paid, and a rebate negative; the asset of the fee need not be the quote asset.
    'W-61': {
      requests: [
        ask('/fapi/v1/userTrades', ofDay, [
          fill({}),
          fill({
            id: 698759102,
            orderId: 22542183,
            buyer: false,
            side: 'SELL',
            maker: true,
            price: '60100.10',
            commission: '-0.01200000',
            realizedPnl: '1.00000000',
            time: NOW - 2_000,
          }),
          fill({
            id: 698759103,
            orderId: 22542184,
            buyer: false,
            side: 'SELL',
            positionSide: 'LONG',
            commission: '0.00031000',
            commissionAsset: 'BNB',
            realizedPnl: '-0.50000000',
            time: NOW - 1_000,
          }),
        ]),
      ],
      result: [
        {
          fillId: '698759101',
          orderId: '22542179',
          symbol: 'BTCUSDT',
          nativeSymbol: 'BTCUSDT',
          side: 'BUY',
          quantity: '0.01',
          price: '60000.1',
          fee: '0.3000005',
          feeAsset: 'USDT',
          isMaker: false,
          realizedPnl: '0',
          timestamp: NOW - 7_000,
        },
        {
          fillId: '698759102',
          orderId: '22542183',
          side: 'SELL',
          price: '60100.1',
          fee: '-0.012',
          isMaker: true,
          realizedPnl: '1',
        },
        {
          fillId: '698759103',
          side: 'SELL',
          positionSide: 'LONG',
          fee: '0.00031',
          feeAsset: 'BNB',
          realizedPnl: '-0.5',
        },
      ],
    },
  }
