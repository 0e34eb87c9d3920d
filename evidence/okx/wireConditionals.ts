import type { Expected, ExpectedRequest, Json, WireEvidence } from '../../test/wire/evidence.ts'
import { ask, type Body, btc, post } from './requests.ts'
import * as sample from './samples.ts'

// docs/wire/okx.md 4.4: a store of its own, with ids of its own.

const unified = { symbol: 'BTCUSDT', nativeSymbol: 'BTC-USDT-SWAP' }
const orderId = `algo:${sample.ALGO_ID}`

function askAlgo(answer: Json): ExpectedRequest {
  return ask('trade/order-algo', { algoId: sample.ALGO_ID }, answer)
}

function send(json: Body, answer: Json): ExpectedRequest {
  const words = { ...btc, tdMode: 'cross', ordType: 'conditional', sz: '1' }
  return post('trade/order-algo', { ...words, ...json }, answer)
}

/** A conditional order and, because its answer is only a receipt, the look at it. */
function place(json: Body, row: Json): ExpectedRequest[] {
  return [send(json, sample.algoReceipt(sample.ALGO_ID)), askAlgo(sample.list([row]))]
}

/** One leg only: of two the exchange would execute the stop and drop the other in silence. */
function stopLoss(price: string, source: string): Record<string, string> {
  return { slTriggerPx: price, slTriggerPxType: source, slOrdPx: '-1' }
}

function takeProfit(price: string, source: string): Record<string, string> {
  return { tpTriggerPx: price, tpTriggerPxType: source, tpOrdPx: '-1' }
}

function protective(
  id: string,
  side: 'buy' | 'sell',
  stopPrice: string,
  leg: Record<string, string>,
): Expected {
  const isStop = 'slTriggerPx' in leg
  const members = { algoClOrdId: id, side, ...leg }
  return {
    requests: place(
      { side, ...leg, reduceOnly: true, algoClOrdId: id },
      isStop ? sample.algo(members) : sample.takeProfitAlgo(members),
    ),
    result: {
      ...unified,
      orderId,
      clientOrderId: id,
      side: side.toUpperCase(),
      type: isStop ? 'STOP_MARKET' : 'TAKE_PROFIT_MARKET',
      quantity: '0.01',
      price: '0',
      stopPrice,
      status: 'PENDING',
      executedQty: '0',
      reduceOnly: true,
      createdAt: 1763798400100,
    },
  }
}

export const wireConditionals: Pick<
  WireEvidence['cases'],
  | 'W-15'
  | 'W-16'
  | 'W-17'
  | 'W-18'
  | 'W-21'
  | 'W-24'
  | 'W-29'
  | 'W-33'
  | 'W-34'
  | 'W-35'
  | 'W-41'
  | 'W-56'
  | 'W-59'
