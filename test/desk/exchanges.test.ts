import { describe, expect, test } from 'vitest'
import { EXCHANGES } from '../support/stage.ts'
import { setDesk } from './deskRun.ts'

// One with orders of two kinds, one with other symbols and money; BYBIT, OKX and HTX are in the other
// files, and demo.test.ts plays on all six.
const PLAYED = EXCHANGES.filter(({ name }) => name === 'BINANCE' || name === 'KRAKEN')

describe('on other exchanges', () => {
  test.each(PLAYED)(
    'behavior: $name opened, protected, watched, made flat',
    async (played) => {
      const { symbol } = played
      const { run, truth } = await setDesk(played.name)
      const bought = await run(`order market ${symbol} --side buy --quantity 0.02 --json`)
      expect(bought.json).toMatchObject({ status: 'FILLED', executedQty: '0.02' })
      const shielded = await run(`protect ${symbol} --stop -2% --tp 50%@+1% --tp 50%@+2% --json`)
      expect(shielded.json).toMatchObject({ status: 'ACTIVE' })
      const positions = await run('positions --json')
      expect(positions.json).toMatchObject([{ symbol, size: '0.02', coverage: 'COVERED' }])
      const waiting = await run(
        `order limit ${symbol} --side buy --quantity 0.02 --price -5% --json`,
      )
      expect(waiting.json).toMatchObject({ status: 'NEW' })
      const flat = await run('stop flat --json')
      expect(flat.json).toMatchObject([{ closed: 1, left: [] }])
      const { positions: left, orders, conditionalOrders } = await truth()
      expect(left).toEqual([])
      const open = [...orders, ...conditionalOrders].filter(({ status }) =>
        ['NEW', 'PENDING', 'PARTIALLY_FILLED'].includes(status),
      )
      expect(open).toEqual([])
    },
    60_000,
  )
})
