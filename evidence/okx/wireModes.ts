import type { WireEvidence } from '../../test/wire/evidence.ts'
import { ask, askConfig, askPositions, btc, post, send } from './requests.ts'
import { ALGO_ID, algo, algoReceipt, list, ORDER_ID, placed } from './samples.ts'
import { position } from './samplesAccount.ts'

// docs/wire/okx.md 4.1 to 4.4. The margin mode is a word of each order, the position mode one of the
// whole account.

const hedge = askConfig('long_short_mode')

export const wireModes: Pick<
  WireEvidence['cases'],
  'W-47' | 'W-48' | 'W-49' | 'W-50' | 'W-52' | 'W-53' | 'W-54' | 'W-55' | 'W-62'
> = {
  'W-47': { requests: [askPositions(position({ mgnMode: 'isolated' }))], result: 'ISOLATED' },
  // No call sets it.
  'W-48': { requests: [], result: true },
  'W-49': { requests: [hedge], result: 'HEDGE' },
  // Read first: with anything open the exchange refuses even what would change nothing.
  'W-50': {
    requests: [
      askConfig('net_mode'),
      post(
        'account/set-position-mode',
        { posMode: 'long_short_mode' },
        list([{ posMode: 'long_short_mode' }]),
      ),
    ],
    result: true,
  },
  'W-52': {
    requests: [
      hedge,
      send(
        { side: 'buy', posSide: 'long', ordType: 'market', sz: '1', clOrdId: 'wire52' },
        placed(ORDER_ID, 'wire52'),
      ),
    ],
    result: {
      orderId: ORDER_ID,
      clientOrderId: 'wire52',
      side: 'BUY',
      positionSide: 'LONG',
      status: 'NEW',
      reduceOnly: false,
    },
  },
  // Side and position side say that it closes; the margin is that of the position.
  'W-53': {
    requests: [
      hedge,
      askPositions(position({ posSide: 'long', mgnMode: 'isolated', availPos: '2' })),
      send(
        {
          tdMode: 'isolated',
          side: 'sell',
          posSide: 'long',
          ordType: 'market',
          sz: '1',
          clOrdId: 'wire53',
        },
        placed(ORDER_ID, 'wire53'),
      ),
    ],
    result: {
      orderId: ORDER_ID,
      side: 'SELL',
      positionSide: 'LONG',
      status: 'NEW',
      reduceOnly: true,
    },
  },
  'W-54': {
    requests: [
      hedge,
      post(
        'trade/order-algo',
        {
          ...btc,
          tdMode: 'cross',
          side: 'buy',
          posSide: 'short',
          ordType: 'conditional',
          sz: '1',
          slTriggerPx: '62000',
          slTriggerPxType: 'mark',
          slOrdPx: '-1',
          algoClOrdId: 'wire54',
        },
        algoReceipt(ALGO_ID),
      ),
      ask(
        'trade/order-algo',
        { algoId: ALGO_ID },
        list([
          algo({
            algoClOrdId: 'wire54',
            side: 'buy',
            posSide: 'short',
            slTriggerPx: '62000',
            reduceOnly: 'false',
          }),
        ]),
      ),
    ],
    result: {
      orderId: `algo:${ALGO_ID}`,
      side: 'BUY',
      positionSide: 'SHORT',
      status: 'PENDING',
      stopPrice: '62000',
      reduceOnly: true,
    },
  },
  // Remembered, and said with the order.
  'W-55': {
    requests: [
      send(
        {
          tdMode: 'isolated',
          side: 'buy',
          ordType: 'limit',
          px: '59500.1',
          sz: '1',
          clOrdId: 'wire55',
        },
        placed(ORDER_ID, 'wire55'),
      ),
    ],
    result: { orderId: ORDER_ID, status: 'NEW', price: '59500.1' },
  },
  // In seconds.
  'W-62': {
    requests: [
      post(
        'trade/cancel-all-after',
        { timeOut: '60' },
        list([{ triggerTime: '1763798460123', tag: '', ts: '1763798400123' }]),
      ),
    ],
    result: true,
  },
}
