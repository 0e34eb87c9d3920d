import { describe, expect, test } from 'vitest'
import type { Operation, RejectReason } from '../../server/types.ts'
import { BTC, limit, openDesk, order, place, rows, said, stop, type Words } from './desk.fixture.ts'

// Refusals of trade/order (docs/wire/okx.md 4.6), and the venue's words for faults.

const parameter = (name: string): string => `51000 Parameter ${name}  error`

test.each<[more: Words, message: string]>([
  [{ instId: undefined }, '50014 Parameter instId can not be empty.'],
  [{ tdMode: undefined }, '50014 Parameter tdMode can not be empty.'],
  [{ side: '' }, '50014 Parameter side can not be empty.'],
  [{ ordType: null }, '50014 Parameter ordType can not be empty.'],
  [{ sz: undefined }, '50014 Parameter sz can not be empty.'],
  [{ side: 'Buy' }, parameter('side')],
  [{ ordType: 'stop' }, parameter('ordType')],
  [{ tdMode: 'crossed' }, parameter('tdMode')],
  [{ tdMode: 'cash' }, '51010 Request unsupported under current account mode.'],
  [{ posSide: 'long' }, parameter('posSide')],
  [{ posSide: 'both' }, parameter('posSide')],
  [{ clOrdId: 'with-dash' }, parameter('clOrdId')],
  [{ clOrdId: 'x'.repeat(33) }, parameter('clOrdId')],
  [{ tag: 'x'.repeat(17) }, parameter('tag')],
  [{ stpMode: 'cancel' }, parameter('stpMode')],
  [{ reduceOnly: 'yes' }, parameter('reduceOnly')],
  [{ sz: ['1'] }, parameter('sz')],
  [{ instId: 'BTC-USDT' }, "51001 Instrument ID, Instrument ID code, or Spread ID doesn't exist."],
  [{ sz: 'much' }, parameter('sz')],
  [{ sz: '1e1' }, parameter('sz')],
  [{ sz: '0' }, parameter('sz')],
  [{ sz: '-1' }, parameter('sz')],
  [{ sz: '0.015' }, '51121 Order quantity must be a multiple of the lot size.'],
  [{ sz: '12000.01' }, '51202 Market order amount exceeds the maximum amount.'],
  [
    { ordType: 'limit', px: '59000', sz: '100000000.01' },
    '51101 Entered amount exceeds the max pending order amount (Cont) per transaction.',
  ],
  [{ ordType: 'limit' }, '51204 The order price for the limit order cannot be empty.'],
  [{ ordType: 'limit', px: '0' }, parameter('px')],
  [{ ordType: 'limit', px: '5.9e4' }, parameter('px')],
  [
    { ordType: 'limit', px: '59000.05' },
    '51150 The precision of the number of trades or the price exceeds the limit.',
  ],
  [
    { ordType: 'limit', side: 'sell', px: '1000000000.1' },
    '51116 Order price or trigger price exceeds 1000000000.',
  ],
  [
    { ordType: 'limit', px: '61800.1' },
    '51006 Order price is not within the price limit (max buy price: 61800 min sell price: 58200).',
  ],
  [{ ordType: 'limit', side: 'sell', px: '58199.9' }, outOfBand()],
  [{ sz: '600' }, '51008 Order failed. Insufficient USDT margin in account'],
  [{ attachAlgoOrds: {} }, parameter('attachAlgoOrds')],
])('error: %j', async (more, message) => {
  const desk = openDesk()
  expect(said(await desk.post('trade/order', order(more)))).toBe(message)
  expect(rows(await desk.get('trade/orders-history', { instType: 'SWAP' }))).toEqual([])
})

test('behavior: what is refused as a whole is HTTP 400, what is refused as a row is 200', async () => {
  const desk = openDesk()
  const path = '/api/v5/trade/order'
  const post = async (words: Words): Promise<[number, unknown]> => {
    const body = JSON.stringify(words)
    const headers = desk.sign('POST', path, body)
    const answer = await desk.send({ method: 'POST', path, body, headers })
    return [answer.status, JSON.parse(answer.body).data.length]
  }
  expect(await post(order({ sz: undefined }))).toEqual([400, 0])
  expect(await post(order({ sz: '0' }))).toEqual([200, 1])
})

