import type { OrderSocketEvidence } from '../../test/wire/orderSocketEvidence.ts'
import {
  btc,
  integer,
  limit,
  loggedIn,
  orderEvent,
  orderId,
  place,
  placed,
  placeStop,
  rateLimits,
  refusal,
  refused,
  says,
  start,
  success,
  text,
  userAddress,
  zero,
} from './orderSocketWords.ts'
import { signed, signedByEd25519 } from './signSocket.ts'

// docs/wire/binance.md 8.7, by hand: each request is signed, and order events come elsewhere.

/** What Binance USD-M must answer over its order socket. */
export const orderSockets: OrderSocketEvidence = {
  cases: {
    'O-01': {
      steps: [
        // A login takes a key of another kind than requests.
        says(signed('l1', 'session.logon', {}), refusal('l1', -4056)),
        says(signedByEd25519('l2', 'session.logon'), success('l2', loggedIn)),
        says(
          ({ now }) => ({
            id: 'l3',
            method: 'order.cancel',
            params: { ...btc, origClientOrderId: 'nobody', timestamp: now },
          }),
          refusal('l3', -2011),
        ),
        says(
          { id: 'l4', method: 'session.logout' },
          success('l4', { ...loggedIn, apiKey: null, authorizedSince: null }),
        ),
      ],
    },
    'O-02': { steps: [place] },
    'O-03': {
      steps: [
        says(
          signed('a1', 'order.place', {
            ...btc,
            side: 'BUY',
            type: 'MARKET',
            quantity: '0.010',
            newClientOrderId: 'o-1',
            newOrderRespType: 'RESULT',
          }),
          success('a1', {
            ...placed,
            type: 'MARKET',
            origType: 'MARKET',
            price: zero,
            status: 'FILLED',
            cumQty: /^0\.010*$/,
            executedQty: /^0\.010*$/,
          }),
        ),
      ],
    },
    'O-04': {
      steps: [
        place,
        // As ccxt pro sends it: the number in a text, and a sign that is no text under the signature.
        says(
          (desk) =>
            signed(null, 'order.cancel', {
              ...btc,
              orderId: orderId(desk),
              returnRateLimits: false,
            })(desk),
          { id: null, status: 200, result: { ...placed, status: 'CANCELED' } },
        ),
      ],
    },
    'O-05': {
      steps: [
        place,
        says(
          signed(5, 'order.modify', {
            ...btc,
            side: 'BUY',
            origClientOrderId: 'o-1',
            quantity: '0.020',
            price: '59100.00',
          }),
          success(5, {
            ...placed,
            origQty: /^0\.020*$/,
            price: /^59100(\.0+)?$/,
            selfTradePreventionMode: 'NONE',
            pair: 'BTCUSDT',
          }),
        ),
      ],
    },
    'O-06': { absent: 'No batch.' },
    'O-07': { absent: 'No batch.' },
    'O-08': { absent: 'No batch, nor a call that cancels all.' },
    'O-09': {
      steps: [start, { at: userAddress, hear: [] }, place, { at: userAddress, hear: [orderEvent] }],
    },
    'O-10': { steps: [refused('a1', { symbol: 'FOOUSDT' }, -1121)] },
    // 40 USDT, where 50 is the least; a bid may be far below the market.
    'O-11': { steps: [refused('a1', { quantity: '0.001', price: '40000.00' }, -4164)] },
    'O-12': {
      steps: [
        says(
          signed('a1', 'order.cancel', { ...btc, origClientOrderId: 'nobody' }),
          refusal('a1', -2011, 'Unknown order sent.'),
        ),
      ],
    },
    'O-13': {
      steps: [
        says(signed('a1', 'order.fly', limit), {
          atLeast: {
            id: 'a1',
            status: 404,
            error: { code: -5000, msg: 'Method order.fly is invalid' },
          },
        }),
      ],
      isNotUnderstood: true,
    },
    'O-14': {
      steps: [
        says(
          (desk) => {
            const { params, ...frame } = signed('a1', 'order.place', limit)(desk)
            return { ...frame, params: { ...params, quantity: '0.100' } }
          },
          refusal('a1', -1022),
        ),
        says(
          ({ key, now }) =>
            signed('a2', 'order.place', { ...limit, apiKey: 'k'.repeat(64) })({ key, now }),
          refusal('a2', -2015, text, 401),
        ),
      ],
    },
    'O-15': {
      steps: [
        says(
          ({ key, now }) => ({
            id: 'a1',
            method: 'order.place',
            params: { ...limit, apiKey: key.apiKey, timestamp: now },
          }),
          refusal('a1', -1102),
        ),
        says(
          ({ now }) => ({ id: 'a2', method: 'order.place', params: { ...limit, timestamp: now } }),
          // 4.7 says of a missing header what 8.7 does not say of a missing parameter.
          {
            id: 'a2',
            status: /^40[01]$/,
            error: { code: /^-(2014|1102)$/, msg: text },
            rateLimits,
          },
        ),
      ],
    },
    'O-16': {
      steps: [says(signed('a1', 'order.place', limit, 6_000), refusal('a1', -1021))],
    },
    // Conditional orders have methods of their own.
    'O-17': {
      steps: [refused('a1', { type: 'STOP_MARKET' }, -4120)],
    },
    'O-18': {
      steps: [
        placeStop('a1', 'c-1', '58000.00'),
        placeStop('a2', 'c-2', '57000.00'),
        says(signed('a3', 'algoOrder.cancel', { clientAlgoId: 'c-2' }), {
          id: 'a3',
          status: 200,
          result: { algoId: integer, clientAlgoId: 'c-2', code: '200', msg: 'success' },
          rateLimits,
        }),
      ],
    },
    'O-19': {
      steps: [
        says('order', {
          id: null,
          status: 400,
          error: { code: -1135, msg: 'Invalid JSON request.' },
        }),
        says(
          { id: 'a1', method: 'order.place', params: [limit] },
          {
            atLeast: {
              status: 400,
              error: {
                code: -1135,
                msg: "Invalid 'params' in JSON request; expected an object.",
              },
            },
          },
        ),
        says(signed('a2', 'order.place', { ...limit, returnRateLimits: 'no' }), {
          atLeast: { id: 'a2', status: 400, error: { code: -1130, msg: text } },
        }),
      ],
    },
  },
}
