import type { ExpectedRequest, Json, WireEvidence } from '../../test/wire/evidence.ts'
import { ask, btc, place, placeUnseen, send } from './requests.ts'
import {
  accountInfoOf,
  conditional,
  flatSlot,
  list,
  ORDER_ID,
  STOP_ID,
  success,
} from './samples.ts'

// docs/wire/bybit.md 4.1, 4.2 and 4.4. The margin mode is one of the account; the position mode is
// one of each symbol, and stands in its rows.

/** One row in one-way mode, two in hedge mode, flat or not. */
export function askMode(mode: 'one-way' | 'hedge'): ExpectedRequest {
  const rows = mode === 'hedge' ? [flatSlot(1), flatSlot(2)] : [flatSlot(0)]
  return ask('/v5/position/list', btc, list(rows))
}

const hedge = askMode('hedge')
const askAccount = ask('/v5/account/info', {}, accountInfoOf('REGULAR_MARGIN'))

function setIsolated(answer: Json): ExpectedRequest {
  return send('/v5/account/set-margin-mode', { setMarginMode: 'ISOLATED_MARGIN' }, answer)
}

function switchAll(coin: string): ExpectedRequest {
  return send('/v5/position/switch-mode', { category: 'linear', coin, mode: 3 }, success({}))
}

/** What has a position or an order may have stayed behind. */
function askBusy(settleCoin: string): ExpectedRequest[] {
  const scope = { category: 'linear', settleCoin }
  return [
    ask('/v5/position/list', { ...scope, limit: '200' }, list([])),
    ask('/v5/order/realtime', { ...scope, limit: '50' }, list([])),
  ]
}

export const wireModes: Pick<
  WireEvidence['cases'],
  'W-47' | 'W-48' | 'W-49' | 'W-50' | 'W-52' | 'W-53' | 'W-54' | 'W-55' | 'W-62'
> = {
  'W-47': {
    requests: [ask('/v5/account/info', {}, accountInfoOf('ISOLATED_MARGIN'))],
    result: 'ISOLATED',
  },
  // Portfolio margin would be left unasked, so it is looked first.
  'W-48': { requests: [askAccount, setIsolated(success({ reasons: [] }))], result: true },
  'W-49': { requests: [hedge], result: 'HEDGE' },
  // By coin it is always a success, also where symbols stayed behind: they are read back.
  'W-50': {
    requests: [switchAll('USDT'), switchAll('USDC'), hedge, ...askBusy('USDT'), ...askBusy('USDC')],
    result: true,
  },
  'W-52': {
    requests: [
      hedge,
      placeUnseen(
        {
          positionIdx: 1,
          side: 'Buy',
          orderType: 'Market',
          qty: '0.01',
          reduceOnly: false,
          orderLinkId: 'wire-52',
        },
        ORDER_ID,
      ),
    ],
    result: {
      orderId: ORDER_ID,
      clientOrderId: 'wire-52',
      side: 'BUY',
      positionSide: 'LONG',
      status: 'NEW',
      reduceOnly: false,
    },
  },
  // Reduce-only is documented as a must here too.
  'W-53': {
    requests: [
      hedge,
      placeUnseen(
        {
          positionIdx: 1,
          side: 'Sell',
          orderType: 'Market',
          qty: '0.01',
          reduceOnly: true,
          orderLinkId: 'wire-53',
        },
        ORDER_ID,
      ),
    ],
    result: {
      orderId: ORDER_ID,
      side: 'SELL',
      positionSide: 'LONG',
      status: 'NEW',
      reduceOnly: true,
    },
  },
  'W-54': {
    requests: [
      hedge,
      ...place(
        {
          positionIdx: 2,
          side: 'Buy',
          orderType: 'Market',
          qty: '0.01',
          triggerPrice: '62000',
          triggerDirection: 1,
          triggerBy: 'MarkPrice',
          reduceOnly: true,
          closeOnTrigger: true,
          orderLinkId: 'wire-54',
        },
        STOP_ID,
        conditional({
          orderLinkId: 'wire-54',
          side: 'Buy',
          positionIdx: 2,
          triggerPrice: '62000.00',
          triggerDirection: 1,
        }),
      ),
    ],
    result: {
      orderId: STOP_ID,
      side: 'BUY',
      positionSide: 'SHORT',
      type: 'STOP_MARKET',
      status: 'PENDING',
      stopPrice: '62000',
      reduceOnly: true,
    },
  },
  // The order does not say it.
  'W-55': {
    requests: [
      askAccount,
      setIsolated(success({ reasons: [] })),
      placeUnseen(
        {
          side: 'Buy',
          orderType: 'Limit',
          qty: '0.01',
          price: '59500.1',
          timeInForce: 'GTC',
          reduceOnly: false,
          orderLinkId: 'wire-55',
        },
        ORDER_ID,
      ),
    ],
    result: { orderId: ORDER_ID, status: 'NEW', price: '59500.1' },
  },
  'W-62': {
    unsupported: 'docs/wire/bybit.md 4.1: it fires when private sockets are dead, not on a timer',
  },
}
