import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { UserEvent } from '../../client/definition.ts'
import { bitcoin } from './script.testing.ts'
import { bookFeed, klineFeed, tickerFeed } from './streamMarket.ts'
import { read } from './streamProtocol.ts'
import { knowing } from './streams.testing.ts'
import { createUserFeed } from './streamUser.ts'

// Recorded pushes of other projects. They are not part of this repository.
const root = new URL('../../../../../', import.meta.url)
const folder = new URL(`${process.env.PERPKIT_CAPTURES ?? '../shared/captures'}/okx/`, root)
const reason = existsSync(folder) ? '' : `, skipped: there is no ${fileURLToPath(folder)}`

function recorded(name: string): { topic: string; value: unknown } {
  const [message] = read(readFileSync(new URL(`${name}.json`, folder), 'utf8'))
  if (message?.kind !== 'data') throw new Error(`no data in ${name}`)
  return message
}

function heard(name: string): UserEvent[] {
  const { topic, value } = recorded(name)
  return createUserFeed().decode(topic, value, knowing())
}

describe.skipIf(reason !== '')(`recorded pushes${reason}`, () => {
  test('default: the ticker waits for its other parts', () => {
    const { topic, value } = recorded('ws_tickers')
    expect(topic).toBe('tickers:BTC-USDT')
    expect(tickerFeed(bitcoin).start()(topic, value, 0)).toEqual([])
  })

  test('default: a candle', () => {
    const { topic, value } = recorded('ws_candle')
    expect(topic).toBe('candle1D:BTC-USDT')
    expect(klineFeed(bitcoin, '1d').start()(topic, value, 0)).toMatchObject([
      { timestamp: 1_597_026_383_085, open: 8533.02, volume: 529.5858061, isClosed: true },
    ])
  })

  test('default: a book of before its checksum was given up, and a change of it', () => {
    const { decode } = bookFeed(bitcoin)
    expect(decode(recorded('ws_books_snapshot').value)).toMatchObject({
      kind: 'snapshot',
      last: 123_456,
      timestamp: 1_597_026_383_085,
    })
    const change = decode(recorded('ws_books_update').value)
    expect(change).toMatchObject({ kind: 'diff', previous: 123_456, last: 123_457 })
    expect(change?.asks[0]).toEqual(['8476.98', '4.15'])
    expect(change).not.toHaveProperty('checksum')
  })

  test('default: a market order filled at once, without the fee of the fill', () => {
    expect(heard('ws_orders')).toMatchObject([
      {
        kind: 'order',
        order: { status: 'FILLED', type: 'MARKET', positionSide: 'LONG', executedQty: '0.0003' },
      },
      { kind: 'fill', fill: { fillId: '1518905529', price: '103698.9', isMaker: true } },
    ])
    expect(heard('ws_orders_optimal_limit_ioc')).toMatchObject([
      { order: { type: 'MARKET', timeInForce: 'IOC', quantity: '0.001' } },
      { fill: { fillId: '1518905532' } },
    ])
  })

  test('behavior: an order of a spot market is passed over', () => {
    expect(heard('ws_orders_ioc')).toEqual([])
  })

  test('default: conditional orders in all their states', () => {
    const orders = heard('ws_orders_algo').flatMap((event) =>
      event.kind === 'order' ? [event.order] : [],
    )
    expect(orders.map(({ orderId }) => orderId.startsWith('algo:'))).not.toContain(false)
    expect(orders.slice(0, 4)).toMatchObject([
      { type: 'STOP_MARKET', stopPrice: '95000', status: 'PENDING', positionSide: 'LONG' },
      { type: 'STOP', price: '106000', status: 'PENDING', positionSide: 'SHORT' },
      // It fired long ago, and nobody told what became of it.
      { stopPrice: '102000', status: 'EXPIRED' },
      { stopPrice: '98000', status: 'CANCELLED' },
    ])
  })

  test('default: an account, and one that tells of no USDT', () => {
    expect(heard('ws_account')).toMatchObject([
      { kind: 'account', account: { totalWalletBalance: '100.52768569797846' } },
    ])
    expect(heard('ws_account_empty')).toEqual([{ kind: 'account', timestamp: 1_774_795_570_586 }])
  })
})
