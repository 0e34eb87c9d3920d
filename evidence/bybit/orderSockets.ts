import type { OrderSocketEvidence } from '../../test/wire/orderSocketEvidence.ts'
import {
  batch,
  btc,
  codes,
  create,
  createAt,
  limit,
  login,
  lower,
  orderPush,
  PRIVATE,
  place,
  placed,
  placeStop,
  placeTwo,
  refusal,
  refused,
  refusedLogin,
  request,
  row,
  says,
  success,
  text,
  turnedAway,
} from './orderSocketWords.ts'
import { loginOf } from './signSocket.ts'

// docs/wire/bybit.md 8, by hand: order events come over the private socket.

/** What Bybit V5 must answer over its order socket. */
export const orderSockets: OrderSocketEvidence = {
  cases: {
    'O-01': {
      steps: [
        login,
        // The Node SDK does it, and survives.
        says(
          (desk) => ({ reqId: 'a2', op: 'auth', args: loginOf(desk) }),
          refusedLogin('a2', 20001, 'Repeat auth'),
        ),
        says(
          { op: 'ping' },
          { retCode: 0, retMsg: 'OK', op: 'pong', data: [{ shape: 'ms text' }], connId: text },
        ),
      ],
    },
    'O-02': { steps: [login, place] },
    'O-03': {
      steps: [
        login,
        says(
          request('r-1', 'order.create', {
            ...btc,
            side: 'Buy',
            orderType: 'Market',
            qty: '0.010',
            positionIdx: 0,
            orderLinkId: 'o-1',
          }),
          success('r-1', 'order.create', placed('o-1')),
        ),
      ],
    },
    'O-04': {
      steps: [
        login,
        place,
        says(
          request('r-2', 'order.cancel', { ...btc, orderLinkId: 'o-1' }),
          success('r-2', 'order.cancel', placed('o-1')),
        ),
      ],
    },
    'O-05': {
      steps: [
        login,
        place,
        says(
          request('r-2', 'order.amend', {
            ...btc,
            orderLinkId: 'o-1',
            qty: '0.020',
            price: '59100.00',
          }),
          success('r-2', 'order.amend', placed('o-1')),
        ),
      ],
    },
    'O-06': {
      steps: [
        login,
        says(
          request('r-1', 'order.create-batch', batch([limit, { ...lower, symbol: 'FOOUSDT' }])),
          success(
            'r-1',
            'order.create-batch',
            {
              list: [
                row('o-1', { createAt }),
                {
                  category: 'linear',
                  symbol: 'FOOUSDT',
                  orderId: '',
                  orderLinkId: 'o-2',
                  createAt: '',
                },
              ],
            },
            codes([0, 'OK'], [10001, 'params error: symbol invalid FOOUSDT']),
          ),
        ),
      ],
    },
    'O-07': {
      steps: [
        login,
        placeTwo,
        says(
          request(
            'r-2',
            'order.amend-batch',
            batch([
              { symbol: 'BTCUSDT', orderLinkId: 'o-1', qty: '0.020', price: '59100.00' },
              { symbol: 'BTCUSDT', orderLinkId: 'nobody', qty: '0.020' },
            ]),
          ),
          success(
            'r-2',
            'order.amend-batch',
            { list: [row('o-1'), row('nobody', { orderId: '' })] },
            codes([0, 'OK'], [110001, text]),
          ),
        ),
      ],
    },
    'O-08': {
      steps: [
        login,
        placeTwo,
        says(
          request(
            'r-2',
            'order.cancel-batch',
            batch([
              { symbol: 'BTCUSDT', orderLinkId: 'o-1' },
              { symbol: 'BTCUSDT', orderLinkId: 'o-2' },
            ]),
          ),
          success(
            'r-2',
            'order.cancel-batch',
            { list: [row('o-1'), row('o-2')] },
            codes([0, 'OK'], [0, 'OK']),
          ),
        ),
      ],
    },
    'O-09': {
      steps: [
        {
          at: PRIVATE,
          say: (desk) => ({ op: 'auth', args: loginOf(desk) }),
          hear: [{ success: true, ret_msg: '', op: 'auth', conn_id: text }],
        },
        {
          at: PRIVATE,
          say: { req_id: 's1', op: 'subscribe', args: ['order'] },
          hear: [{ success: true, ret_msg: '', conn_id: text, req_id: 's1', op: 'subscribe' }],
        },
        login,
        place,
        { at: PRIVATE, hear: [orderPush] },
      ],
    },
    'O-10': {
      steps: [login, refused({ symbol: 'FOOUSDT' }, 10001, 'params error: symbol invalid FOOUSDT')],
    },
    'O-11': {
      steps: [login, refused({ qty: '0.0001' }, 110017, 'orderQty will be truncated to zero')],
    },
    'O-12': {
      steps: [
        login,
        says(
          request('r-2', 'order.cancel', { ...btc, orderLinkId: 'nobody' }),
          refusal('r-2', 'order.cancel', 110001, 'order not exists or too late to cancel'),
        ),
      ],
    },
    'O-13': {
      steps: [
        login,
        says(
          request('r-1', 'order.fly', create),
          turnedAway('r-1', 'order.fly', 10404, 'op type is not found'),
        ),
      ],
      isNotUnderstood: true,
    },
    'O-14': {
      steps: [
        says(
          (desk) => {
            const [key, expires, signature] = loginOf(desk)
            return { reqId: 'a1', op: 'auth', args: [key, expires + 1, signature] }
          },
          refusedLogin('a1', 10004, 'Invalid sign'),
        ),
      ],
    },
    'O-15': {
      steps: [
        says(
          request('r-1', 'order.create', create),
          turnedAway('r-1', 'order.create', 10003, text),
        ),
      ],
    },
    'O-16': {
      steps: [
        login,
        says(
          request('r-1', 'order.create', create, 6_000),
          refusal(
            'r-1',
            'order.create',
            10002,
            /^invalid request, please check your server timestamp or recv_window param\. req_timestamp\[/,
          ),
        ),
      ],
    },
    'O-17': {
      steps: [
        login,
        // A request id belongs to one request.
        says(
          request('r-1', 'order.cancel', { ...btc, orderLinkId: 'nobody' }),
          refusal('r-1', 'order.cancel', 110001, 'order not exists or too late to cancel'),
        ),
        says(
          request('r-1', 'order.create', create),
          turnedAway('r-1', 'order.create', 20006, 'reqId is duplicated'),
        ),
        says(
          request('r-2', 'order.create', { ...create, category: 'futures' }),
          turnedAway('r-2', 'order.create', 10404, 'category is not correct/supported'),
        ),
      ],
      isNotUnderstood: true,
    },
    'O-18': {
      steps: [
        login,
        placeStop('r-1', 'o-1', '58000'),
        placeStop('r-2', 'o-2', '57000'),
        says(
          request('r-3', 'order.cancel', { ...btc, orderLinkId: 'o-2' }),
          success('r-3', 'order.cancel', placed('o-2')),
        ),
      ],
    },
    'O-19': {
      steps: [
        login,
        says(
          { reqId: 7, op: 'order.create', args: [create] },
          { atLeast: { reqId: 7, retCode: 10001, retMsg: 'Request parameter error.' } },
        ),
        says(
          (desk) => ({
            ...Object(request('r-1', 'order.create', create)(desk)),
            args: [create, create],
          }),
          turnedAway('r-1', 'order.create', 10001, 'Request parameter error.'),
        ),
        // 37 characters, which are not said back.
        says(request('r'.repeat(37), 'order.create', create), {
          retCode: 10001,
          retMsg: 'params error: reqId invalid',
          op: 'order.create',
          data: {},
          retExtInfo: {},
          header: { shape: 'anything' },
          connId: text,
        }),
      ],
    },
  },
}
