import type { Probe, Shape, Words } from '../../test/wire/evidence.ts'
import { a, BAD, b } from './refused.ts'
import { is, iso, refusalB } from './shapes.ts'
import { API, ask, btc, look, market, post, put, send } from './words.ts'

// docs/wire/kraken.md 2.4, 2.5, 3, 4.4, 5.4, 6 and 7: refusals of whole requests, in the envelopes
// A, B, D, E and F.

const wallet = ask(`${API}/accounts`)
const past = ask('/api/history/v3/orders')
const check = ask('/api/auth/v1/api-keys/v3/check')
const rows10 = ask('/api/history/v3/account-log', { count: '5001' })

const SERVER = 'INTERNAL_SERVER_ERROR'

function wronglySigned(words: Words): Words {
  return {
    ...words,
    spoil: (request) => ({
      ...request,
      headers: { ...request.headers, authent: Buffer.alloc(64).toString('base64') },
    }),
  }
}

function ofNobody(words: Words): Words {
  return {
    ...words,
    spoil: (request) => ({ ...request, headers: { ...request.headers, apikey: 'nobody' } }),
  }
}

const D: Shape = { status: is('unauthorized'), reason: is('authentication failed') }

export const refusals: readonly Probe[] = [
  a('authenticationError', 'a wrong signature', wronglySigned(wallet)),
  a('authenticationError', 'a key nobody knows', ofNobody(wallet)),
  a('authenticationError', 'no headers', { ...wallet, access: 'public' }),
  a('authenticationError', 'an order with a wrong signature', wronglySigned(send(market))),
  a(
    'nonceDuplicate',
    'a nonce that was used',
    { ...wallet, signedAfterMs: 0 },
    { before: [{ ...wallet, signedAfterMs: 0 }] },
  ),
  a(
    'nonceBelowThreshold',
    'a nonce below the highest',
    { ...wallet, signedAfterMs: -1_000 },
    { before: [{ ...wallet, signedAfterMs: 0 }] },
  ),
  {
    title: 'D 401 history: a wrong signature',
    send: wronglySigned(past),
    status: 401,
    answer: D,
  },
  {
    title: 'D 401 history: no headers',
    send: { ...past, access: 'public' },
    status: 401,
    answer: D,
  },
  {
    title: 'D 401 credential probe: a wrong signature',
    send: wronglySigned(check),
    status: 401,
    answer: {
      error: is('request_signature_invalid'),
      message: is('Request signature is invalid'),
      suberror: 'null',
    },
  },
  {
    title: 'D 401 credential probe: a key nobody knows',
    send: ofNobody(check),
    status: 401,
    answer: { error: is('api_key_not_found'), message: 'text', suberror: 'null' },
  },
  a('apiLimitExceeded', '500 in 10 s', wallet, {
    before: Array.from({ length: 20 }, () => post('/cancelallorders')),
  }),
  {
    title: 'F 429 history: 100 in 10 min',
    before: Array.from({ length: 10 }, () => rows10),
    send: past,
    status: 429,
    text: 'Too many requests',
  },
  a('contractNotFound', 'no such symbol, status', look(`${API}/instruments/PF_FOOUSD/status`), {
    notUnderstood: ['GET /derivatives/api/v3/instruments/PF_FOOUSD/status'],
  }),
  a('contractNotFound', 'no such symbol, book', look(`${API}/orderbook`, { symbol: 'PF_FOOUSD' })),
  a('contractNotFound', 'no such symbol, trades', look(`${API}/history`, { symbol: 'PF_FOOUSD' })),
  a('contractNotFound', 'no such symbol, order', send({ ...market, symbol: 'PF_FOOUSD' })),
  a('contractNotFound', 'no such symbol, cancel all', post('/cancelallorders', { symbol: 'FOO' })),
  b(
    [404, 'NOT_FOUND', 0],
    is('Contract does not exist'),
    'no such symbol, ticker',
    look(`${API}/tickers/PF_FOOUSD`),
    { notUnderstood: ['GET /derivatives/api/v3/tickers/PF_FOOUSD'] },
  ),
  b(
    [400, 'BAD_REQUEST', 87],
    is('CONTRACT_DOES_NOT_EXIST'),
    'no such symbol, funding history',
    look('/derivatives/api/v4/historicalfundingrates', { symbol: 'PF_FOOUSD' }),
  ),
  b(
    [500, SERVER, 87],
    is('CONTRACT_DOES_NOT_EXIST'),
    'no such symbol, leverage',
    put('/leveragepreferences', { symbol: 'PF_FOOUSD', maxLeverage: '5' }),
  ),
  b(
    [500, SERVER, 87],
    is('CONTRACT_DOES_NOT_EXIST'),
    'leverage of a symbol in lower case',
    put('/leveragepreferences', { symbol: 'pf_xbtusd', maxLeverage: '5' }),
  ),
  b(
    [500, SERVER, 41],
    'text',
    'leverage that would liquidate the position',
    put('/leveragepreferences', { ...btc, maxLeverage: '100' }),
    { before: [send(market), { price: ['BTCUSDT', '59000'] }] },
  ),
  b(
    [500, SERVER, 92],
    is('INSUFFICIENT_MARGIN'),
    'leverage that asks for more than there is',
    put('/leveragepreferences', { ...btc, maxLeverage: '1' }),
    { before: [send({ ...market, size: '2' })] },
  ),
  b(
    BAD,
    'text',
    'leverage above the maximum',
    put('/leveragepreferences', { ...btc, maxLeverage: '101' }),
  ),
  b(BAD, 'text', 'leverage below one', put('/leveragepreferences', { ...btc, maxLeverage: '0.5' })),
  b(
    BAD,
    'text',
    'leverage that is no number',
    put('/leveragepreferences', { ...btc, maxLeverage: 'high' }),
  ),
  // Without a time in 3.4, with one in 6.1.
  b([400, 'BAD_REQUEST', 0], is('400 BAD_REQUEST'), 'no symbol, book', look(`${API}/orderbook`), {
    answer: refusalB('BAD_REQUEST', 0, is('400 BAD_REQUEST'), ['optional', iso]),
  }),
  {
    title: 'E 400 no such resolution, in plain text',
    send: look('/api/charts/v1/trade/PF_XBTUSD/7m'),
    status: 400,
    text: 'Invalid resolution',
    notUnderstood: ['GET /api/charts/v1/trade/PF_XBTUSD/7m'],
  },
  {
    title: 'E 404 candles of no such symbol, in plain text',
    send: look('/api/charts/v1/trade/PF_FOOUSD/1m'),
    status: 404,
    text: /^[^{]*$/,
    notUnderstood: ['GET /api/charts/v1/trade/PF_FOOUSD/1m'],
  },
]
