import type { Probe, Shape } from '../../test/wire/evidence.ts'
import { refusal } from './shapes.ts'
import { ask, btc, create, look, openLong, post, restingBuy } from './words.ts'

// docs/wire/bybit.md 2, 4.7 and the table of texts in 6. HTTP 200 unless said otherwise.

const wallet = ask('/v5/account/wallet-balance', { accountType: 'UNIFIED' })
const market = { side: 'Buy', orderType: 'Market', qty: '0.01', positionIdx: 0 } as const
const limit = { ...market, orderType: 'Limit', price: '59500' } as const
const stop = {
  ...market,
  side: 'Sell',
  triggerPrice: '58000',
  triggerDirection: 2,
  triggerBy: 'LastPrice',
  reduceOnly: true,
} as const

function refused(
  code: number,
  retMsg: Shape,
  title: string,
  send: Probe['send'],
  more: Partial<Probe> = {},
): Probe {
  return { title: `${code} ${title}`, send, answer: refusal(code, retMsg), ...more }
}

/** The text itself. */
function says(text: string): Shape {
  return ['one of', text]
}

export const refusals: readonly Probe[] = [
  {
    title: 'HTTP 400 a method the path does not have',
    send: { ...look('/v5/market/time'), method: 'DELETE' },
    status: 400,
    notUnderstood: ['DELETE /v5/market/time'],
  },
  {
    title: 'HTTP 404 no such path',
    send: look('/v5/market/nothing'),
    status: 404,
    text: '404 page not found',
    notUnderstood: ['GET /v5/market/nothing'],
  },
  refused(
    10001,
    says('empty value: apiTimestamp[] apiKey[] apiSignature[]: openapi sign params error!'),
    'no headers',
    { ...wallet, access: 'public' },
    {
      answer: {
        retCode: ['one of', 10001],
        retMsg: says(
          'empty value: apiTimestamp[] apiKey[] apiSignature[]: openapi sign params error!',
        ),
        result: 'null',
        retExtInfo: 'null',
        time: 'ms',
      },
    },
  ),
  refused(10003, says('API key is invalid.'), 'a key nobody knows', {
    ...wallet,
    spoil: (request) => ({
      ...request,
      headers: { ...request.headers, 'x-bapi-api-key': 'nobody0000000000ab' },
    }),
  }),
  refused(
    10002,
    /^invalid request, please check your server timestamp or recv_window param\. req_timestamp\[\d+\],server_timestamp\[\d+\],recv_window\[5000\]$/,
    'a time 2 s ahead',
    { ...wallet, signedAfterMs: 2_000 },
  ),
  refused(10002, /^invalid request/, 'a time 6 s ago', { ...wallet, signedAfterMs: -6_000 }),
  refused(
    10004,
    /^error sign! origin_string\[\d+.*5000accountType=UNIFIED\]$/,
    'a wrong signature',
    {
      ...wallet,
      spoil: (request) => ({
        ...request,
        headers: { ...request.headers, 'x-bapi-sign': '0'.repeat(64) },
      }),
    },
  ),
  refused(
    10001,
    says('Not supported symbols'),
    'no such symbol, public',
    look('/v5/market/tickers', {
      category: 'linear',
      symbol: 'FOOUSDT',
    }),
  ),
  refused(
    10001,
    says('params error: Category is invalid'),
    'no category',
    look('/v5/market/tickers', {
      symbol: 'BTCUSDT',
    }),
  ),
  refused(
    10001,
    says('params error: interval invalid'),
    'no such interval',
    look('/v5/market/kline', { ...btc, interval: '7' }),
    { notUnderstood: ['interval'] },
  ),
  refused(
    10001,
    says('params error: symbol invalid FOOUSDT'),
    'no such symbol, private',
    post('/v5/order/create', { ...market, category: 'linear', symbol: 'FOOUSDT' }),
  ),
  refused(
    10001,
    says('params error: side invalid'),
    'no such side',
    create({ ...market, side: 'buy' }),
    {
      notUnderstood: ['side'],
    },
  ),
  refused(
    10001,
    says('params error: orderType invalid'),
    'no such order type',
    create({ ...market, orderType: 'Markets' }),
    { notUnderstood: ['orderType'] },
  ),
  refused(
    10001,
    says('Request parameter error.'),
    'a number where a string belongs',
    create({ ...market, qty: 0.01 }),
  ),
  refused(10001, says('Qty invalid'), 'a quantity of zero', create({ ...market, qty: '0' })),
  refused(
    10001,
    /^The number of contracts exceeds maximum limit allowed: too large, order_qty:60000000000 > max_qty:50000000000$/,
    'more than a market order may be',
    create({ ...market, qty: '600' }),
  ),
  refused(
    110017,
    says('orderQty will be truncated to zero'),
    'a quantity below the step',
    create({
      ...market,
      qty: '0.0004',
    }),
  ),
  refused(
    10001,
    says('Price invalid'),
    'a price off the tick',
    create({ ...limit, price: '59500.05' }),
  ),
  refused(
    110094,
    says('Order does not meet minimum order value 5USDT'),
    'a notional below the minimum',
    post('/v5/order/create', {
      category: 'linear',
      symbol: 'XRPUSDT',
      ...market,
      qty: '0.1',
    }),
  ),
  refused(
    110007,
    says('ab not enough for new order'),
    'more than the account can carry',
    create({
      ...limit,
      qty: '100',
    }),
  ),
  refused(
    110072,
    says('OrderLinkedID is duplicate'),
    'a client id that was used',
    create({
      ...limit,
      orderLinkId: 'entry-1',
    }),
    { before: [openLong] },
  ),
  refused(
    10001,
    says('params error: OrderLinkId invalid'),
    'a client id of strange letters',
    create({
      ...limit,
      orderLinkId: 'a b',
    }),
  ),
  refused(
    110017,
    says('current position is zero, cannot fix reduce-only order qty'),
    'reduce-only while flat',
    create({ ...market, side: 'Sell', reduceOnly: true }),
  ),
  refused(
    110017,
    says('Reduce-only rule not satisfied'),
    "reduce-only on the position's own side",
    create({ ...market, reduceOnly: true }),
    { before: [openLong] },
  ),
  refused(
    10001,
    says('position idx not match position mode'),
    'a slot of the hedge mode',
    create({
      ...market,
      positionIdx: 1,
    }),
  ),
  refused(
    10001,
    says('params error: TriggerDirection invalid'),
    'a conditional without direction',
    create({ ...market, triggerPrice: '58000' }),
  ),
  refused(
    110092,
    says('expect Rising, but trigger_price[580000000] <= current[600000000]??LastPrice'),
    'a rising trigger below the market',
    create({ ...stop, triggerDirection: 1 }),
  ),
  refused(
    110093,
    says('expect Falling, but trigger_price[620000000] >= current[600000000]??LastPrice'),
    'a falling trigger above the market',
    create({ ...stop, triggerPrice: '62000' }),
  ),
  refused(
    110001,
    says('order not exists or too late to cancel'),
    'cancel of an unknown order',
    post('/v5/order/cancel', { ...btc, orderLinkId: 'nobody' }),
  ),
  refused(
    110001,
    says('order not exists or too late to cancel'),
    'cancel of an order that has ended',
    post('/v5/order/cancel', { ...btc, orderLinkId: 'entry-1' }),
    { before: [openLong] },
  ),
  refused(
    10001,
    says('OrderId or orderLinkId is required'),
    'cancel without an id',
    post('/v5/order/cancel', btc),
  ),
  refused(
    110001,
    says('order not exists or too late to replace'),
    'amend of an unknown order',
    post('/v5/order/amend', { ...btc, orderLinkId: 'nobody', qty: '0.02' }),
  ),
  refused(
    10001,
    says('The order remains unchanged as the parameters entered match the existing ones'),
    'amend without a change',
    post('/v5/order/amend', { ...btc, orderLinkId: 'resting-1', price: '59500' }),
    { before: [restingBuy] },
  ),
  refused(
    110043,
    says('leverage not modified'),
    'leverage as it is',
    post('/v5/position/set-leverage', { ...btc, buyLeverage: '10', sellLeverage: '10' }),
  ),
  refused(
    110013,
    /^cannot set leverage \[.+\] gt maxLeverage \[.+\] by risk limit$/,
    'leverage above the maximum',
    post('/v5/position/set-leverage', { ...btc, buyLeverage: '101', sellLeverage: '101' }),
  ),
  refused(
    110025,
    says('Position mode is not modified'),
    'position mode as it is',
    post('/v5/position/switch-mode', { ...btc, mode: 0 }),
  ),
  refused(
    10001,
    /^can not set tp\/sl\/ts for zero position$/,
    'protection of no position',
    post('/v5/position/trading-stop', {
      ...btc,
      tpslMode: 'Full',
      positionIdx: 0,
      stopLoss: '58000',
    }),
  ),
  refused(
    10001,
    /^Missing some parameters that must be filled in, symbol or settleCoin/,
    'positions of nothing',
    ask('/v5/position/list', { category: 'linear' }),
  ),
  refused(
    110015,
    says('The position is in cross margin mode.'),
    'margin added to a cross position',
    post('/v5/position/add-margin', { ...btc, margin: '10', positionIdx: 0 }),
    { before: [openLong] },
  ),
  refused(
    100028,
    'text',
    'margin mode by symbol, which is gone',
    post('/v5/position/switch-isolated', {
      ...btc,
      tradeMode: 0,
      buyLeverage: '10',
      sellLeverage: '10',
    }),
  ),
]
