import type { Json, Probe, Words } from '../../test/wire/evidence.ts'
import { refused } from './refusals.ts'
import { ask, btc, createPlan, openLong, openShort, protect, stopOfLong, write } from './words.ts'

// docs/wire/bitget.md 4.6 to 4.8 and 6.1: take-profits, stops and plans.

const sized = { size: '0.01', triggerType: 'mark_price' } as const
const wrong = (json: { readonly [key: string]: Json }): Words => protect({ ...sized, ...json })
const last = { triggerType: 'fill_price' } as const
const takeOfLong = { planType: 'profit_plan', holdSide: 'buy', triggerPrice: '59000' } as const
const stopAbove = { planType: 'loss_plan', holdSide: 'buy', triggerPrice: '61000' } as const
const takeOfShort = { planType: 'profit_plan', holdSide: 'sell', triggerPrice: '61000' } as const
const stopBelow = { planType: 'loss_plan', holdSide: 'sell', triggerPrice: '59000' } as const

const wholeStop = protect({
  planType: 'pos_loss',
  holdSide: 'buy',
  triggerPrice: '58000',
  triggerType: 'mark_price',
})

const wholeTake = protect({
  planType: 'pos_profit',
  holdSide: 'buy',
  triggerPrice: '62000',
  triggerType: 'mark_price',
})

export const planRefusals: readonly Probe[] = [
  refused('43023', 'a stop without a position', stopOfLong),
  refused('43023', 'a stop of the whole position without one', wholeStop),
  ...(
    [
      ['40830', 'take-profit of a long below the last price', { ...takeOfLong, ...last }],
      ['40915', 'take-profit of a long below the mark price', takeOfLong],
      ['40834', 'stop of a long above the last price', { ...stopAbove, ...last }],
      ['40917', 'stop of a long above the mark price', stopAbove],
    ] as const
  ).map(([code, title, json]) => refused(code, title, wrong(json), { before: [openLong] })),
  ...(
    [
      ['40832', 'take-profit of a short above the last price', { ...takeOfShort, ...last }],
      ['45135', 'take-profit of a short above the mark price', takeOfShort],
      ['40836', 'stop of a short below the last price', { ...stopBelow, ...last }],
      ['45122', 'stop of a short below the mark price', stopBelow],
    ] as const
  ).map(([code, title, json]) => refused(code, title, wrong(json), { before: [openShort] })),
  refused('43030', 'a second take-profit of the whole position', wholeTake, {
    before: [openLong, wholeTake],
  }),
  refused('43031', 'a second stop of the whole position', wholeStop, {
    before: [openLong, wholeStop],
  }),
  refused(
    '40891',
    'a stop above the position',
    wrong({ planType: 'loss_plan', holdSide: 'buy', triggerPrice: '58000', size: '0.02' }),
    { before: [openLong] },
  ),
  refused(
    '40019',
    'a sized stop without a size',
    protect({
      planType: 'loss_plan',
      holdSide: 'buy',
      triggerPrice: '58000',
      triggerType: 'mark_price',
    }),
    { before: [openLong] },
  ),
  refused(
    '40019',
    'a stop without a trigger price',
    protect({ planType: 'loss_plan', holdSide: 'buy', ...sized }),
    { before: [openLong] },
  ),
  refused(
    '43020',
    'a stop moved that is not there',
    write('order/modify-tpsl-order', {
      clientOid: 'nobody',
      triggerPrice: '58500',
      triggerType: 'mark_price',
      size: '0.01',
    }),
  ),
  refused(
    '43025',
    'a plan moved that is not there',
    write('order/modify-plan-order', { clientOid: 'nobody', newTriggerPrice: '62500' }),
  ),
  refused(
    '43004',
    'cancel of plans where there are none',
    write('order/cancel-plan-order', { planType: 'normal_plan' }),
  ),
  refused('40019', 'plans of no kind', ask('v2/mix/order/orders-plan-pending', btc)),
  {
    // 4.6 says 45115 of a trigger price; 6.1 says 40808 of too many decimals in a price.
    title: 'a trigger price off the tick',
    before: [openLong],
    send: wrong({ planType: 'loss_plan', holdSide: 'buy', triggerPrice: '58000.05' }),
    status: 400,
    answer: {
      code: ['one of', '45115', '40808'],
      msg: 'text',
      requestTime: 'ms',
      data: 'null',
    },
  },
  refused('40020', 'a trailing plan eleven percent behind', {
    ...createPlan({
      planType: 'track_plan',
      side: 'buy',
      orderType: 'market',
      size: '0.01',
      triggerPrice: '61000',
      triggerType: 'mark_price',
      callbackRatio: '11',
    }),
  }),
  refused(
    '40019',
    'a plan that watches no price',
    createPlan({
      planType: 'normal_plan',
      side: 'buy',
      orderType: 'market',
      size: '0.01',
      triggerPrice: '62000',
    }),
  ),
  refused(
    '40913',
    'a stop moved without an id',
    write('order/modify-tpsl-order', { triggerPrice: '58500', triggerType: 'mark_price' }),
  ),
]
