import type { Probe, Shape, Words } from '../../test/wire/evidence.ts'
import { is, refusal } from './shapes.ts'
import { marketRefusal, referenceRefusal } from './shapesMarket.ts'
import { ask, btc, cross, limit, look, market, openLong, place, post, restingBuy } from './words.ts'

// docs/wire/htx.md 2, 3, 4.4 and the texts in 6. HTTP 200 unless said otherwise.

const funds = ask('/v5/account/balance')
const depth = '/linear-swap-ex/market/depth'
const klines = '/linear-swap-ex/market/history/kline'
const MINUTE = 60_000

export function refused(
  code: number,
  message: Shape,
  title: string,
  send: Probe['send'],
  more: Partial<Probe> = {},
): Probe {
  return { title: `${code} ${title}`, send, answer: refusal(code, message), ...more }
}

/** The text itself. */
export function says(text: string): Shape {
  return ['one of', text]
}

/** Changes one of the pairs behind the question mark after the signing. */
function spoiled(pattern: RegExp, value: string): Words {
  return {
    ...funds,
    spoil: (request) => ({ ...request, query: request.query.replace(pattern, value) }),
  }
}

/** At the door the text stands in `msg`. */
function atTheDoor(
  title: string,
  text: string,
  send: Probe['send'],
  more: Partial<Probe> = {},
): Probe {
  const answer: Shape = { code: is(403), msg: says(text), data: 'null', ts: 'ms' }
  return { title: `403 ${title}`, send, answer, ...more }
}

/** Market data has words for a code. */
function badMarket(title: string, send: Probe['send'], more: Partial<Probe> = {}): Probe {
  return {
    title: `bad-request ${title}`,
    send,
    answer: marketRefusal('bad-request', 'text'),
    ...more,
  }
}

