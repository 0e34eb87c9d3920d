import { describe, expect, test } from 'vitest'
import type { Call, PositionStopIntent, UserContext } from '../../client/definition.ts'
import { Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { TriggerSource } from '../../model/tokens.ts'
import { judge } from './errors.ts'
import { limits } from './limits.ts'
import { readOrder } from './orderRow.ts'
import { setPositionStop } from './positionStop.ts'
import { userFeed } from './streamUser.ts'

// docs/wire/bybit.md 4.5

const instrument: Instrument = {
  symbol: 'BTCUSDT',
  nativeSymbol: 'BTCUSDT',
  baseAsset: 'BTC',
  quoteAsset: 'USDT',
  settleAsset: 'USDT',
  isTrading: true,
  tickSize: '0.1',
  stepSize: '0.001',
  minQuantity: '0.001',
  maxQuantity: '300',
  maxMarketQuantity: '100',
  minNotional: '5',
  contractMultiplier: '1',
}

const instruments = { byNative: () => instrument, symbolOf: (native: string) => native }

/** Takes every call, as done or as nothing new, and keeps what was asked. */
function taking(how: 'done' | 'unchanged' = 'done'): { call: Call; sent: unknown[] } {
  const sent: unknown[] = []
  const call: Call = async (endpoint, params) => {
    const { method, path, access, effect, cost } = endpoint
    sent.push({ method, path, access, effect, cost, ...endpoint.encode(params) })
    if (how === 'unchanged' && endpoint.unchanged) return endpoint.unchanged(params)
    const answer = new Reader({ retCode: 0, retMsg: 'OK', result: {}, time: 1 })
    return endpoint.decode(answer, params, { instruments, receivedAt: 2 })
  }
  return { call, sent }
}

const stop: PositionStopIntent = {
  instrument,
  side: 'SELL',
  stopPrice: '58000',
  triggerSource: 'MARK',
}

describe('setPositionStop', () => {
  test('default: the stop alone, in full mode', async () => {
    const { call, sent } = taking()
    await expect(setPositionStop(call, stop)).resolves.toBeUndefined()
    expect(sent).toEqual([
      {
        method: 'POST',
        path: '/v5/position/trading-stop',
        access: 'trade',
        effect: 'idempotent',
        cost: { address: 1, 'position/trading-stop': 1 },
        json: {
          category: 'linear',
          symbol: 'BTCUSDT',
          tpslMode: 'Full',
          positionIdx: 0,
          stopLoss: '58000',
          slTriggerBy: 'MarkPrice',
        },
      },
    ])
    expect(limits.map(({ name }) => name)).toContain('position/trading-stop')
  })

  test.each([
    ['LONG', 'SELL', 1],
    ['SHORT', 'BUY', 2],
  ] as const)('args: in hedge mode %s is a slot', async (positionSide, side, positionIdx) => {
    const { call, sent } = taking()
    await setPositionStop(call, { ...stop, side, positionSide })
    expect(sent).toMatchObject([{ json: { positionIdx } }])
  })

  test.each<[TriggerSource, string]>([
    ['MARK', 'MarkPrice'],
    ['LAST', 'LastPrice'],
    ['INDEX', 'IndexPrice'],
  ])('args: %s is %s', async (triggerSource, slTriggerBy) => {
    const { call, sent } = taking()
    await setPositionStop(call, { ...stop, triggerSource })
    expect(sent).toMatchObject([{ json: { slTriggerBy } }])
  })

  test('behavior: the same stop once more is done', async () => {
    expect(judge(34040, 'not modified').kind).toBe('unchanged')
    const { call } = taking('unchanged')
    await expect(setPositionStop(call, stop)).resolves.toBeUndefined()
  })

  test.each([
    ['can not set tp/sl/ts for zero position', 'REDUCE_ONLY_REJECTED'],
    [
      'StopLoss:610000000 set for Buy position should lower than base_price:600000000??LastPrice',
      'WOULD_TRIGGER_IMMEDIATELY',
    ],
    ['position idx not match position mode', 'POSITION_MODE_MISMATCH'],
  ])('error: %s is %s', (text, code) => {
    expect(judge(10001, text)).toMatchObject({ kind: 'refusal', code })
  })
})

// docs/wire/bybit.md 4.3, with what every row has
const leg = {
  orderId: 'a2',
  orderLinkId: '',
  symbol: 'BTCUSDT',
  price: '0.00',
  qty: '0.020',
  side: 'Sell',
  positionIdx: 1,
  orderStatus: 'Untriggered',
  createType: 'CreateByStopLoss',
  cancelType: 'UNKNOWN',
  rejectReason: 'EC_NoError',
  avgPrice: '',
  leavesQty: '0.020',
  cumExecQty: '0.000',
  timeInForce: 'IOC',
  orderType: 'Market',
  stopOrderType: 'StopLoss',
  triggerPrice: '58000.00',
  triggerDirection: 2,
  triggerBy: 'LastPrice',
  tpslMode: 'Full',
  reduceOnly: true,
  closeOnTrigger: true,
  createdTime: '1700000000100',
  updatedTime: '1700000000200',
}

describe('the stop among the orders', () => {
  const seen = {
    orderId: 'a2',
    clientOrderId: '',
    type: 'STOP_MARKET',
    side: 'SELL',
    positionSide: 'LONG',
    quantity: '0.02',
    stopPrice: '58000',
    status: 'PENDING',
    reduceOnly: true,
    closePosition: true,
  }
  const context: UserContext = {
    instruments,
    receivedAt: 1_700_000_000_204,
    orderById: () => undefined,
    ordersByClientId: () => [],
  }

  function streamed(row: object) {
    const frame = { topic: 'order', creationTime: 1_700_000_000_203, data: [row] }
    return userFeed.decode('order', frame, context)
  }

  test('default: a row, streamed or asked for', () => {
    expect(readOrder(new Reader(leg), instruments)).toMatchObject(seen)
    expect(streamed({ ...leg, category: 'linear' })).toMatchObject([{ kind: 'order', order: seen }])
  })

  test('behavior: it is the same order when it has fired', () => {
    const fired = { ...leg, orderStatus: 'Filled', cumExecQty: '0.020', avgPrice: '57990.1' }
    expect(readOrder(new Reader(fired), instruments)).toMatchObject({
      ...seen,
      status: 'FILLED',
      executedQty: '0.02',
      averagePrice: '57990.1',
    })
  })

  test('behavior: gone with its position it is cancelled, on streams and in the history', () => {
    const gone = { ...leg, leavesQty: '0', cancelType: 'CancelByTpSlTsClear' }
    const ended = [
      streamed({ ...gone, orderStatus: 'Deactivated' }),
      streamed({ ...gone, orderStatus: 'Cancelled' }),
    ]
    for (const events of ended) {
      expect(events).toMatchObject([{ order: { ...seen, status: 'CANCELLED' } }])
    }
  })
})
