import { describe, expect, it } from 'vitest'
import { collect } from '../../client/streams/rig.testing.ts'
import { ORDER_ID, success } from './script.testing.ts'
import { CHALLENGE, krakenRig, replyTo } from './streams.testing.ts'

// docs/wire/kraken.md 8.1, 8.4 and 8.5 on a whole client.

const ORDER = {
  ...{ instrument: 'PF_XBTUSD', time: 1763798400100, last_update_time: 1763798400100, qty: 0.3 },
  ...{ filled: 0, limit_price: 60000, stop_price: 0, type: 'limit', order_id: ORDER_ID },
  ...{ cli_ord_id: 'demo-1', direction: 0, reduce_only: false },
}
const FILL = {
  ...{ instrument: 'PF_XBTUSD', time: 1763798400200, price: 60000, seq: 1, buy: true, qty: 0.3 },
  ...{ remaining_order_qty: 0, order_id: ORDER_ID, cli_ord_id: 'demo-1', fill_id: 'f-1' },
  ...{ fill_type: 'maker', fee_paid: 3.6, fee_currency: 'USD', order_type: 'limit' },
}
const POSITION = {
  ...{ instrument: 'PF_XBTUSD', balance: 0.3, pnl: 1, entry_price: 60000, mark_price: 60010 },
  ...{ liquidation_threshold: 0, initial_margin: 180 },
}

function positions(timestamp: number, ...rows: object[]): object {
  return { feed: 'open_positions', account: 'a', positions: rows, seq: 0, timestamp }
}

function order(words: object, is_cancel: boolean, reason: string): object {
  return { feed: 'open_orders_verbose', ...words, is_cancel, reason }
}

describe('private streams', () => {
  it('default: challenge, one signed request after the other, and every event once', async () => {
    const rig = krakenRig()
    const orders = collect(rig.client.watchOrders())
    const fills = collect(rig.client.watchFills())
    const held = collect(rig.client.watchPositions())
    const account = collect(rig.client.watchAccount())
    await rig.pass(1_000)
    const far = rig.side('/ws/v1')
    const [challenge, ...requests] = far.sent.map((text) => JSON.parse(text))
    expect(challenge).toEqual({ event: 'challenge', api_key: 'key' })
    expect(requests.map(({ feed, original_challenge }) => [feed, original_challenge])).toEqual([
      ['open_orders_verbose', CHALLENGE],
      ['fills', CHALLENGE],
      ['open_positions', CHALLENGE],
      ['balances', CHALLENGE],
      ['heartbeat', undefined],
    ])
    for (let time = 0; time < 2; time++) {
      far.say(order({ order: ORDER }, false, 'new_placed_order_by_user'))
      far.say(order({ order: { ...ORDER, qty: 0, filled: 0.3 } }, true, 'full_fill'))
      far.say({ feed: 'fills', username: 'u', fills: [FILL] })
      far.say(positions(1763798400200, POSITION))
    }
    far.say(positions(1763798400300))
    far.say({
      ...{ feed: 'balances', account: 'a', seq: 2, timestamp: rig.clock.now() + 1 },
      flex_futures: {
        ...{ balance_value: 4996.4, pnl: 0, margin_equity: 4996.4, available_margin: 4996.4 },
        currencies: { USD: { quantity: 4996.4, available: 4996.4 } },
      },
    })
    await rig.settle()
    expect(orders.items.map(({ status, executedQty }) => [status, executedQty])).toEqual([
      ['NEW', '0'],
      ['FILLED', '0.3'],
    ])
    expect(fills.items.map(({ fillId, fee, feeAsset }) => [fillId, fee, feeAsset])).toEqual([
      ['f-1', '3.6', 'USD'],
    ])
    expect(held.items.map(({ side, size }) => [side, size])).toEqual([
      ['LONG', '0.3'],
      ['LONG', '0'],
    ])
    expect(account.items.map(({ totalWalletBalance }) => totalWalletBalance)).toEqual([
      '5000',
      '4996.4',
    ])
  })

  it('behavior: after a cut there is a new challenge, and what was missed is read', async () => {
    const rig = krakenRig()
    const fills = collect(rig.client.watchFills())
    await rig.client.getSymbolPrecision('BTCUSDT')
    await rig.pass(1_000)
    const first = rig.side('/ws/v1')
    const missed = {
      ...{ fill_id: 'f-2', order_id: ORDER_ID, symbol: 'PF_XBTUSD', side: 'buy', size: 0.1 },
      ...{ price: 60000, fillType: 'taker', fillTime: new Date(rig.clock.now()).toISOString() },
    }
    rig.answers['GET /derivatives/api/v3/fills'] = () => success({ fills: [missed] })
    first.cut()
    await rig.pass(2_000)
    const second = rig.side('/ws/v1')
    expect(second).not.toBe(first)
    expect(JSON.parse(second.sent[0] ?? '')).toMatchObject({ event: 'challenge' })
    second.say({ feed: 'fills', fills: [{ ...FILL, fill_id: 'f-2', qty: 0.1 }] })
    await rig.settle()
    expect(fills.items).toEqual([expect.objectContaining({ fillId: 'f-2', recovered: true })])
  })

  it('error: a signature that is refused ends the streams', async () => {
    const rig = krakenRig()
    const message = 'Failed to subscribe to authenticated feed'
    rig.sockets.onFrame = (side, text) =>
      side.say(text.includes('signed') ? { event: 'alert', message } : replyTo(text))
    const stream = rig.client.watchOrders()
    const failure = stream.next().catch((error: unknown) => error)
    await rig.pass(1_000)
    expect(await failure).toMatchObject({
      code: 'INVALID_CREDENTIALS',
      exchange: 'KRAKEN',
      nativeMessage: message,
    })
    expect(stream.status).toBe('CLOSED')
  })

  it('error: nothing private is asked for before the challenge is there', async () => {
    const rig = krakenRig()
    rig.sockets.onFrame = (side, text) => {
      if (rig.sockets.opened.length > 1) side.say(replyTo(text))
    }
    const stream = rig.client.watchOrders()
    await rig.pass(7_000)
    expect(rig.side('/ws/v1').sent).toEqual(['{"event":"challenge","api_key":"key"}'])
    await rig.pass(4_000)
    expect([rig.sockets.opened.length, stream.status]).toEqual([2, 'LIVE'])
  })
})
