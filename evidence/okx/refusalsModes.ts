import type { Probe, Shape, Words } from '../../test/wire/evidence.ts'
import { adjust, isolatedLong } from './probesIsolated.ts'
import { refusal, says } from './shapes.ts'
import {
  ask,
  btc,
  hedgeOn,
  openLong,
  placeAlgo,
  post,
  restingBuy,
  stop,
  waitingStop,
} from './words.ts'

// docs/wire/okx.md 4.1, 4.6 and 6: modes and isolated margin; refused as a whole, HTTP 200.

function refused(
  code: string,
  title: string,
  send: Words,
  before: Probe['before'] = [],
  msg: Shape = 'text',
): Probe {
  return { title: `${code} ${title}`, before, send, answer: refusal(code, msg) }
}

const netMode = post('account/set-position-mode', { posMode: 'net_mode' })
const flat = says('Margin call failed. Position does not exist.')

export const modeRefusals: readonly Probe[] = [
  refused('59000', 'position mode with a position', hedgeOn, [openLong]),
  refused('59000', 'position mode with an order', hedgeOn, [restingBuy]),
  refused('59000', 'position mode with a conditional order', hedgeOn, [waitingStop]),
  refused('59000', 'position mode as it is, with a position', netMode, [openLong]),
  refused('51070', 'another account mode', post('account/set-account-level', { acctLv: '3' })),
  refused('59300', 'margin of no position', adjust('add', '10'), [], flat),
  refused('51008', 'more margin added than is free', adjust('add', '10000000'), [isolatedLong]),
  refused(
    '59301',
    'more margin taken back than can be',
    adjust('reduce', '190'),
    [isolatedLong],
    says('Margin adjustment failed for exceeding the max limit.'),
  ),
  {
    title: '51000 margin in another coin',
    before: [isolatedLong],
    send: post('account/position/margin-balance', {
      ...btc,
      posSide: 'net',
      type: 'add',
      amt: '1',
      ccy: 'BTC',
    }),
    status: 400,
    answer: refusal('51000', says('Parameter ccy  error')),
  },
  {
    title: '51000 isolated leverage of no side in long/short mode',
    before: [hedgeOn],
    send: post('account/set-leverage', { ...btc, lever: '7', mgnMode: 'isolated' }),
    status: 400,
    answer: refusal('51000', /^Parameter posSide {1,2}error$/),
  },
  refused(
    '51010',
    'leverage of a mode the account does not have',
    post('account/set-leverage', { ...btc, lever: '7', mgnMode: 'cash' }),
  ),
  refused(
    '51023',
    'a side closed that nobody has',
    post('trade/close-position', { ...btc, mgnMode: 'cross', posSide: 'short' }),
    [hedgeOn],
  ),
  refused(
    '59101',
    'isolated leverage with an order pending',
    post('account/set-leverage', { ...btc, lever: '7', mgnMode: 'isolated' }),
    [
      post('trade/order', {
        ...btc,
        tdMode: 'isolated',
        side: 'buy',
        ordType: 'limit',
        px: '59500',
        sz: '1',
      }),
    ],
  ),
  {
    title: '59107 an order is named before a conditional order',
    before: [restingBuy, placeAlgo(stop)],
    send: post('account/set-leverage', { ...btc, lever: '7', mgnMode: 'cross' }),
    answer: refusal('59107'),
  },
  {
    title: '50036 an order that comes too late',
    send: {
      ...restingBuy,
      spoil: (request) => ({
        ...request,
        headers: { ...request.headers, exptime: '1767225599000' },
      }),
    },
    status: 400,
    answer: refusal('50036'),
  },
  {
    title: '50036 no order was made of it',
    before: [],
    send: ask('trade/order', { ...btc, clOrdId: 'resting1' }),
    answer: refusal('51603', says('Order does not exist')),
  },
]
