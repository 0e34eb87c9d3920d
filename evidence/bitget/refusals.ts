import type { Probe, Shape, WireText } from '../../test/wire/evidence.ts'
import { refusal } from './shapes.ts'
import {
  account,
  ask,
  btc,
  create,
  detail,
  look,
  market,
  openLong,
  pending,
  post,
  restingBuy,
  usdt,
  write,
} from './words.ts'

// docs/wire/bitget.md 6 and 6.1: HTTP 400 unless said otherwise.

export function refused(
  code: string,
  title: string,
  send: Probe['send'],
  more: Partial<Probe> & { readonly msg?: Shape } = {},
): Probe {
  const { msg, ...rest } = more
  return { title: `${code} ${title}`, send, status: 400, answer: refusal(code, msg), ...rest }
}

function without(header: string): (request: WireText) => WireText {
  return (request) => ({
    ...request,
    headers: Object.fromEntries(
      Object.entries(request.headers).filter(([name]) => name !== header),
    ),
  })
}

function instead(header: string, value: string): (request: WireText) => WireText {
  return (request) => ({ ...request, headers: { ...request.headers, [header]: value } })
}

export const noSuchPath: Shape = {
  code: ['one of', '40404'],
  msg: 'text',
  requestTime: 'integer',
  data: 'null',
}

const isMissing = /^Parameter .+ cannot be empty$/
const isMalformed = /^Parameter .+ error$/
const limit = { side: 'buy', orderType: 'limit', size: '0.01', price: '59000' } as const
const atMarket = { side: 'buy', orderType: 'market', size: '0.01' } as const
const cancelEntry = write('order/cancel-order', { clientOid: 'entry-1' })

