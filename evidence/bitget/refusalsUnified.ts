import type { Json, Probe, Words } from '../../test/wire/evidence.ts'
import { noSuchPath, refused } from './refusals.ts'
import { ask, account as classic, post } from './words.ts'
import {
  atMarket,
  btc,
  create,
  hedgedLong,
  hedgeOn,
  info,
  limit,
  openLong,
  openShort,
  restingBuy,
  stopOfLong,
  strategy,
  usdt,
  write,
} from './wordsUnified.ts'

// docs/wire/bitget.md 6.1 and 12.2 to 12.5, the column of V3: HTTP 400.

type Body = { readonly [key: string]: Json }

const isClassic =
  'You are in Unified Account mode, and the Classic Account API is not supported at this time'

const malformed = { msg: /^Parameter verification failed/ } as const
const entryEnded = { clientOid: 'entry-1' } as const
const openIsolated = create({ ...atMarket, marginMode: 'isolated' })

function margin(operation: 'add' | 'reduce', amount: string): Words {
  return write('account/set-margin', { posSide: 'long', operation, amount })
}

const sell = { side: 'sell', reduceOnly: 'yes', tpslMode: 'partial', qty: '0.01' } as const
const buy = { ...sell, side: 'buy' } as const
const whole = { side: 'sell', reduceOnly: 'yes', tpslMode: 'full' } as const

function protection(before: Words, ...rows: readonly (readonly [string, string, Body])[]): Probe[] {
  return rows.map(([code, title, json]) =>
    refused(code, title, strategy(json), { before: [before] }),
  )
}

