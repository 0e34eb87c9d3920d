import type { WireEvidence } from '../../test/wire/evidence.ts'
import { askMode, askPositions, post, readAlgo, send, sendAlgo } from './requests.ts'
import {
  ALGO_ID,
  algoReceipt,
  numberOf,
  ORDER_ID,
  position,
  receipt,
  stopLoss,
  success,
} from './samples.ts'

// docs/wire/htx.md 4.3 to 4.5: the margin mode is a word of each call, the position mode one of the
// whole account.

const hedge = askMode('dual_side')

export const wireModes: Pick<
  WireEvidence['cases'],
  'W-47' | 'W-48' | 'W-49' | 'W-50' | 'W-52' | 'W-53' | 'W-54' | 'W-55' | 'W-62'
> = {
  'W-47': { requests: [askPositions(position({ margin_mode: 'isolated' }))], result: 'ISOLATED' },
  // No call sets it.
  'W-48': { requests: [], result: true },
  'W-49': { requests: [hedge], result: 'HEDGE' },
  // Read first: no code says that it is so already.
  'W-50': {
    requests: [
      askMode('single_side'),
      post(
        '/v5/position/mode',
        { position_mode: 'dual_side' },
        success({ position_mode: 'dual_side' }),
      ),
    ],
    result: true,
  },
  'W-52': {
    requests: [
      hedge,
      send(
        {
          position_side: 'long',
          side: 'buy',
          type: 'market',
          volume: '10',
          client_order_id: numberOf('wire-52'),
        },
        receipt(numberOf('wire-52')),
      ),
    ],
    result: {
      orderId: ORDER_ID,
      clientOrderId: numberOf('wire-52'),
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
      askPositions(position({ position_side: 'long', margin_mode: 'isolated' })),
      send(
        {
          margin_mode: 'isolated',
          position_side: 'long',
          side: 'sell',
          type: 'market',
          volume: '10',
          client_order_id: numberOf('wire-53'),
        },
        receipt(numberOf('wire-53')),
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
      sendAlgo(
        {
          position_side: 'short',
          side: 'buy',
          type: 'sl',
          volume: '10',
          sl_trigger_price: '62000',
          sl_type: 'market',
          sl_trigger_price_type: 'mark',
          algo_client_order_id: numberOf('wire-54'),
        },
        algoReceipt(numberOf('wire-54')),
      ),
      readAlgo('sl', { algo_id: ALGO_ID }, [
        stopLoss({
          side: 'buy',
          position_side: 'short',
          sl_trigger_price: '62000',
          algo_client_order_id: numberOf('wire-54'),
        }),
      ]),
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
          margin_mode: 'isolated',
          side: 'buy',
          type: 'limit',
          price: '59500.1',
          time_in_force: 'gtc',
          volume: '10',
          client_order_id: numberOf('wire-55'),
        },
        receipt(numberOf('wire-55')),
      ),
    ],
    result: { orderId: ORDER_ID, status: 'NEW', price: '59500.1' },
  },
  // In milliseconds; texts, both.
  'W-62': {
    requests: [
      post(
        '/v5/trade/cancel-after',
        { on_off: '1', time_out: '60000' },
        success({ current_time: '1763798400123', trigger_time: '1763798460123' }),
      ),
    ],
    result: true,
  },
}
