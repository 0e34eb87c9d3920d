import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { abs, add, type Decimal, isGreater, isLess, mul, sub, sum } from '../../core/decimal.ts'
import { limit, makeStage, market, roomyPrice, type Stage } from './engine.fixture.ts'
import { legFrom, legKey, legOf } from './legs.ts'
import type { Engine, EngineFill, MarginMode, OrderRequest, PositionSide } from './types.ts'

// Whatever is traded, an account's money is what it was given, plus what it sold, minus what it
// bought, minus fees, plus funding: reckoned from the fills alone, without the engine's positions.

interface Step {
  who: number
  kind: 'market' | 'limit' | 'price' | 'funding' | 'wait' | 'margin' | 'leverage'
  isBuy: boolean
  side: PositionSide
  marginMode: MarginMode
  size: number
  tick: number
}

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    who: fc.integer({ min: 0, max: 1 }),
    kind: fc.constantFrom(
      ...(['market', 'market', 'limit', 'limit', 'price', 'funding', 'wait'] as const),
      ...(['margin', 'leverage'] as const),
    ),
    isBuy: fc.boolean(),
    side: fc.constantFrom<PositionSide>('LONG', 'SHORT'),
    marginMode: fc.constantFrom<MarginMode>('CROSS', 'ISOLATED'),
    size: fc.integer({ min: 1, max: 1_500 }),
    tick: fc.integer({ min: 590_000, max: 610_000 }),
  }),
  { minLength: 5, maxLength: 60 },
)

function take({ engine, clock }: Stage, account: string, isHedge: boolean, step: Step): void {
  const price = mul(String(step.tick), '0.1')
  const leg = { marginMode: step.marginMode, ...(isHedge && { positionSide: step.side }) }
  const quantity = mul(String(step.size), '0.001')
  const side = step.isBuy ? 'BUY' : 'SELL'
  switch (step.kind) {
    case 'market':
      engine.placeOrder(account, market(side, quantity, leg))
      return
    case 'limit':
      engine.placeOrder(account, limit(side, quantity, price, leg))
      return
    case 'price':
      engine.setPrice('BTCUSDT', price)
      return
    case 'funding':
      engine.applyFunding('BTCUSDT', mul(String(step.tick - 600_000), '0.00000001'))
      return
    case 'wait':
      clock.advance(step.size * 60_000)
      return
    case 'margin':
      engine.addMargin(account, 'BTCUSDT', step.side, String(step.size - 700))
      return
    case 'leverage':
      // Few enough that no price there is comes near a liquidation.
      engine.setLeverage(account, 'BTCUSDT', 1 + (step.size % 10), leg)
  }
}

function signed({ side, quantity }: EngineFill): Decimal {
  return side === 'BUY' ? quantity : sub('0', quantity)
}

function checkAccount(engine: Engine, account: string): void {
  const fills = engine.fills(account)
  const margin = engine.margin(account, 'USDT')
  const { mark } = engine.prices('BTCUSDT')
  const held = sum(fills.map(signed))
  const paid = sum(fills.map((fill) => mul(signed(fill), fill.price)))
  const fees = sum(fills.map(({ fee }) => fee))
  const funding = sum(engine.fundings(account).map(({ amount }) => amount))
  const worth = sub(add(sub(add('100000', mul(held, mark)), paid), funding), fees)
  expect(isLess(abs(sub(margin.marginBalance, worth)), '0.00001')).toBe(true)

  const positions = engine.positions(account)
  for (const position of positions) {
    const key = legKey(legOf(position))
    const own = fills.filter((fill) => legKey(legFrom(fill)) === key)
    const size = position.side === 'LONG' ? position.size : sub('0', position.size)
    expect(sum(own.map(signed))).toBe(size)
    expect(position.isolatedMargin !== undefined).toBe(position.marginMode === 'ISOLATED')
  }
  const aside = positions.map(({ isolatedMargin }) => isolatedMargin ?? '0')
  expect(margin.isolatedMargin).toBe(sum(aside))
  const cross = positions.filter(({ marginMode }) => marginMode === 'CROSS')
  const free = sub(
    add(sub(margin.walletBalance, sum(aside)), sum(cross.map((one) => one.unrealizedPnl))),
    add(sum(cross.map((one) => one.initialMargin)), margin.orderInitialMargin),
  )
  expect(margin.availableBalance).toBe(isGreater(free, '0') ? free : '0')
}