> = {
  'W-15': protective('wire15', 'sell', '58000', stopLoss('58000', 'mark')),
  'W-16': protective('wire16', 'buy', '62000', stopLoss('62000', 'last')),
  'W-17': protective('wire17', 'sell', '62000', takeProfit('62000', 'last')),
  'W-18': protective('wire18', 'buy', '58000', takeProfit('58000', 'mark')),
  'W-21': {
    requests: [askAlgo(sample.list([sample.algo({})]))],
    result: { orderId, status: 'PENDING', type: 'STOP_MARKET', stopPrice: '58000' },
  },
  // An array, of one too.
  'W-24': {
    requests: [
      post(
        'trade/cancel-algos',
        [{ ...btc, algoId: sample.ALGO_ID }],
        sample.algoReceipt(sample.ALGO_ID),
      ),
    ],
    result: true,
  },
  'W-29': protective('wire29', 'sell', '58000', stopLoss('58000', 'index')),
  // `false` is what it is when nothing is said.
  'W-33': {
    requests: place(
      { side: 'buy', ...stopLoss('62000', 'last'), algoClOrdId: 'wire33' },
      sample.algo({
        algoClOrdId: 'wire33',
        side: 'buy',
        ...stopLoss('62000', 'last'),
        reduceOnly: 'false',
      }),
    ),
    result: { side: 'BUY', status: 'PENDING', type: 'STOP_MARKET', reduceOnly: false },
  },
  // It keeps its id; status and fills are those of the order it became.
  'W-34': {
    requests: [
      askAlgo(
        sample.list([
          sample.algo({
            state: 'effective',
            ordId: sample.CHILD_ID,
            ordIdList: [sample.CHILD_ID],
            actualSide: 'sl',
            actualSz: '1',
            actualPx: '57990',
            triggerTime: '1763798400176',
          }),
        ]),
      ),
      ask(
        'trade/order',
        { ...btc, ordId: sample.CHILD_ID },
        sample.list([
          sample.filledOrder({
            ordId: sample.CHILD_ID,
            clOrdId: '',
            side: 'sell',
            avgPx: '57990',
            reduceOnly: 'true',
            source: '7',
            algoId: sample.ALGO_ID,
            algoClOrdId: 'wire15',
          }),
        ]),
      ),
    ],
    result: {
      orderId,
      clientOrderId: 'wire15',
      type: 'STOP_MARKET',
      status: 'FILLED',
      executedQty: '0.01',
      averagePrice: '57990',
      stopPrice: '58000',
    },
  },
  // Client ids of the two stores have names of their own: not in one, it is asked for in the other.
  'W-35': {
    requests: [
      ask('trade/order', { ...btc, clOrdId: 'wire15' }, sample.noSuchOrder),
      ask('trade/order-algo', { algoClOrdId: 'wire15' }, sample.list([sample.algo({})])),
    ],
    result: { orderId, clientOrderId: 'wire15', status: 'PENDING' },
  },
  'W-41': {
    requests: [
      send(
        {
          side: 'sell',
          ...stopLoss('61000', 'last'),
          reduceOnly: true,
          algoClOrdId: 'wire41',
        },
        {
          code: '1',
          msg: '',
          data: [
            {
              algoId: '',
              algoClOrdId: 'wire41',
              clOrdId: '',
              sCode: '51280',
              sMsg: 'SL trigger price must be less than the last price',
              tag: '',
            },
          ],
        },
      ),
    ],
    rejects: 'WOULD_TRIGGER_IMMEDIATELY',
  },
  // The rate is a fraction here, too; it watches the last price, which is not said.
  'W-56': {
    requests: [
      post(
        'trade/order-algo',
        {
          ...btc,
          tdMode: 'cross',
          side: 'sell',
          ordType: 'move_order_stop',
          sz: '1',
          callbackRatio: '0.015',
          activePx: '61000',
          reduceOnly: true,
          algoClOrdId: 'wire56',
        },
        sample.algoReceipt(sample.ALGO_ID),
      ),
      askAlgo(
        sample.list([
          sample.trailingAlgo({
            algoId: sample.ALGO_ID,
            algoClOrdId: 'wire56',
            callbackRatio: '0.015',
            activePx: '61000',
            moveTriggerPx: '',
          }),
        ]),
      ),
    ],
    result: {
      ...unified,
      orderId,
      clientOrderId: 'wire56',
      side: 'SELL',
      type: 'TRAILING_STOP_MARKET',
      quantity: '0.01',
      status: 'PENDING',
      callbackRate: '0.015',
      activationPrice: '61000',
      reduceOnly: true,
    },
  },
  // The id stays. Whether a type left out stays is not known, so it is said again, as the order
  // has it.
  'W-59': {
    requests: [
      askAlgo(sample.list([sample.algo({})])),
      askAlgo(sample.list([sample.algo({})])),
      post(
        'trade/amend-algos',
        {
          ...btc,
          algoId: sample.ALGO_ID,
          newSlTriggerPx: '57000',
          newSlOrdPx: '-1',
          newSlTriggerPxType: 'mark',
        },
        sample.list([{ algoId: sample.ALGO_ID, algoClOrdId: '', reqId: '', sCode: '0', sMsg: '' }]),
      ),
      askAlgo(sample.list([sample.algo({ slTriggerPx: '57000' })])),
    ],
    result: { orderId, stopPrice: '57000', quantity: '0.01', status: 'PENDING' },
  },
}
