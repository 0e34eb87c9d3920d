import type { Json, Probe, Shape, Words } from '../../test/wire/evidence.ts'
import { refusal } from './shapes.ts'
import { ask, btc, memberOf, openLong, post, restingBuy, waitingStop } from './words.ts'

// docs/wire/bybit.md 4.5, 4.7 and the table of texts in 6: protection of positions, amending.

const withLong = { before: [openLong] } as const

function refused(
  code: number,
  retMsg: string,
  title: string,
  send: Probe['send'],
  more: Partial<Probe> = {},
): Probe {
  const text: Shape = ['one of', retMsg]
  return { title: `${code} ${title}`, send, answer: refusal(code, text), ...more }
}

function protect(json: { readonly [key: string]: Json }): Words {
  return post('/v5/position/trading-stop', { ...btc, positionIdx: 0, ...json })
}

function amend(json: { readonly [key: string]: Json }): Words {
  return post('/v5/order/amend', { ...btc, ...json })
}

const stopForAll = protect({ tpslMode: 'Full', stopLoss: '58000' })

/** The id of the only leg: protection is answered without one. */
function legId(answer: unknown): string {
  const rows = memberOf(memberOf(answer, 'result'), 'list')
  return String(memberOf(Array.isArray(rows) ? rows[0] : undefined, 'orderId'))
}

export const protectionRefusals: readonly Probe[] = [
  refused(34040, 'not modified', 'protection as it is', stopForAll, {
    before: [openLong, stopForAll],
  }),
  refused(
    10001,
    'takeProfit and tpSize, stopLoss and slSize need to input in pairs',
    'protection of a part without its size',
    protect({ tpslMode: 'Partial', stopLoss: '58000' }),
    withLong,
  ),
  refused(
    10001,
    'tpSize and slSize must be equal',
    'protection of two parts',
    protect({
      tpslMode: 'Partial',
      stopLoss: '58000',
      slSize: '0.005',
      takeProfit: '62000',
      tpSize: '0.004',
    }),
    withLong,
  ),
  refused(
    10001,
    'slOrderType only support Market when tpSlMode is Full',
    'a limit leg for the whole position',
    protect({
      tpslMode: 'Full',
      stopLoss: '58000',
      slOrderType: 'Limit',
      slLimitPrice: '57900',
    }),
    withLong,
  ),
  refused(
    110058,
    "You can't set take profit and stop loss due to insufficient size of remaining position size.",
    'protection of more than the position',
    protect({ tpslMode: 'Partial', stopLoss: '58000', slSize: '0.02' }),
    withLong,
  ),
  refused(
    110060,
    'Under full TP/SL mode, it is not allowed to modify TP/SL',
    'the size of a leg for the whole position',
    ([, , legs]) => amend({ orderId: legId(legs), qty: '0.005' }),
    {
      before: [
        openLong,
        stopForAll,
        ask('/v5/order/realtime', { ...btc, orderFilter: 'StopOrder' }),
      ],
    },
  ),
  refused(
    10001,
    'params error: triggerPrice invalid',
    'the trigger of an order that does not wait',
    amend({ orderLinkId: 'resting-1', triggerPrice: '58000' }),
    { before: [restingBuy] },
  ),
  refused(
    110001,
    'order not exists or too late to replace',
    'amend of an order that has ended',
    amend({ orderLinkId: 'entry-1', qty: '0.02' }),
    withLong,
  ),
  refused(
    10001,
    'The order remains unchanged as the parameters entered match the existing ones',
    'amend of a trigger to what it is',
    amend({ orderLinkId: 'stop-1', triggerPrice: '58000' }),
    { before: [waitingStop] },
  ),
]