// Section 9: price band 51006 on far limits.
test('behavior: a price beyond the band is moved to its edge where that is asked for', async () => {
  const desk = openDesk()
  const ordId = await place(desk, limit('58000', { side: 'sell', pxAmendType: '1' }))
  const answer = await desk.get('trade/order', { instId: BTC, ordId })
  expect(rows(answer)).toMatchObject([{ px: '58200', state: 'filled' }])
})

test('behavior: a market order is asked for 5 % more margin than a limit order', async () => {
  const desk = openDesk()
  // 100 000 USDT at 3 times: 300 000 of notional, less fees; 495 contracts are 297 000.
  expect(said(await desk.post('trade/order', order({ sz: '495' })))).toMatch(/^51008 /)
  expect(said(await desk.post('trade/order', limit('60000', { sz: '495' })))).toBe('0')
})

test('behavior: numbers stand for texts, texts for truth values', async () => {
  const desk = openDesk()
  const words = limit('59000', { px: 59_000, sz: 1, reduceOnly: 'false', posSide: 'net' })
  expect(said(await desk.post('trade/order', words))).toBe('0')
})

test('error: 500 open orders of a contract', async () => {
  // Batches may place 300 of a contract in 2 s.
  const desk = openDesk({ rateLimits: false })
  for (let i = 0; i < 25; i++) {
    const items = Array.from({ length: 20 }, () => limit('59000', { sz: '0.01' }))
    await desk.post('trade/batch-orders', items)
  }
  expect(said(await desk.post('trade/order', limit('59000', { sz: '0.01' })))).toMatch(/^51103 /)
})

test('behavior: a suspended contract takes nothing new', async () => {
  const desk = openDesk()
  const ordId = await place(desk, limit('59000'))
  const { control } = desk.simulator
  await control.setMarketStatus({ symbol: 'BTCUSDT', status: 'CLOSED' })
  const [instrument] = rows(await desk.get('public/instruments', { instType: 'SWAP', instId: BTC }))
  expect(instrument?.state).toBe('suspend')
  expect(said(await desk.post('trade/order', order()))).toBe('51022 Contract suspended.')
  expect(said(await desk.post('trade/order-algo', stop()))).toBe('51022 Contract suspended.')
  const change = { instId: BTC, ordId, newSz: '2' }
  expect(said(await desk.post('trade/amend-order', change))).toBe('51022 Contract suspended.')
  expect(said(await desk.post('trade/cancel-order', { instId: BTC, ordId }))).toBe('0')
})

test('behavior: a word that is not known is ignored and noted, a known one is not', async () => {
  const desk = openDesk()
  await place(desk, order({ ReduceOnly: true, clientOid: 'x' }))
  await desk.post('trade/batch-orders', [order({ clOrdID: 'x' })])
  await desk.post('trade/order', order({ side: 'BUY', qty: '1' }))
  await desk.post('trade/cancel-algos', [{ instId: BTC, algoID: '1' }])
  await desk.get('trade/orders-pending', { instid: BTC })
  expect(await desk.unknownWords()).toEqual([
    'parameter ReduceOnly',
    'parameter clientOid',
    'value [].clOrdID',
    'value side',
    'parameter qty',
    'value [].algoID',
    'parameter instid',
  ])
})

// Section 9: SDK tags and keys.
test('behavior: stray keys of foreign clients are known', async () => {
  const desk = openDesk()
  const stray = { trigger: true, stopLossPrice: 1, trailingPrice: 1, tgtCcy: 'base_ccy', tag: 'a' }
  await desk.post('trade/batch-orders', [limit('59000', stray)])
  await desk.post('trade/order-algo', stop({ ...stray, clOrdId: 'old' }))
  // One SDK marks every item it sends.
  await desk.post('trade/cancel-order', { instId: BTC, ordId: '1', tag: 'a' })
  await desk.post('trade/cancel-algos', [{ instId: BTC, algoId: '1', tag: 'a' }])
  await desk.post('account/set-position-mode', { posMode: 'net_mode', tag: 'a' })
  expect(await desk.unknownWords()).toEqual([])
})