export const refusals: readonly Probe[] = [
  refused('40404', 'no such path', look('v2/mix/market/nothing'), {
    status: 404,
    answer: noSuchPath,
    notUnderstood: ['GET /api/v2/mix/market/nothing'],
  }),
  refused('30032', 'the first generation', look('mix/v1/market/contracts'), {
    status: 400,
    notUnderstood: ['GET /api/mix/v1/market/contracts'],
  }),
  refused('40001', 'no key', { ...account, spoil: without('access-key') }),
  refused('40002', 'no signature', { ...account, spoil: without('access-sign') }),
  refused('40011', 'no passphrase', { ...account, spoil: without('access-passphrase') }),
  refused('40005', 'no time', { ...account, spoil: without('access-timestamp') }),
  refused('40005', 'a time that is none', {
    ...account,
    spoil: instead('access-timestamp', 'yesterday'),
  }),
  refused('40008', 'a time 31 s ago', { ...account, signedAfterMs: -31_000 }),
  refused('40008', 'a time 31 s ahead', { ...account, signedAfterMs: 31_000 }),
  refused('40037', 'a key nobody knows', {
    ...account,
    spoil: instead('access-key', 'bg_nobody'),
  }),
  refused('40012', 'a wrong passphrase', {
    ...account,
    spoil: instead('access-passphrase', 'wrong'),
  }),
  refused(
    '40009',
    'a wrong signature',
    { ...account, spoil: instead('access-sign', 'AAAA') },
    { msg: ['one of', 'sign signature error'] },
  ),
  refused('40084', 'a classic account asks the unified API', ask('v3/account/settings'), {
    msg: [
      'one of',
      'You are in Classic Account mode, and the Unified Account API is not supported at this time',
    ],
  }),
  refused('40084', 'a classic account orders by the unified API', {
    ...post('v3/trade/place-order', {
      category: 'USDT-FUTURES',
      symbol: 'BTCUSDT',
      qty: '0.01',
      side: 'buy',
      orderType: 'market',
    }),
  }),
  refused('40008', 'an old time and a key nobody knows: the time is looked at first', {
    ...account,
    signedAfterMs: -31_000,
    spoil: instead('access-key', 'bg_nobody'),
  }),
  refused('40034', 'no such symbol, public', market('ticker', { symbol: 'FOOUSDT' })),
  refused('40034', 'no such symbol, private', create({ ...limit, symbol: 'FOOUSDT' })),
  refused('40019', 'no product type', look('v2/mix/market/tickers'), { msg: isMissing }),
  refused(
    '40020',
    'no such product type',
    look('v2/mix/market/tickers', { productType: 'FOO-FUTURES' }),
    { msg: isMalformed, notUnderstood: ['productType'] },
  ),
  refused('40019', 'no size', create({ side: 'buy', orderType: 'market' }), { msg: isMissing }),
  refused('40019', 'a limit order without a price', create({ ...limit, price: '' }), {
    msg: isMissing,
  }),
  refused('400171', 'no such granularity', market('candles', { granularity: '7m' }), {
    notUnderstood: ['granularity'],
  }),
  refused('40020', 'no such side', create({ ...atMarket, side: 'long' }), {
    msg: isMalformed,
    notUnderstood: ['side'],
  }),
  refused('40020', 'no such order type', create({ ...atMarket, orderType: 'stop' }), {
    msg: isMalformed,
    notUnderstood: ['orderType'],
  }),
  refused('40808', 'too many decimals in the size', create({ ...atMarket, size: '0.01001' }), {
    msg: /checkBDScale/,
  }),
  refused('40808', 'too many decimals in the price', create({ ...limit, price: '59000.05' }), {
    msg: /checkBDScale/,
  }),
  refused('45112', 'more than a market order may be', create({ ...atMarket, size: '221' })),
  refused('45112', 'more than a limit order may be', create({ ...limit, size: '1201' })),
  refused('45110', 'a notional below the minimum', create({ ...atMarket, size: '0.0001' }), {
    before: [{ price: ['BTCUSDT', '40000'] }],
    msg: /less than the minimum amount 5 USDT/,
  }),
  refused('40815', 'a limit price above the band', create({ ...limit, price: '70000' })),
  refused(
    '40816',
    'a limit price below the band',
    create({ ...limit, side: 'sell', price: '50000' }),
  ),
  refused('40762', 'more than the account can carry', create({ ...limit, size: '200' }), {
    msg: ['one of', 'The order amount exceeds the balance'],
  }),
  refused('40786', 'a client id of an open order', create({ ...limit, clientOid: 'resting-1' }), {
    before: [restingBuy],
  }),
  refused('40305', 'a client id of strange letters', create({ ...limit, clientOid: 'a b' })),
  refused('40305', 'a client id of 51 letters', create({ ...limit, clientOid: 'a'.repeat(51) })),
  refused('22002', 'reduce-only while flat', create({ ...atMarket, reduceOnly: 'YES' })),
  refused('40109', 'an unknown order', detail('nobody')),
  refused('40913', 'an order without an id', ask('v2/mix/order/detail', btc)),
  refused('40768', 'cancel of an unknown order', write('order/cancel-order', { clientOid: 'no' })),
  refused('40913', 'cancel without an id', write('order/cancel-order', {})),
  refused('22001', 'cancel of an order that has ended', cancelEntry, {
    before: [openLong],
    msg: ['one of', 'No order to cancel'],
  }),
  refused(
    '22001',
    'cancel of a symbol without orders',
    post('v2/mix/order/batch-cancel-orders', btc),
  ),
  refused(
    '22001',
    'cancel of everything without orders',
    post('v2/mix/order/cancel-all-orders', { ...usdt, marginCoin: 'USDT' }),
  ),
  refused(
    '40768',
    'amend of an unknown order',
    write('order/modify-order', {
      clientOid: 'nobody',
      newClientOid: 'new-1',
      newSize: '0.02',
      newPrice: '59000',
    }),
  ),
  refused(
    '40922',
    'amend of an order that has ended',
    write('order/modify-order', {
      clientOid: 'entry-1',
      newClientOid: 'new-1',
      newSize: '0.02',
      newPrice: '59000',
    }),
    { before: [openLong] },
  ),
  refused(
    '40923',
    'amend without a change',
    write('order/modify-order', {
      clientOid: 'resting-1',
      newClientOid: 'new-1',
      newSize: '0.01',
      newPrice: '59000',
    }),
    { before: [restingBuy] },
  ),
  refused(
    '22003',
    'amend without a new client id',
    write('order/modify-order', { clientOid: 'resting-1', newSize: '0.02', newPrice: '59000' }),
    { before: [restingBuy] },
  ),
  refused(
    '40925',
    'amend of the price alone',
    write('order/modify-order', {
      clientOid: 'resting-1',
      newClientOid: 'new-1',
      newPrice: '58900',
    }),
    { before: [restingBuy] },
  ),
  refused(
    '40306',
    'more than fifty orders at once',
    write('order/batch-place-order', {
      marginMode: 'crossed',
      orderList: Array.from({ length: 51 }, () => limit),
    }),
  ),
  refused('40705', 'a time range of four months', {
    ...pending,
    query: { ...btc, startTime: '1700000000000', endTime: '1711000000000' },
  }),
  {
    title: '40404 a call the venue leaves out',
    send: ask('v2/mix/account/max-open', btc),
    status: 404,
    answer: noSuchPath,
    notUnderstood: ['GET /api/v2/mix/account/max-open'],
  },
]