export const unifiedRefusals: readonly Probe[] = [
  refused('40085', 'a unified account asks the classic API', classic, {
    msg: ['one of', isClassic],
  }),
  refused(
    '40085',
    'a unified account asks the classic API with a wrong signature: the kind is looked at first',
    {
      ...classic,
      spoil: (request) => ({
        ...request,
        headers: { ...request.headers, 'access-sign': 'AAAA' },
      }),
    },
  ),
  refused('40009', 'a wrong signature', {
    ...ask('v3/account/settings'),
    spoil: (request) => ({
      ...request,
      headers: { ...request.headers, 'access-sign': 'AAAA' },
    }),
  }),
  refused('40008', 'a time 31 s ago', { ...ask('v3/account/settings'), signedAfterMs: -31_000 }),
  refused('400172', 'no quantity', create({ side: 'buy', orderType: 'market' }), malformed),
  refused('400172', 'no such side', create({ ...atMarket, side: 'long' }), {
    ...malformed,
    notUnderstood: ['side'],
  }),
  refused('400172', 'a limit order without a price', create({ ...limit, price: '' }), malformed),
  refused('25100', 'no such symbol', create({ ...atMarket, symbol: 'FOOUSDT' })),
  refused('25200', 'too many decimals in the quantity', create({ ...atMarket, qty: '0.01001' })),
  refused('25200', 'too many decimals in the price', create({ ...limit, price: '59000.05' })),
  refused('25208', 'more than a market order may be', create({ ...atMarket, qty: '221' })),
  refused('25208', 'more than a limit order may be', create({ ...limit, qty: '1201' })),
  refused('45110', 'a notional below the minimum', create({ ...atMarket, qty: '0.0001' }), {
    before: [{ price: ['BTCUSDT', '40000'] }],
  }),
  refused('25206', 'a limit price above the band', create({ ...limit, price: '70000' })),
  refused(
    '25205',
    'a limit price below the band',
    create({ ...limit, side: 'sell', price: '50000' }),
  ),
  refused('40762', 'more than the account can carry', create({ ...limit, qty: '200' }), {
    msg: ['one of', 'The order amount exceeds the balance'],
  }),
  refused('25212', 'a client id of an open order', restingBuy, { before: [restingBuy] }),
  refused('400172', 'a client id of 33 letters', create({ ...limit, clientOid: 'a'.repeat(33) })),
  refused('25227', 'reduce-only while flat', create({ ...atMarket, reduceOnly: 'yes' })),
  refused('25236', 'hedge mode: no posSide', create(atMarket), { before: [hedgeOn] }),
  refused(
    '25238',
    'hedge mode: reduceOnly beside posSide',
    create({ ...atMarket, side: 'sell', posSide: 'long', reduceOnly: 'yes' }),
    { before: [hedgeOn, hedgedLong] },
  ),
  refused(
    '25227',
    'hedge mode: closing what is not there',
    create({ ...atMarket, posSide: 'short' }),
    { before: [hedgeOn] },
  ),
  refused(
    '25231',
    'hedge mode: closing more than there is',
    create({ ...atMarket, side: 'sell', posSide: 'long', qty: '0.02' }),
    { before: [hedgeOn, hedgedLong] },
  ),
  refused('25204', 'an unknown order', info('nobody')),
  refused('400172', 'an order without an id', ask('v3/trade/order-info')),
  refused('25204', 'cancel of an unknown order', write('trade/cancel-order', { clientOid: 'no' })),
  refused('25204', 'cancel of an order that has ended', write('trade/cancel-order', entryEnded), {
    before: [openLong],
  }),
  refused('25204', 'cancel of a symbol without orders', write('trade/cancel-symbol-order', {})),
  refused(
    '25204',
    'amend of an unknown order',
    write('trade/modify-order', { clientOid: 'nobody', qty: '0.02' }),
  ),
  refused(
    '25568',
    'amend of an order that has ended',
    write('trade/modify-order', { ...entryEnded, qty: '0.02' }),
    { before: [openLong] },
  ),
  refused(
    '25571',
    'amend without a change',
    write('trade/modify-order', { clientOid: 'resting-1', qty: '0.01', price: '59000' }),
    { before: [restingBuy] },
  ),
  refused(
    '400172',
    'more than twenty orders at once',
    post(
      'v3/trade/place-batch',
      Array.from({ length: 21 }, () => ({ ...btc, ...limit })),
    ),
  ),
  refused(
    '25223',
    'leverage above the maximum',
    write('account/set-leverage', { leverage: '1000' }),
  ),
  refused('25107', 'position mode with a position', hedgeOn, { before: [openLong] }),
  refused('25570', 'position mode with an order', hedgeOn, { before: [restingBuy] }),
  refused('25227', 'margin added to a cross position', margin('add', '10'), {
    before: [openLong],
  }),
  refused('25202', 'more margin added than is free', margin('add', '1000000000'), {
    before: [openIsolated],
  }),
  refused('25203', 'more margin taken than is free to go', margin('reduce', '1000000'), {
    before: [openIsolated],
  }),
  refused(
    '400172',
    'a countdown of 3 s',
    post('v3/trade/countdown-cancel-all', { countdown: '3' }),
    malformed,
  ),
  refused('25601', 'a stop without a position', stopOfLong),
  ...protection(
    openLong,
    ['25585', 'take-profit of a long below the last price', { ...sell, takeProfit: '59000' }],
    [
      '25589',
      'take-profit of a long below the mark price',
      { ...sell, takeProfit: '59000', tpTriggerBy: 'mark' },
    ],
    ['25586', 'stop of a long above the last price', { ...sell, stopLoss: '61000' }],
    [
      '25590',
      'stop of a long above the mark price',
      { ...sell, stopLoss: '61000', slTriggerBy: 'mark' },
    ],
    ['25595', 'a stop above the position', { ...sell, qty: '0.02', stopLoss: '58000' }],
  ),
  ...protection(
    openShort,
    ['25587', 'take-profit of a short above the last price', { ...buy, takeProfit: '61000' }],
    [
      '25591',
      'take-profit of a short above the mark price',
      { ...buy, takeProfit: '61000', tpTriggerBy: 'mark' },
    ],
    ['25588', 'stop of a short below the last price', { ...buy, stopLoss: '59000' }],
    [
      '25592',
      'stop of a short below the mark price',
      { ...buy, stopLoss: '59000', slTriggerBy: 'mark' },
    ],
  ),
  refused(
    '25594',
    'a second stop of the whole position',
    strategy({ ...whole, stopLoss: '58500' }),
    { before: [openLong, strategy({ ...whole, stopLoss: '58000' })] },
  ),
  refused(
    '25597',
    'a stop moved that is not there',
    write('trade/modify-strategy-order', { clientOid: 'nobody', stopLoss: '58500', qty: '0.01' }),
  ),
  refused(
    '25597',
    'cancel of a stop that is not there',
    write('trade/cancel-strategy-order', { clientOid: 'nobody' }),
  ),
  refused(
    '25600',
    'a stop moved to where it is',
    write('trade/modify-strategy-order', {
      clientOid: 'stop-1',
      qty: '0.01',
      stopLoss: '58000',
      slTriggerBy: 'mark',
      slOrderType: 'market',
    }),
    { before: [openLong, stopOfLong] },
  ),
  refused('400172', 'positions of no category', ask('v3/position/current-position'), malformed),
  refused('400172', 'a history of forty days', {
    ...ask('v3/trade/history-orders'),
    query: { ...usdt, startTime: '1700000000000', endTime: '1703500000000' },
  }),
  {
    title: '40404 a path of the other generation',
    send: ask('v3/mix/order/detail'),
    status: 404,
    answer: noSuchPath,
    notUnderstood: ['GET /api/v3/mix/order/detail'],
  },
  refused('400172', 'an order for retail alone', create({ ...limit, timeInForce: 'rpi' }), {
    ...malformed,
    notUnderstood: ['timeInForce'],
  }),
  refused(
    '25612',
    'a stop on an order that closes',
    create({ ...atMarket, side: 'sell', reduceOnly: 'yes', stopLoss: '58000' }),
    { before: [openLong] },
  ),
  refused(
    '25236',
    "a stop whose side is not that of the position's end",
    strategy({ ...sell, side: 'buy', posSide: 'long', stopLoss: '58000' }),
    { before: [openLong] },
  ),
  refused(
    '40019',
    'hedge mode: isolated leverage of both sides at once',
    write('account/set-leverage', { leverage: '5', marginMode: 'isolated' }),
    { before: [hedgeOn], msg: /DOUBLE_SIDE_HOLD/ },
  ),
  refused('429', 'eleven orders in a second', create(limit), {
    before: Array.from({ length: 10 }, () => create(limit)),
    status: 429,
    msg: ['one of', 'Too Many Requests'],
  }),
]
