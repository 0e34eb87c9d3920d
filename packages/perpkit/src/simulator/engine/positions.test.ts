import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { abs, add, type Decimal, isGreater, isLess, mul, sub } from '../../core/decimal.ts'
import { applyFill, type PositionFill, profitOf } from './positions.ts'
import type { EnginePosition, EngineSide } from './types.ts'

function fill(side: EngineSide, quantity: Decimal, price: Decimal, at = 1): PositionFill {
  const notional = mul(quantity, price)
  const fee = mul(notional, '0.0005')
  const marginMode = 'CROSS'
  return { accountId: 'a', symbol: 'BTCUSDT', side, marginMode, quantity, price, notional, fee, at }
}

function after(...fills: PositionFill[]): EnginePosition | undefined {
  let position: EnginePosition | undefined
  for (const one of fills) position = applyFill(position, one).position
  return position
}

describe('positions', () => {
  test('default: a buy opens a long, a sale a short', () => {
    expect(after(fill('BUY', '0.5', '60000', 7))).toMatchObject({
      side: 'LONG',
      size: '0.5',
      entryPrice: '60000',
      realizedPnl: '-15',
      openedAt: 7,
    })
    expect(after(fill('SELL', '0.5', '60000'))).toMatchObject({ side: 'SHORT', size: '0.5' })
  })

  test('behavior: adding averages the entry price and keeps the opening time', () => {
    const position = after(fill('BUY', '1', '60000', 1), fill('BUY', '3', '61000', 2))
    expect(position).toMatchObject({ size: '4', entryPrice: '60750', openedAt: 1, updatedAt: 2 })
    // Both fees: 30 and 91.5.
    expect(position?.realizedPnl).toBe('-121.5')
  })

  test('behavior: an average that never ends is rounded far behind the point', () => {
    const position = after(fill('BUY', '1', '60000'), fill('BUY', '2', '60000.1'))
    expect(position?.entryPrice).toBe('60000.066666666666666667')
  })

  test('behavior: reducing settles profit and leaves the entry price alone', () => {
    const long = after(fill('BUY', '1', '60000'))
    const change = applyFill(long, fill('SELL', '0.4', '61000'))
    expect(change.realizedPnl).toBe('400')
    expect(change.position).toMatchObject({ size: '0.6', entryPrice: '60000' })
    // −30 for opening, +400, −12.2 for the sale.
    expect(change.position?.realizedPnl).toBe('357.8')
  })

  test('behavior: a short earns when the price falls', () => {
    const short = after(fill('SELL', '2', '60000'))
    const change = applyFill(short, fill('BUY', '2', '59000'))
    expect(change).toEqual({ realizedPnl: '2000' })
  })

  test('behavior: a larger order turns the position over, with its own opening time and fee', () => {
    const long = after(fill('BUY', '1', '60000', 1))
    const change = applyFill(long, fill('SELL', '3', '59000', 9))
    expect(change.realizedPnl).toBe('-1000')
    expect(change.position).toMatchObject({
      side: 'SHORT',
      size: '2',
      entryPrice: '59000',
      openedAt: 9,
      realizedPnl: '-59',
    })
  })

  test('behavior: whatever the fills, settled and open profit equal what was paid and got', () => {
    const fills = fc.array(
      fc.record({
        side: fc.constantFrom<EngineSide>('BUY', 'SELL'),
        quantity: fc.integer({ min: 1, max: 5_000 }),
        price: fc.integer({ min: 500_000, max: 700_000 }),
      }),
      { minLength: 1, maxLength: 40 },
    )
    fc.assert(
      fc.property(fills, (rows) => {
        let position: EnginePosition | undefined
        let settled = '0'
        let cash = '0'
        let signed = '0'
        for (const row of rows) {
          const one = fill(
            row.side,
            mul(String(row.quantity), '0.001'),
            mul(String(row.price), '0.1'),
          )
          const change = applyFill(position, one)
          position = change.position
          settled = add(settled, change.realizedPnl)
          const isBuy = one.side === 'BUY'
          cash = isBuy ? sub(cash, one.notional) : add(cash, one.notional)
          signed = isBuy ? add(signed, one.quantity) : sub(signed, one.quantity)
        }
        const mark = '61234.5'
        const open = position ? profitOf(position, position.size, mark) : '0'
        const difference = sub(add(settled, open), add(cash, mul(signed, mark)))
        expect(isLess(abs(difference), '0.000001')).toBe(true)
        expect(position?.size ?? '0').toBe(abs(signed))
        if (position) expect(position.side === 'LONG').toBe(isGreater(signed, '0'))
      }),
    )
  })
})