export const refusals: readonly Probe[] = [
  {
    title: 'HTTP 404 no such path',
    send: look('/v5/market/nothing'),
    status: 404,
    notUnderstood: ['GET /v5/market/nothing'],
  },
  {
    title: 'HTTP 404 a path of the spot host',
    send: ask('/v2/user/uid'),
    status: 404,
    notUnderstood: ['GET /v2/user/uid'],
  },
  {
    title: '1032 HTTP 429 more than 72 reads in 3 s',
    before: Array.from({ length: 72 }, () => ask('/v5/position/mode')),
    send: ask('/v5/position/mode'),
    status: 429,
    answer: refusal(1032, says('The number of access exceeded the limit.')),
  },
  {
    title: 'HTTP 403 a GET with a body',
    send: {
      ...funds,
      spoil: (request) => ({
        ...request,
        headers: { ...request.headers, 'content-type': 'application/json' },
        body: '{}',
      }),
    },
    status: 403,
  },
  atTheDoor(
    'a key nobody knows',
    'Incorrect Access key [Access key错误]',
    spoiled(/AccessKeyId=[^&]*/, 'AccessKeyId=nobody-00000000-00000000-00000'),
  ),
  atTheDoor(
    'another signature method',
    'Incorrect signature method [错误的签名方法]',
    spoiled(/SignatureMethod=[^&]*/, 'SignatureMethod=HmacSHA1'),
  ),
  atTheDoor(
    'another signature version',
    'Incorrect signature version [错误的签名版本]',
    spoiled(/SignatureVersion=2/, 'SignatureVersion=1'),
  ),
  atTheDoor(
    'a wrong signature',
    'Verification failure [校验失败]',
    spoiled(/Signature=[^&]{4}/, 'Signature=AAAA'),
  ),
  atTheDoor(
    'a parameter that was not signed',
    'Verification failure [校验失败]',
    spoiled(/&Signature=/, '&zone=8&Signature='),
    { notUnderstood: ['zone'] },
  ),
  atTheDoor('a time six minutes ago', 'Invalid submission time [提交时间错误]', {
    ...funds,
    signedAfterMs: -6 * MINUTE,
  }),
  atTheDoor('a time six minutes ahead', 'Invalid submission time [提交时间错误]', {
    ...funds,
    signedAfterMs: 6 * MINUTE,
  }),
  atTheDoor('a time before a signature', 'Invalid submission time [提交时间错误]', {
    ...spoiled(/Signature=[^&]{4}/, 'Signature=AAAA'),
    signedAfterMs: -6 * MINUTE,
  }),
  {
    title: 'invalid-parameter no such contract, market data',
    send: look(klines, { contract_code: 'FOO-USDT', period: '1min', size: '1' }),
    answer: marketRefusal('invalid-parameter', says('invalid symbol')),
  },
  badMarket('klines without a period', look(klines, { ...btc, size: '1' })),
  badMarket(
    'klines of a length there is not',
    look(klines, { ...btc, period: '3min', size: '1' }),
    { notUnderstood: ['period'] },
  ),
  badMarket('klines without size or span', look(klines, { ...btc, period: '1min' })),
  badMarket(
    'klines with half a span',
    look(klines, { ...btc, period: '1min', from: '1767220000' }),
  ),
  badMarket('a book without a type', look(depth, btc)),
  badMarket('trades without a size', look('/linear-swap-ex/market/history/trade', btc)),
  {
    title: '1332 no such contract, reference',
    send: look('/linear-swap-api/v1/swap_contract_info', { contract_code: 'FOO-USDT' }),
    answer: referenceRefusal(1332, says('The contract doesnt exist.')),
  },
  refused(
    1013,
    says('This contract symbol doesnt exist.'),
    'no such contract, V5 market data',
    look('/v5/market/funding_rate', { contract_code: 'FOO-USDT' }),
  ),
  refused(
    1013,
    says('This contract symbol doesnt exist.'),
    'no such contract, an order',
    post('/v5/trade/order', { ...market, contract_code: 'FOO-USDT', margin_mode: 'cross' }),
  ),
  ...['contract_code', 'margin_mode', 'side', 'type', 'volume'].map((name) =>
    refused(
      1066,
      says(`The ${name} field cannot be empty. Please re-enter.`),
      `an order without ${name}`,
      post(
        '/v5/trade/order',
        Object.fromEntries(Object.entries({ ...cross, ...market }).filter(([key]) => key !== name)),
      ),
    ),
  ),
  ...Object.entries({
    side: 'long',
    type: 'opponent',
    margin_mode: 'crossed',
    time_in_force: 'GTX',
  }).map(([name, value]) =>
    refused(
      1067,
      says(`The ${name} field is invalid. Please re-enter.`),
      `an order with an unknown ${name}`,
      place({ ...limit, [name]: value }),
      { notUnderstood: [name] },
    ),
  ),
  {
    title: '1030 a body that is no JSON',
    send: { ...restingBuy, spoil: (request) => ({ ...request, body: '{"contract_code":' }) },
    text: /^\{"code":1030,"message":"Input error\.","data":null,"ts":\d{13}\}$/,
  },
  refused(1030, says('Input error.'), 'a part of a contract', place({ ...market, volume: '1.5' })),
  refused(
    1040,
    says('Invalid amount, please modify and order again.'),
    'no contract',
    place({ ...market, volume: '0' }),
  ),
  refused(
    1041,
    /^The order amount exceeds the limit \(\d+Cont\), please modify and order again\.$/,
    'more than an order may be',
    place({ ...market, volume: '99999999' }),
  ),
  refused(
    1038,
    says('The order price exceeds the precision limit, please modify and order again.'),
    'a price off the tick',
    place({ ...limit, price: '59500.05' }),
  ),
  refused(
    1039,
    /^Buy price must be lower than 6[23]\d{3}(\.\d+)?USDT\. Sell price must exceed 5[67]\d{3}(\.\d+)?USDT\.$/,
    'a buy above the band',
    place({ ...limit, price: '70000' }),
  ),
  refused(
    1039,
    /^Buy price must be lower than /,
    'a sell below the band',
    place({ ...limit, side: 'sell', price: '50000' }),
  ),
  refused(
    1047,
    says('Insufficient margin available.'),
    'more than the account can carry',
    place({ ...limit, volume: '10000' }),
  ),
  refused(
    1050,
    says("Customer's order number is repeated. Please try again later."),
    'a client id that is live',
    restingBuy,
    { before: [restingBuy] },
  ),
  refused(
    1065,
    'text',
    'a client id beyond 64 bits',
    place({ ...limit, client_order_id: '9223372036854775808' }),
  ),
  refused(1492, 'text', 'reduce-only with nothing to close', place({ ...market, reduce_only: 1 })),
  refused(
    1492,
    'text',
    'reduce-only larger than the position',
    place({ ...market, side: 'sell', volume: '11', reduce_only: 1 }),
    { before: [openLong] },
  ),
  refused(
    1492,
    'text',
    'reduce-only beside a closing order that rests',
    place({ ...market, side: 'sell', reduce_only: 1 }),
    { before: [openLong, place({ ...limit, side: 'sell', price: '61000', reduce_only: 1 })] },
  ),
  refused(
    1017,
    says('Order doesnt exist.'),
    'an order nobody knows',
    ask('/v5/trade/order', { ...cross, order_id: '1512501029504577536' }),
  ),
  refused(
    1017,
    says('Order doesnt exist.'),
    'a client id whose order was filled',
    ask('/v5/trade/order', { ...cross, client_order_id: '1001' }),
    { before: [openLong] },
  ),
  refused(
    1017,
    says('Order doesnt exist.'),
    'an order of the other margin mode',
    ask('/v5/trade/order', { ...btc, margin_mode: 'isolated', client_order_id: '2001' }),
    { before: [restingBuy] },
  ),
]
