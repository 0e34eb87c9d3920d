import type { Probe } from '../../test/wire/evidence.ts'
import { list, order, position, success } from './shapes.ts'
import { ask, btc, openLong, post } from './words.ts'

// docs/wire/bybit.md 4.5: protection that hangs on the position.

const stopForAll = post('/v5/position/trading-stop', {
  ...btc,
  tpslMode: 'Full',
  positionIdx: 0,
  stopLoss: '58000',
  slTriggerBy: 'MarkPrice',
})

export const tradingStopProbes: readonly Probe[] = [
  {
    title: 'a stop for the whole position, without an id',
    before: [openLong],
    send: stopForAll,
    answer: success({}),
  },
  {
    title: 'its order',
    before: [openLong, stopForAll],
    send: ask('/v5/order/realtime', { ...btc, orderFilter: 'StopOrder' }),
    answer: list({
      ...order,
      orderLinkId: ['one of', ''],
      orderStatus: ['one of', 'Untriggered'],
      createType: ['one of', 'CreateByStopLoss'],
      stopOrderType: ['one of', 'StopLoss'],
      side: ['one of', 'Sell'],
      orderType: ['one of', 'Market'],
      triggerPrice: /^58000(\.0+)?$/,
      triggerDirection: ['one of', 2],
      triggerBy: ['one of', 'MarkPrice'],
      tpslMode: ['one of', 'Full'],
      reduceOnly: ['one of', true],
      closeOnTrigger: ['one of', true],
    }),
  },
  {
    title: 'it stands in the position',
    before: [openLong, stopForAll],
    send: ask('/v5/position/list', btc),
    answer: list({ ...position, stopLoss: /^58000(\.0+)?$/, side: ['one of', 'Buy'] }),
  },
]
