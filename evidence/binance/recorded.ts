import type { Recorded } from '../../test/wire/evidence.ts'
import { ask, openLong, restingBuy, waitingStop } from './words.ts'

const NEWER = 'younger than the recording: docs/wire/binance.md 4.1 has it'
const ABRIDGED = 'the recording is abridged and says type for orderType: docs/wire/binance.md 4.6'

/** Recorded payloads the simulator's answers are laid beside, and what may differ, with reasons. */
export const recorded: readonly Recorded[] = [
  {
    file: 'account_info_v2.json',
    before: [openLong],
    send: ask('/fapi/v2/account'),
    allowed: { feeBurn: NEWER, 'positions[].breakEvenPrice': NEWER },
  },
  {
    file: 'position_risk.json',
    before: [openLong],
    send: ask('/fapi/v2/positionRisk', { symbol: 'BTCUSDT' }),
    allowed: {},
  },
  {
    file: 'order_response.json',
    before: [restingBuy],
    send: ask('/fapi/v1/order', { symbol: 'BTCUSDT', origClientOrderId: 'resting-1' }),
    allowed: {},
  },
  {
    file: 'open_algo_orders.json',
    before: [waitingStop],
    send: ask('/fapi/v1/openAlgoOrders'),
    allowed: {
      '[].type': ABRIDGED,
      '[].orderType': ABRIDGED,
      '[].price': ABRIDGED,
      '[].icebergQuantity': ABRIDGED,
      '[].selfTradePreventionMode': ABRIDGED,
      '[].priceMatch': ABRIDGED,
      '[].closePosition': ABRIDGED,
      '[].priceProtect': ABRIDGED,
      '[].triggerTime': ABRIDGED,
      '[].goodTillDate': ABRIDGED,
      '[].actualOrderId': ABRIDGED,
      '[].actualPrice': ABRIDGED,
      '[].tpTriggerPrice': ABRIDGED,
      '[].tpPrice': ABRIDGED,
      '[].slTriggerPrice': ABRIDGED,
      '[].slPrice': ABRIDGED,
      '[].tpOrderType': ABRIDGED,
    },
  },
]