describe('money', () => {
  test.each([
    ['hedge', true],
    ['one-way', false],
  ])('behavior: in %s mode, cross and isolated, none is made and none is lost', (_, isHedge) => {
    fc.assert(
      fc.property(steps, (rows) => {
        const stage = makeStage()
        const { engine } = stage
        const accounts = [stage.account, engine.createAccount({ USDT: '100000' })]
        if (isHedge) for (const account of accounts) engine.setPositionMode(account, 'hedge')
        for (const row of rows) take(stage, accounts[row.who] ?? '', isHedge, row)
        for (const account of accounts) checkAccount(engine, account)
      }),
      { numRuns: 150, seed: 7 },
    )
  })

  test('behavior: what users trade with each other is what one gives and the other gets', () => {
    const stage = makeStage()
    const { engine } = stage
    const [one, other] = [stage.account, engine.createAccount({ USDT: '100000' })]
    for (const account of [one, other]) engine.setPositionMode(account, 'hedge')
    const leg = (marginMode: MarginMode, positionSide: PositionSide): Partial<OrderRequest> => ({
      marginMode,
      positionSide,
    })
    const price = roomyPrice(engine)
    engine.placeOrder(one, limit('BUY', '0.4', price, leg('ISOLATED', 'LONG')))
    engine.placeOrder(other, market('SELL', '0.4', leg('CROSS', 'SHORT')))
    expect([one, other].map((account) => engine.positions(account))).toMatchObject([
      [{ side: 'LONG', size: '0.4', entryPrice: price, marginMode: 'ISOLATED' }],
      [{ side: 'SHORT', size: '0.4', entryPrice: price, marginMode: 'CROSS' }],
    ])
    engine.setPrice('BTCUSDT', '61500')
    engine.applyFunding('BTCUSDT', '0.0003')
    const total = (of: (account: string) => Decimal): Decimal => sum([one, other].map(of))
    const fees = total((account) => sum(engine.fills(account).map(({ fee }) => fee)))
    expect(engine.fundings(one)).toMatchObject([{ amount: '-7.38' }])
    expect(engine.fundings(other)).toMatchObject([{ amount: '7.38' }])
    expect(total((account) => engine.margin(account, 'USDT').unrealizedPnl)).toBe('0')
    expect(total((account) => engine.margin(account, 'USDT').walletBalance)).toBe(
      sub('200000', fees),
    )
  })

  test('behavior: a hedge that uses its long side alone does as one-way mode does', () => {
    fc.assert(
      fc.property(steps, (rows) => {
        const [plain, hedge] = [makeStage(), makeStage()]
        hedge.engine.setPositionMode(hedge.account, 'hedge')
        for (const row of rows.filter(({ kind }) => kind === 'market' || kind === 'price')) {
          const long = { ...row, side: 'LONG', marginMode: 'ISOLATED' } as const
          if (row.kind === 'price') {
            for (const stage of [plain, hedge]) take(stage, stage.account, true, long)
            continue
          }
          const quantity = mul(String(row.size), '0.001')
          const side = row.isBuy ? 'BUY' : 'SELL'
          const { marginMode } = long
          plain.engine.placeOrder(
            plain.account,
            market(side, quantity, { marginMode, reduceOnly: !row.isBuy }),
          )
          hedge.engine.placeOrder(
            hedge.account,
            market(side, quantity, { marginMode, positionSide: 'LONG' }),
          )
        }
        const outcome = ({ engine, account }: Stage): unknown => ({
          margin: engine.margin(account, 'USDT'),
          fills: engine.fills(account).map(({ positionSide: _, ...fill }) => fill),
          positions: engine.positions(account).map(({ isHedged: _, ...position }) => position),
        })
        expect(outcome(hedge)).toEqual(outcome(plain))
      }),
      { numRuns: 60, seed: 11 },
    )
  })
})
