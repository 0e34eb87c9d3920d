import type { OrderSocketEvidence } from '../../test/wire/orderSocketEvidence.ts'
import {
  ask,
  done,
  echoed,
  error,
  limit,
  login,
  lower,
  micros,
  notTaken,
  optional,
  orderPush,
  PRIVATE,
  place,
  placeTwo,
  refused,
  refusedOrder,
  reply,
  request,
  says,
  swaps,
  text,
} from './orderSocketWords.ts'
import { loginOf } from './signSocket.ts'

// docs/wire/okx.md 8.4, by hand: orders go over the private socket and name a contract by its number.

/** What OKX must answer to orders over its private socket. */
export const orderSockets: OrderSocketEvidence = {
  cases: {
    'O-01': {
      steps: [
        login,
        // One SDK does it twice, and goes on.
        says((desk) => ({ op: 'login', args: [loginOf(desk)] }), error('60031', text)),
        says('ping', 'pong'),
      ],
    },
    'O-02': { steps: [ask, login, place] },
    'O-03': {
      steps: [
        ask,
        login,
        says(
          request('order', {
            tdMode: 'cross',
            side: 'buy',
            ordType: 'market',
            sz: '1',
            clOrdId: 'o1',
          }),
          reply('order', '0', done('o1', { tag: '' })),
        ),
      ],
    },
    'O-04': {
      steps: [
        ask,
        login,
        place,
        says(request('cancel-order', { clOrdId: 'o1' }), reply('cancel-order', '0', done('o1'))),
      ],
    },
    'O-05': {
      steps: [
        ask,
        login,
        place,
        says(
          request('amend-order', { clOrdId: 'o1', newSz: '2', newPx: '59100', reqId: 'r1' }),
          reply('amend-order', '0', done('o1', { reqId: 'r1' })),
        ),
      ],
    },
    'O-06': {
      steps: [
        ask,
        login,
        // Without a position there is nothing to reduce.
        says(
          request('batch-orders', limit, { ...lower, side: 'sell', reduceOnly: true, px: '61000' }),
          reply('batch-orders', '2', done('o1', { tag: '' }), refused('o2', '51169')),
        ),
      ],
    },
    'O-07': {
      steps: [
        ask,
        login,
        placeTwo,
        says(
          request(
            'batch-amend-orders',
            { clOrdId: 'o1', newSz: '2', newPx: '59100' },
            { clOrdId: 'nobody', newSz: '2' },
          ),
          reply(
            'batch-amend-orders',
            '2',
            done('o1', { reqId: optional }),
            refused('nobody', '51503'),
          ),
        ),
      ],
    },
    'O-08': {
      steps: [
        ask,
        login,
        placeTwo,
        says(
          request('batch-cancel-orders', { clOrdId: 'o1' }, { clOrdId: 'o2' }),
          reply('batch-cancel-orders', '0', done('o1'), done('o2')),
        ),
      ],
    },
    // On the same socket, before the reply or after it.
    'O-09': {
      steps: [
        ask,
        login,
        says(
          { op: 'subscribe', args: [swaps] },
          { event: 'subscribe', arg: swaps, connId: text },
          { event: 'channel-conn-count', channel: 'orders', connCount: '1', connId: text },
        ),
        says(request('order', limit), reply('order', '0', done('o1', { tag: '' })), orderPush),
      ],
    },
    'O-10': { steps: [ask, login, refusedOrder({ instIdCode: 999999999 }, '51001')] },
    // 4.6: off the lot is seen before too small.
    'O-11': { steps: [ask, login, refusedOrder({ sz: '0.005' }, '51121')] },
    'O-12': {
      steps: [
        ask,
        login,
        says(
          request('cancel-order', { clOrdId: 'nobody' }),
          reply('cancel-order', '1', refused('nobody', '51400')),
        ),
      ],
    },
    'O-13': {
      steps: [ask, login, says(request('order-fly', limit), error('60019', text, echoed))],
      isNotUnderstood: true,
    },
    'O-14': {
      steps: [
        {
          at: PRIVATE,
          say: (desk) => ({ op: 'login', args: [{ ...loginOf(desk), sign: 'AAAA' }] }),
          hear: [error('60007', text)],
          ends: 4001,
        },
      ],
    },
    'O-15': {
      steps: [ask, says(request('order', limit), error('60011', /^Please log in/, echoed))],
    },
    'O-16': {
      steps: [
        ask,
        login,
        says(
          (desk) => ({ ...Object(request('order', limit)(desk)), expTime: String(desk.now - 1) }),
          {
            id: '1512',
            op: 'order',
            code: '50036',
            msg: text,
            data: [],
            inTime: micros,
            outTime: micros,
          },
        ),
      ],
    },
    'O-17': {
      steps: [
        login,
        says(
          { id: '1512', op: 'order', args: [{ instId: 'BTC-USDT-SWAP', ...limit }] },
          reply('order', '1', refused('o1', '50014', 'Parameter instIdCode can not be empty.')),
        ),
        says(
          { op: 'order', args: [{ instIdCode: 1, ...limit }] },
          error('60027', 'Parameter id can not be empty.'),
        ),
        says(
          { id: '1512', op: 'order', args: [{ instIdCode: 1, ...limit }], postOnly: true },
          error('60012', /^Illegal request: /, echoed),
        ),
        {
          at: '/ws/v5/public',
          say: { id: '1512', op: 'order', args: [{ instIdCode: 1, ...limit }] },
          hear: [error('60028', text, echoed)],
        },
      ],
      isNotUnderstood: true,
    },
    'O-18': { absent: 'Conditional orders have no operations on sockets.' },
    'O-19': {
      steps: [
        ask,
        login,
        says(request('order', limit, lower), notTaken('order')),
        says(
          { id: '1512', op: 'order', args: [{ ...limit, instIdCode: 'BTC-USDT-SWAP' }] },
          notTaken('order'),
        ),
        says({ id: '1512', op: 'batch-orders', args: [] }, notTaken('batch-orders')),
        says(
          { id: 'not-a-word', op: 'order', args: [limit] },
          { atLeast: { event: 'error', code: '60012', connId: text } },
        ),
      ],
      isNotUnderstood: true,
    },
  },
}
