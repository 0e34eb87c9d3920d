import type { Json, Probe, Shape, WireText, Words } from '../../test/wire/evidence.ts'
import { gatewayRefusal, refusal, says } from './shapes.ts'
import { ask, btc, look, openLong, placeAlgo, post, restingBuy, stop, swaps } from './words.ts'

// docs/wire/okx.md 2, 4.6 and 6: what is refused as a whole. HTTP 200 unless said otherwise.

const balance = ask('account/balance')
const noInstrument = says("Instrument ID, Instrument ID code, or Spread ID doesn't exist.")

function whole(
  code: string,
  msg: Shape,
  title: string,
  send: Probe['send'],
  more: Partial<Probe> = {},
): Probe {
  return { title: `${code} ${title}`, send, answer: refusal(code, msg), ...more }
}

/** HTTP 401, and no `data`. */
function gateway(code: string, msg: Shape, title: string, send: Probe['send']): Probe {
  return { title: `${code} ${title}`, send, status: 401, answer: gatewayRefusal(code, msg) }
}

function withHeader(words: Words, name: string, value: string): Words {
  return {
    ...words,
    spoil: (request) => ({ ...request, headers: { ...request.headers, [name]: value } }),
  }
}

function withoutHeader(words: Words, name: string): Words {
  return { ...words, spoil: (request) => ({ ...request, headers: without(request, name) }) }
}

function without({ headers }: WireText, name: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).filter(([header]) => header !== name))
}

function setLeverage(lever: string, more: { readonly [key: string]: Json } = {}): Words {
  return post('account/set-leverage', { ...btc, lever, mgnMode: 'cross', ...more })
}

const badBody: Partial<Probe> = { status: 400 }

