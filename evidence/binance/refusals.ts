import type { Probe, Words } from '../../test/wire/evidence.ts'
import { refusal } from './shapes.ts'
import { algo, ask, look, openLong, order, post, remove, restingBuy, waitingStop } from './words.ts'

// docs/wire/binance.md 4.7 and 6. HTTP 400 unless said otherwise.

const btc = { symbol: 'BTCUSDT' }
const limit = {
  side: 'BUY',
  type: 'LIMIT',
  quantity: '0.01',
  price: '50000',
  timeInForce: 'GTC',
}
const market = { side: 'BUY', type: 'MARKET', quantity: '0.01' }
const stop = { side: 'SELL', type: 'STOP_MARKET', quantity: '0.01', triggerPrice: '58000' }

function without(request: Words, name: string): Words {
  const { [name]: _, ...form } = request.form ?? {}
  return { ...request, form }
}

function refused(
  code: number,
  title: string,
  send: Probe['send'],
  more: Partial<Probe> = {},
): Probe {
  return { title: `${code} ${title}`, send, status: 400, answer: refusal(code), ...more }
}

export const refusals: readonly Probe[] = [
  refused(-5000, 'no such path', look('/fapi/v1/nothing'), {
    status: 404,
    answer: refusal(-5000, /(GET.*\/fapi\/v1\/nothing|\/fapi\/v1\/nothing.*GET)/),
    notUnderstood: ['GET /fapi/v1/nothing'],
  }),
  refused(
    -2014,
    'no key',
    { ...ask('/fapi/v3/account'), spoil: (request) => ({ ...request, headers: {} }) },
    { status: 401 },
  ),
  refused(
    -2015,
    'a key nobody knows',
    {
      ...ask('/fapi/v3/account'),
      spoil: (request) => ({ ...request, headers: { 'x-mbx-apikey': 'x'.repeat(64) } }),
    },
    { status: 401 },
  ),
  refused(-1102, 'no timestamp', {
    ...ask('/fapi/v3/account'),
    access: 'key',
  }),
  refused(-1102, 'no symbol', post('/fapi/v1/order', market)),
  refused(-1102, 'no quantity', without(order(market), 'quantity')),
  refused(-1021, 'a time 2 s ahead', { ...ask('/fapi/v3/account'), signedAfterMs: 2_000 }),
  refused(-1021, 'a time 6 s ago', { ...ask('/fapi/v3/account'), signedAfterMs: -6_000 }),
  refused(-1022, 'a wrong signature', {
    ...ask('/fapi/v3/account'),
    spoil: (request) => ({
      ...request,
      query: request.query.replace(/signature=.*/, `signature=${'0'.repeat(64)}`),
    }),
  }),
  refused(-1121, 'no such symbol', post('/fapi/v1/order', { ...market, symbol: 'NOSUCHUSDT' }), {
    answer: refusal(-1121, ['one of', 'Invalid symbol.']),
  }),
  refused(-1121, 'no such symbol, public', look('/fapi/v1/depth', { symbol: 'NOSUCHUSDT' }), {
    answer: refusal(-1121, ['one of', 'Invalid symbol.']),
  }),
  refused(-1115, 'no such time in force', order({ ...limit, timeInForce: 'GOOD' }), {
    notUnderstood: ['timeInForce'],
  }),
  refused(-1116, 'no such type', order({ ...market, type: 'MARKETS' }), {
    notUnderstood: ['type'],
  }),
  refused(-1117, 'no such side', order({ ...market, side: 'LONG' }), { notUnderstood: ['side'] }),
  refused(-4120, 'a conditional type', order({ ...market, type: 'STOP_MARKET' })),
  refused(-1105, 'an empty price', order({ ...limit, price: '' }), {
    answer: refusal(-1105, ['one of', "Parameter 'price' was empty."]),
  }),
  refused(-1100, 'an exponent', order({ ...market, quantity: '1e-2' }), {
    answer: refusal(
      -1100,
      /^Illegal characters found in parameter 'quantity'; legal range is '.*'\.$/,
    ),
  }),
  refused(-1106, 'a price on a market order', order({ ...market, price: '60000' })),
  refused(-1114, 'a time in force on a market order', order({ ...market, timeInForce: 'GTC' })),
  refused(-1111, 'too many decimals', order({ ...market, quantity: '0.0101' })),
  refused(-4014, 'a price off the tick', order({ ...limit, price: '50000.05' })),
  refused(-4003, 'no quantity at all', order({ ...market, quantity: '0' })),
  refused(-4005, 'more than a market order may be', order({ ...market, quantity: '1000' })),
  refused(-4016, 'a buy far above the mark', order({ ...limit, price: '66000' })),
  refused(-4024, 'a sell far below the mark', order({ ...limit, side: 'SELL', price: '54000' })),
  refused(
    -4164,
    'a notional below the minimum',
    order({ ...limit, quantity: '0.001', price: '40000' }),
  ),
  refused(-4061, 'a side of the hedge mode', order({ ...market, positionSide: 'LONG' })),
  refused(-2022, 'reduce-only while flat', order({ ...market, side: 'SELL', reduceOnly: 'true' })),
  refused(-2019, 'more than the account can carry', order({ ...market, quantity: '100' })),
  refused(
    -5022,
    'post-only that would trade',
    order({ ...limit, price: '60500', timeInForce: 'GTX' }),
  ),
  refused(-5021, 'fill-or-kill that cannot fill', order({ ...limit, timeInForce: 'FOK' })),
  refused(-4116, 'a client id that is in use', order({ ...limit, newClientOrderId: 'resting-1' }), {
    before: [restingBuy],
  }),
  refused(-4015, 'a client id of strange letters', order({ ...limit, newClientOrderId: 'a b' })),
  refused(-2011, 'cancel of an unknown order', remove('/fapi/v1/order', { ...btc, orderId: '1' }), {
    answer: refusal(-2011, ['one of', 'Unknown order sent.']),
  }),
  refused(
    -2011,
    'cancel of an order that has ended',
    remove('/fapi/v1/order', { ...btc, origClientOrderId: 'entry-1' }),
    { before: [openLong], answer: refusal(-2011, ['one of', 'Unknown order sent.']) },
  ),
  refused(-1102, 'cancel without an id', remove('/fapi/v1/order', btc), {
    answer: refusal(-1102, [
      'one of',
      "Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null!",
    ]),
  }),
  refused(-2013, 'query of an unknown order', ask('/fapi/v1/order', { ...btc, orderId: '1' }), {
    answer: refusal(-2013, ['one of', 'Order does not exist.']),
  }),
  refused(-2011, 'cancel of an unknown conditional', remove('/fapi/v1/algoOrder', { algoId: '1' })),
  refused(-2013, 'query of an unknown conditional', ask('/fapi/v1/algoOrder', { algoId: '1' })),
  refused(-2021, 'a stop beyond the market', algo({ ...stop, triggerPrice: '61000' })),
  refused(
    -4509,
    'a stop for the whole position while flat',
    algo({ side: 'SELL', type: 'STOP_MARKET', triggerPrice: '58000', closePosition: 'true' }),
  ),
  refused(
    -4130,
    'a second stop for the whole position',
    algo({ side: 'SELL', type: 'STOP_MARKET', triggerPrice: '57000', closePosition: 'true' }),
    {
      before: [
        openLong,
        algo({ side: 'SELL', type: 'STOP_MARKET', triggerPrice: '58000', closePosition: 'true' }),
      ],
    },
  ),
  refused(-4116, 'a conditional client id in use', algo({ ...stop, clientAlgoId: 'stop-1' }), {
    before: [waitingStop],
  }),
  refused(
    -4028,
    'leverage above the maximum',
    post('/fapi/v1/leverage', { ...btc, leverage: '126' }),
  ),
  refused(
    -4046,
    'margin type as it is',
    post('/fapi/v1/marginType', { ...btc, marginType: 'CROSSED' }),
  ),
  refused(
    -4059,
    'position mode as it is',
    post('/fapi/v1/positionSide/dual', { dualSidePosition: 'false' }),
  ),
  refused(
    -4171,
    'assets mode as it is',
    post('/fapi/v1/multiAssetsMargin', { multiAssetsMargin: 'false' }),
  ),
  refused(
    -1130,
    'more klines than there may be',
    look('/fapi/v1/klines', {
      ...btc,
      interval: '1m',
      limit: '1501',
    }),
  ),
  refused(-1120, 'no such interval', look('/fapi/v1/klines', { ...btc, interval: '1s' }), {
    notUnderstood: ['interval'],
  }),
  refused(-4021, 'no such depth', look('/fapi/v1/depth', { ...btc, limit: '7' })),
  refused(
    -4082,
    'a batch of six',
    post('/fapi/v1/batchOrders', {
      batchOrders: JSON.stringify(Array.from({ length: 6 }, () => ({ ...btc, ...limit }))),
    }),
  ),
]
