import { describe, expect, test } from 'vitest'
import type { ConditionalOrderIntent } from '../../../client/definition.ts'
import { bitcoin, no, ok, script } from '../script.testing.ts'
import { createConditionalOrder } from './triggers.ts'

const PROTECT = 'POST /api/v2/mix/order/place-tpsl-order'

const stop: ConditionalOrderIntent = {
  instrument: bitcoin,
  side: 'SELL',
  type: 'STOP_MARKET',
  quantity: '0.01',
  stopPrice: '55000',
  triggerSource: 'MARK',
  reduceOnly: true,
  closePosition: true,
  clientOrderId: 'mock-0004',
}
const receipt = { orderId: '1300000000000000007', clientOid: 'mock-0004' }

// docs/wire/bitget.md 4.6
describe('an order of the whole position', () => {
  test('default: a stop has no quantity', async () => {
    const { call, lines } = script({ [PROTECT]: ok(receipt) })
    const order = await createConditionalOrder(call, stop)
    expect(lines).toEqual([
      `${PROTECT} {"marginCoin":"USDT","productType":"USDT-FUTURES","symbol":"BTCUSDT","planType":"pos_loss","triggerPrice":"55000","triggerType":"mark_price","holdSide":"buy","clientOid":"mock-0004"}`,
    ])
    expect(order).toMatchObject({
      orderId: 'algo:1300000000000000007',
      quantity: '0',
      closePosition: true,
      reduceOnly: true,
    })
  })

  test('args: a take-profit of a whole short in hedge mode', async () => {
    const { call, lines } = script({ [PROTECT]: ok(receipt) })
    await createConditionalOrder(call, {
      ...stop,
      side: 'BUY',
      positionSide: 'SHORT',
      type: 'TAKE_PROFIT_MARKET',
    })
    expect(lines[0]).toContain('"planType":"pos_profit"')
    expect(lines[0]).toContain('"holdSide":"short","clientOid"')
  })

  test.each([
    ['43031', 'STATE_CONFLICT', 'there is one already'],
    ['43023', 'REDUCE_ONLY_REJECTED', 'there is no position'],
    ['40917', 'WOULD_TRIGGER_IMMEDIATELY', 'the price is reached already'],
  ])('error: %s is %s: %s', async (native, code) => {
    const { call } = script({ [PROTECT]: no(native) })
    const refused = createConditionalOrder(call, stop)
    await expect(refused).rejects.toMatchObject({ code })
  })
})
