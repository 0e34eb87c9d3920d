import type { Probe } from '../../test/wire/evidence.ts'
import { refused } from './refusals.ts'
import {
  account,
  create,
  hedgedLong,
  hedgeOn,
  isolatedOn,
  market,
  openLong,
  post,
  protect,
  restingBuy,
  usdt,
  write,
} from './words.ts'

// docs/wire/bitget.md 4.3, 4.4, 6.1 and 7: leverage, margin, position and margin mode, rates.

const atMarket = { side: 'buy', orderType: 'market', size: '0.01' } as const
const addMargin = (amount: string) => write('account/set-margin', { holdSide: 'long', amount })
const isolatedLong = write('order/place-order', { ...atMarket, marginMode: 'isolated' })

const leverage = write('account/set-leverage', { leverage: '7' })
const tooMany = { status: 429, msg: ['one of', 'Too Many Requests'] } as const

const takeOfHedged = create({
  side: 'buy',
  tradeSide: 'close',
  orderType: 'limit',
  price: '61000',
  size: '0.01',
})

export const modeRefusals: readonly Probe[] = [
  refused('40774', 'one-way mode: tradeSide', create({ ...atMarket, tradeSide: 'open' })),
  refused('40774', 'hedge mode: no tradeSide', create(atMarket), { before: [hedgeOn] }),
  refused(
    '22002',
    'hedge mode: closing what is not there',
    create({ ...atMarket, tradeSide: 'close' }),
    { before: [hedgeOn] },
  ),
  refused(
    '22002',
    'hedge mode: the direction instead of the side closes the other leg',
    create({ ...atMarket, side: 'sell', tradeSide: 'close' }),
    { before: [hedgeOn, hedgedLong] },
  ),
  refused(
    '40757',
    'hedge mode: closing more than there is',
    create({ ...atMarket, size: '0.02', tradeSide: 'close' }),
    { before: [hedgeOn, hedgedLong] },
  ),
  refused('40757', 'hedge mode: a limit close above what is free', takeOfHedged, {
    before: [hedgeOn, hedgedLong, takeOfHedged],
  }),
  refused(
    '40774',
    "hedge mode: a stop in one-way mode's words",
    protect({
      planType: 'loss_plan',
      triggerPrice: '58000',
      triggerType: 'mark_price',
      holdSide: 'buy',
      size: '0.01',
    }),
    { before: [hedgeOn, hedgedLong] },
  ),
  refused(
    '40774',
    "one-way mode: a stop in hedge mode's words",
    protect({
      planType: 'loss_plan',
      triggerPrice: '58000',
      triggerType: 'mark_price',
      holdSide: 'long',
      size: '0.01',
    }),
    { before: [openLong] },
  ),
  refused(
    '40920',
    'position mode with a position',
    post('v2/mix/account/set-position-mode', { ...usdt, posMode: 'hedge_mode' }),
    { before: [openLong] },
  ),
  refused(
    '40920',
    'position mode with an order',
    post('v2/mix/account/set-position-mode', { ...usdt, posMode: 'hedge_mode' }),
    { before: [restingBuy] },
  ),
  refused('45117', 'margin mode with a position', isolatedOn, { before: [openLong] }),
  refused('45117', 'margin mode with an order', isolatedOn, { before: [restingBuy] }),
  refused(
    '40020',
    "a margin mode that is not the symbol's",
    write('order/place-order', { ...atMarket, marginMode: 'isolated' }),
  ),
  refused(
    '45045',
    'leverage above the maximum',
    write('account/set-leverage', { leverage: '1000' }),
  ),
  refused('45045', 'leverage of nothing', write('account/set-leverage', { leverage: '0' })),
  refused(
    '40808',
    'hedge mode: isolated leverage without a side',
    write('account/set-leverage', { leverage: '5' }),
    { before: [hedgeOn, isolatedOn], msg: /hold side is null/ },
  ),
  refused('22002', 'margin added to a cross position', addMargin('10'), { before: [openLong] }),
  refused('40711', 'more margin added than is free', addMargin('1000000000'), {
    before: [isolatedOn, isolatedLong],
  }),
  refused('40712', 'more margin taken than is free to go', addMargin('-1000000'), {
    before: [isolatedOn, isolatedLong],
  }),
  refused('40020', 'no margin added', addMargin('0'), { before: [isolatedOn, isolatedLong] }),
  refused('429', 'eleven looks at the account in a second', account, {
    before: Array.from({ length: 10 }, () => account),
    ...tooMany,
  }),
  refused('429', 'six changes of leverage in a second', leverage, {
    before: Array.from({ length: 5 }, () => leverage),
    ...tooMany,
  }),
  refused('429', 'twenty-one looks at the market in a second', market('ticker'), {
    before: Array.from({ length: 20 }, () => market('ticker')),
    ...tooMany,
  }),
]