describe('faults', () => {
  const reasons: [reason: RejectReason, message: string][] = [
    ['insufficientMargin', '51008 Order failed. Insufficient USDT margin in account'],
    ['wouldTriggerImmediately', '51278 SL trigger price cannot be lower than the last price.'],
    [
      'reduceOnlyRejected',
      "51169 Order failed because you don't have any positions in the direction of this contract to reduce or close.",
    ],
    ['belowMinimum', '51020 Your order should meet or exceed the minimum order amount.'],
    ['precision', '51121 Order quantity must be a multiple of the lot size.'],
    ['priceBand', outOfBand()],
    ['tooManyOrders', '51103 Maximum number of pending orders (500) exceeded for this instrument.'],
    ['duplicateClientOrderId', '51016 Client order ID already exists.'],
    [
      'orderNotFound',
      '51400 Cancellation failed as the order has been filled, canceled or does not exist.',
    ],
    ['invalidSymbol', "51001 Instrument ID, Instrument ID code, or Spread ID doesn't exist."],
    ['invalidParameter', parameter('instId')],
    [
      'leverageNotChanged',
      '59107 You have pending orders under the cross-margin mode. Please cancel all pending orders before adjusting your leverage.',
    ],
    ['marketClosed', '51022 Contract suspended.'],
    ['exchangeBusy', '50013 Systems are busy. Please try again later.'],
    [
      'unknownState',
      '50004 API endpoint request timeout (does not indicate success or failure of order, please check order status).',
    ],
    ['invalidSignature', '50113 Invalid Sign'],
    ['timestampOutOfWindow', '50102 Timestamp request expired'],
    ['permissionDenied', "50120 This API key doesn't have permission to use this function"],
  ]

  test.each(reasons)('behavior: %s', async (reason, message) => {
    const desk = openDesk()
    await desk.simulator.control.inject({
      kind: 'rejectWith',
      reason,
      operation: 'createOrder',
      times: 1,
    })
    expect(said(await desk.post('trade/order', order()))).toBe(message)
    expect(said(await desk.post('trade/order', order()))).toBe('0')
    expect(await desk.unknownWords()).toEqual([])
  })

  test.each<
    [
      operation: Operation,
      reason: RejectReason,
      ask: (desk: ReturnType<typeof openDesk>) => Promise<unknown>,
      code: string,
    ]
  >([
    [
      'createStop',
      'wouldTriggerImmediately',
      async (desk) => said(await desk.post('trade/order-algo', stop())),
      '51280',
    ],
    [
      'createStop',
      'duplicateClientOrderId',
      async (desk) => said(await desk.post('trade/order-algo', stop())),
      '51065',
    ],
    [
      'createStop',
      'tooManyOrders',
      async (desk) => said(await desk.post('trade/order-algo', stop())),
      '51261',
    ],
    [
      'getOrder',
      'orderNotFound',
      async (desk) => said(await desk.get('trade/order', { instId: BTC, ordId: '1' })),
      '51603',
    ],
    [
      'amendOrder',
      'orderNotFound',
      async (desk) =>
        said(await desk.post('trade/amend-order', { instId: BTC, ordId: '1', newSz: '1' })),
      '51503',
    ],
    [
      'amendOrder',
      'orderNotFound',
      async (desk) =>
        said(await desk.post('trade/amend-algos', { instId: BTC, algoId: '1', newSz: '1' })),
      '51527',
    ],
    [
      'cancelAll',
      'orderNotFound',
      async (desk) =>
        said(
          await desk.post('trade/cancel-algos', [
            { instId: BTC, algoId: '1' },
            { instId: BTC, algoId: '2' },
          ]),
        ),
      '51400',
    ],
    [
      'marketData',
      'exchangeBusy',
      async (desk) => said(await desk.get('market/ticker', { instId: BTC })),
      '50013',
    ],
  ])('behavior: %s refused with %s', async (operation, reason, ask, code) => {
    const desk = openDesk()
    await desk.simulator.control.inject({ kind: 'rejectWith', reason, operation })
    expect(await ask(desk)).toMatch(new RegExp(`^${code} `))
  })

  test('behavior: every item of a list is refused alike', async () => {
    const desk = openDesk()
    await desk.simulator.control.inject({ kind: 'rejectWith', reason: 'marketClosed' })
    const answer = await desk.post('trade/batch-orders', [order({ clOrdId: 'a' }), order()])
    expect(rows(answer)).toMatchObject([
      { clOrdId: 'a', sCode: '51022' },
      { clOrdId: '', sCode: '51022' },
    ])
  })

  test('behavior: maintenance', async () => {
    const desk = openDesk()
    await desk.simulator.control.inject({ kind: 'maintenance' })
    expect(await desk.send({ path: '/api/v5/public/time' })).toMatchObject({
      status: 503,
      body: '{"msg":"Service temporarily unavailable. Please try again later.","code":"50001"}',
    })
  })
})

function outOfBand(): string {
  return '51006 Order price is not within the price limit (max buy price: 61800 min sell price: 58200).'
}
