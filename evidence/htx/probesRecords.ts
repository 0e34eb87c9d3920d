import type { Probe, Words } from '../../test/wire/evidence.ts'
import { fill, is, num, rows } from './shapes.ts'
import { ask, btc, closeLong, limit, memberOf, openLong, orderIdOf, place } from './words.ts'

// docs/wire/htx.md 4.8.

const details = '/v5/trade/order/details'
const entry = {
  ...fill,
  side: is('buy'),
  type: is('market'),
  role: is('TAKER'),
  trade_price: /^6\d{4}/,
  trade_volume: is('10'),
  trade_turnover: /^60\d(\.\d+)?$/,
  trade_fee: /^0\.36\d*$/,
  profit: num('0'),
} as const
const exit = {
  ...entry,
  side: is('sell'),
  trade_price: /^[56]\d{4}/,
  trade_turnover: 'decimal',
  trade_fee: /^0\.3[56]\d*$/,
  profit: /^-0\.\d+$/,
} as const
const time: Words = { method: 'GET', path: '/api/v1/timestamp', access: 'public' }
const HOUR = 3_600_000

export const recordProbes: readonly Probe[] = [
  { title: 'no fill', send: ask(details, btc), answer: rows() },
  {
    title: 'a fill, its fee positive when paid',
    before: [openLong],
    send: ask(details),
    answer: rows(entry),
  },
  {
    title: 'fills of a window, ascending',
    before: [openLong, closeLong, time],
    send: (earlier) => {
      const now = Number(memberOf(earlier[2], 'ts'))
      return ask(details, {
        ...btc,
        start_time: String(now - HOUR),
        end_time: String(now + HOUR),
        limit: '100',
      })
    },
    answer: rows(entry, exit),
  },
  {
    title: 'fills of one order',
    before: [openLong, closeLong],
    send: (earlier) => ask(details, { ...btc, order_id: orderIdOf(earlier[1]) }),
    answer: rows(exit),
  },
  {
    title: 'fills: one a page',
    before: [openLong, closeLong],
    send: ask(details, { ...btc, limit: '1' }),
    answer: rows(entry),
  },
  {
    title: 'fills: the next page begins behind an id',
    before: [openLong, closeLong, ask(details, { ...btc, limit: '1' })],
    send: (earlier) =>
      ask(details, { ...btc, from: /"id":"(\d+)"/.exec(JSON.stringify(earlier[2]))?.[1] ?? '' }),
    answer: rows(exit),
  },
  {
    title: 'a resting order that was taken is a maker fill',
    before: [place({ ...limit, client_order_id: '2001' }), { price: ['BTCUSDT', '59000'] }],
    send: ask(details, btc),
    answer: rows({
      ...entry,
      type: is('limit'),
      role: is('MAKER'),
      trade_price: num('59500'),
      trade_turnover: num('595'),
      trade_fee: num('0.119'),
    }),
  },
]
