import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '@perpkit/store'
import type { OrderIntent } from 'perpkit'
import { median, type Row } from './table.ts'

const ORDERS = 500
/** What the write-ahead log grows by with one small change. */
const PAGE = Buffer.alloc(4_096)

/**
 * What a durable journal adds to an order on SQLite: the intent written ahead and its outcome, each
 * on the disk before it is believed. The floor is two writes of a page with a sync, in turns.
 */
export async function journalCost(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'perpkit-journal-'))
  const url = `file:${join(folder, 'journal.db')}`
  const store = await openStore({ url, passphrase: 'of a benchmark' })
  const journal = store.journal('bench')
  await journal.identity()
  const file = openSync(join(folder, 'floor'), 'w')
  const reached: number[] = []
  const floor: number[] = []
  for (let number = 0; number < ORDERS; number++) {
    reached.push(
      await timed(async () => {
        await journal.record(intentOf(number))
        await journal.settle(intentOf(number).clientOrderId, 'done')
      }),
    )
    floor.push(
      await timed(() => {
        for (let page = 0; page < 2; page++) {
          writeSync(file, PAGE)
          fdatasyncSync(file)
        }
      }),
    )
  }
  closeSync(file)
  await store.close()
  rmSync(folder, { recursive: true })
  return [
    {
      claim: 'durable journal on SQLite: intent and outcome of an order',
      unit: 'ms',
      target: '< 1',
      reached: median(reached),
      floor: median(floor),
      rivals: {},
    },
  ]
}

function intentOf(number: number): OrderIntent {
  return {
    exchange: 'BYBIT',
    clientOrderId: `order-${number}`,
    action: 'createMarketOrder',
    symbol: 'BTCUSDT',
    timestamp: 0,
  }
}

async function timed(task: () => void | Promise<void>): Promise<number> {
  const begun = performance.now()
  await task()
  return performance.now() - begun
}