export const refusals: readonly Probe[] = [
  {
    title: '404 no such path',
    send: look('public/nothing'),
    status: 404,
    answer: { code: says('404'), msg: says('Not Found'), data: ['rows'] },
    notUnderstood: ['GET /api/v5/public/nothing'],
  },
  {
    title: '50115 a method the path does not have',
    send: { ...look('public/time'), method: 'DELETE' },
    status: 405,
    answer: { code: says('50115'), msg: 'text', data: ['optional', ['rows']] },
    notUnderstood: ['DELETE /api/v5/public/time'],
  },
  gateway('50103', says('Request header OK-ACCESS-KEY can not be empty.'), 'no headers', {
    ...balance,
    access: 'public',
  }),
  gateway('50106', 'text', 'no signature', withoutHeader(balance, 'ok-access-sign')),
  gateway('50107', 'text', 'no time', withoutHeader(balance, 'ok-access-timestamp')),
  gateway('50104', 'text', 'no passphrase', withoutHeader(balance, 'ok-access-passphrase')),
  gateway('50112', 'text', 'a time in milliseconds', {
    ...withHeader(balance, 'ok-access-timestamp', '1767225600000'),
  }),
  gateway('50102', says('Timestamp request expired'), 'a time 31 s ago', {
    ...balance,
    signedAfterMs: -31_000,
  }),
  gateway('50102', says('Timestamp request expired'), 'a time 31 s ahead', {
    ...balance,
    signedAfterMs: 31_000,
  }),
  gateway('50119', says("API key doesn't exist"), 'a key nobody knows', {
    ...withHeader(balance, 'ok-access-key', '00000000-aaaa-bbbb-cccc-000000000000'),
  }),
  gateway('50102', says('Timestamp request expired'), 'the time before the key', {
    ...withHeader(balance, 'ok-access-key', '00000000-aaaa-bbbb-cccc-000000000000'),
    signedAfterMs: -31_000,
  }),
  gateway('50105', 'text', 'a wrong passphrase', {
    ...withHeader(balance, 'ok-access-passphrase', 'Another-1'),
  }),
  gateway('50113', says('Invalid Sign'), 'a wrong signature', {
    ...withHeader(balance, 'ok-access-sign', 'd1RvMmMPDbdjBhc/S8f5PTwys3groxPbe56ZJC6H/UY='),
  }),
  whole(
    '50014',
    says('Parameter instId can not be empty.'),
    'a ticker of nothing',
    look('market/ticker'),
    badBody,
  ),
  whole(
    '50014',
    says('Parameter instType can not be empty.'),
    'a history of no kind',
    ask('trade/orders-history'),
    badBody,
  ),
  whole(
    '50014',
    says('Parameter ordType can not be empty.'),
    'conditional orders of no kind',
    ask('trade/orders-algo-pending', swaps),
    badBody,
  ),
  whole(
    '50015',
    says('Either parameter state or algoId is required.'),
    'ended conditional orders of no state',
    ask('trade/orders-algo-history', { ordType: 'conditional' }),
    badBody,
  ),
  whole(
    '50015',
    says('Either parameter sz or closeFraction is required.'),
    'a conditional order of no size',
    placeAlgo({
      side: 'sell',
      ordType: 'conditional',
      slTriggerPx: '58000',
      slOrdPx: '-1',
      reduceOnly: true,
    }),
    badBody,
  ),
  whole(
    '50015',
    says('Either parameter tpTriggerPx or slTriggerPx is required.'),
    'a conditional order of no leg',
    placeAlgo({ side: 'sell', ordType: 'conditional', sz: '1', reduceOnly: true }),
    badBody,
  ),
  whole(
    '50015',
    says('Either parameter callbackRatio or callbackSpread is required.'),
    'a trailing stop of no distance',
    placeAlgo({ side: 'sell', ordType: 'move_order_stop', sz: '1' }),
    badBody,
  ),
  whole(
    '50014',
    says('Parameter side can not be empty.'),
    'an order of no side',
    post('trade/order', { ...btc, tdMode: 'cross', ordType: 'market', sz: '1' }),
    badBody,
  ),
  whole(
    '51000',
    says('Parameter bar  error'),
    'candles of seven minutes',
    look('market/candles', { ...btc, bar: '7m' }),
    { ...badBody, notUnderstood: ['bar'] },
  ),
  whole(
    '51000',
    says('Parameter timeOut  error'),
    "a dead man's switch of five seconds",
    post('trade/cancel-all-after', { timeOut: '5' }),
    badBody,
  ),
  whole(
    '51000',
    says('Parameter posSide  error'),
    'leverage of a side in net mode',
    setLeverage('7', { posSide: 'long' }),
    badBody,
  ),
  whole(
    '51000',
    says('Parameter mgnMode  error'),
    'leverage of no margin mode there is',
    setLeverage('7', { mgnMode: 'both' }),
    { ...badBody, notUnderstood: ['mgnMode'] },
  ),
  whole(
    '51000',
    says('Parameter posMode  error'),
    'no such position mode',
    post('account/set-position-mode', { posMode: 'hedge' }),
    { ...badBody, notUnderstood: ['posMode'] },
  ),
  whole(
    '51000',
    says('Parameter ordType  error'),
    'conditional orders of kinds that do not go together',
    ask('trade/orders-algo-pending', { ...swaps, ordType: 'conditional,trigger' }),
    badBody,
  ),
  whole(
    '50014',
    says('Parameter mgnMode can not be empty.'),
    'a position closed of no margin mode',
    post('trade/close-position', btc),
    badBody,
  ),
  whole(
    '51001',
    noInstrument,
    'no such instrument, read',
    look('market/ticker', { instId: 'FOO-SWAP' }),
  ),
  whole('51603', says('Order does not exist'), 'no such order', {
    ...ask('trade/order', { ...btc, clOrdId: 'nobody' }),
  }),
  whole('51603', says('Order does not exist'), 'no such conditional order', {
    ...ask('trade/order-algo', { algoClOrdId: 'nobody' }),
  }),
  whole('50000', 'text', 'an empty list', post('trade/batch-orders', []), badBody),
  whole(
    '50002',
    'text',
    'an object where a list belongs',
    {
      ...post('trade/cancel-algos', { ...btc, algoId: '1' }),
    },
    { ...badBody, notUnderstood: ['instId', 'algoId'] },
  ),
  whole(
    '50002',
    'text',
    'a body that is no JSON',
    {
      ...post('trade/order', {}),
      json: 'not an object',
    },
    badBody,
  ),
  whole(
    '51111',
    'text',
    'a batch of twenty-one',
    post(
      'trade/batch-orders',
      Array.from({ length: 21 }, () => ({
        ...btc,
        tdMode: 'cross',
        side: 'buy',
        ordType: 'market',
        sz: '1',
      })),
    ),
    badBody,
  ),
  whole('59102', 'text', 'leverage above the maximum', setLeverage('1000')),
  whole('59107', 'text', 'leverage with an order pending', setLeverage('7'), {
    before: [restingBuy],
  }),
  whole('59107', 'text', 'leverage with an order pending, as it is', setLeverage('3'), {
    before: [restingBuy],
  }),
  whole('59669', 'text', 'leverage with a conditional order pending', setLeverage('7'), {
    before: [placeAlgo(stop)],
  }),
  whole('51023', 'text', 'a position closed that nobody has', {
    ...post('trade/close-position', { ...btc, mgnMode: 'cross' }),
  }),
  whole(
    '51115',
    'text',
    'a position closed that orders wait to close',
    {
      ...post('trade/close-position', { ...btc, mgnMode: 'cross', autoCxl: false }),
    },
    {
      status: 429,
      before: [
        openLong,
        post('trade/order', {
          ...btc,
          tdMode: 'cross',
          side: 'sell',
          ordType: 'limit',
          px: '60500',
          sz: '1',
          reduceOnly: true,
        }),
      ],
    },
  ),
]
