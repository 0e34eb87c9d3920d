import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  abs,
  add,
  type Decimal,
  isGreater,
  isLess,
  max,
  mul,
  sub,
  sum,
} from '../../core/decimal.ts'
import {
  limit,
  makeStage,
  market,
  roomyPrice,
  type Stage,
  stop,
  takeProfit,
} from './engine.fixture.ts'
import type { EngineFill, EngineSide } from './types.ts'

// Whatever two accounts do to one market, some things always hold.

interface Deed {
  kind: 'market' | 'limit' | 'stop' | 'takeProfit' | 'amend' | 'cancel' | 'price' | 'wait'
  who: 0 | 1
  side: EngineSide
  /** Steps of 0.001. */
  steps: number
  /** Ticks from the mark. */
  away: number
  reduceOnly: boolean
  timeInForce: 'GTC' | 'IOC' | 'FOK' | 'GTX'
}

const deeds = fc.array(
  fc.record<Deed>({
    kind: fc.constantFrom(
      'market',
      'limit',
      'limit',
      'stop',
      'takeProfit',
      'amend',
      'cancel',
      'price',
      'price',
      'wait',
    ),
    who: fc.constantFrom(0, 1),
    side: fc.constantFrom('BUY', 'SELL'),
    steps: fc.integer({ min: 1, max: 1_500 }),
    away: fc.integer({ min: -25, max: 25 }),
    reduceOnly: fc.constantFrom(false, false, false, true),
    timeInForce: fc.constantFrom('GTC', 'GTC', 'IOC', 'FOK', 'GTX'),
  }),
  { minLength: 40, maxLength: 80 },
)

interface Scene extends Stage {
  accounts: readonly [string, string]
}

function makeScene(counting: boolean, balance = '100000'): Scene {
  const stage = makeStage(
    { reduceOnlyCountsResting: counting, maxConditionalOrders: 1_000 },
    1,
    balance,
  )
  return { ...stage, accounts: [stage.account, stage.engine.createAccount({ USDT: balance })] }
}

function act(scene: Scene, deed: Deed): void {
  const { engine, clock, accounts } = scene
  const account = accounts[deed.who]
  const price = add(engine.prices('BTCUSDT').mark, mul(String(deed.away), '0.1'))
  const quantity = mul(String(deed.steps), '0.001')
  if (deed.kind === 'price') engine.setPrice('BTCUSDT', price)
  else if (deed.kind === 'wait') clock.advance(deed.steps)
  else if (deed.kind === 'amend') {
    const order = engine.openOrders(account)[0]
    if (order) engine.amendOrder(account, order.orderId, { quantity, price })
  } else if (deed.kind === 'cancel') {
    const order = engine.openOrders(account).at(-1)
    if (order) engine.cancelOrder(account, order.orderId)
  } else place(scene, account, deed, { quantity, price })
}

function place(
  { engine }: Scene,
  account: string,
  { kind, side, reduceOnly, timeInForce }: Deed,
  { quantity, price }: { quantity: Decimal; price: Decimal },
): void {
  if (kind === 'market') {
    engine.placeOrder(account, market(side, quantity, { reduceOnly }))
  } else if (kind === 'limit') {
    engine.placeOrder(account, limit(side, quantity, price, { reduceOnly, timeInForce }))
  } else if (kind === 'stop') {
    engine.placeConditional(account, stop(side, quantity, price, { reduceOnly }))
  } else {
    const more = { reduceOnly, triggerSource: 'last' } as const
    engine.placeConditional(account, takeProfit(side, quantity, price, more))
  }
}

function checkBook({ engine }: Scene): void {
  const { bid, ask } = engine.prices('BTCUSDT')
  expect(isLess(bid, ask)).toBe(true)
}

function checkOrders({ engine }: Scene, account: string, fills: EngineFill[]): void {
  const open = new Set(engine.openOrders(account).map(({ orderId }) => orderId))
  for (const order of engine.orders(account)) {
    const own = fills.filter(({ orderId }) => orderId === order.orderId)
    expect(sum(own.map(({ quantity }) => quantity))).toBe(order.executedQuantity)
    expect(sum(own.map(({ quantity, price }) => mul(quantity, price)))).toBe(order.executedNotional)
    expect(isGreater(order.executedQuantity, order.quantity)).toBe(false)
    expect(order.status === 'FILLED').toBe(order.executedQuantity === order.quantity)
    expect(open.has(order.orderId)).toBe(['NEW', 'PARTIALLY_FILLED'].includes(order.status))
    // An order that rests may have been amended; these never do.
    if (order.timeInForce !== 'FOK' || order.price === undefined) continue
    for (const { price } of own) {
      const [low, high] = order.side === 'BUY' ? [price, order.price] : [order.price, price]
      expect(isGreater(low, high)).toBe(false)
    }
  }
}

/** The wallet and what is open are worth what was put in, paid and got. */
function checkWallet({ engine }: Scene, account: string, fills: EngineFill[]): void {
  let worth: Decimal = '100000'
  let signed: Decimal = '0'
  for (const { side, price, quantity, fee } of fills) {
    const notional = mul(price, quantity)
    worth = sub(side === 'BUY' ? sub(worth, notional) : add(worth, notional), fee)
    signed = side === 'BUY' ? add(signed, quantity) : sub(signed, quantity)
  }
  worth = add(worth, mul(signed, engine.prices('BTCUSDT').mark))
  const margin = engine.margin(account, 'USDT')
  expect(isLess(abs(sub(worth, margin.marginBalance)), '0.000001')).toBe(true)
  const [position] = engine.positions(account)
  expect(position?.size ?? '0').toBe(abs(signed))
}

describe('engine', () => {
  test('behavior: the book is never crossed, fills add up, wallets are conserved', () => {
    fc.assert(
      fc.property(deeds, fc.boolean(), (rows, counting) => {
        const scene = makeScene(counting)
        for (const row of rows) {
          act(scene, row)
          checkBook(scene)
        }
        for (const account of scene.accounts) {
          const fills = scene.engine.fills(account)
          checkOrders(scene, account, fills)
          checkWallet(scene, account, fills)
        }
      }),
      { numRuns: 60, seed: 1 },
    )
  })

  test('behavior: margin of open orders is that of what rests, whatever came before', () => {
    fc.assert(
      fc.property(deeds, (rows) => {
        const scene = makeScene(false)
        const { engine } = scene
        for (const row of rows) act(scene, row)
        for (const account of scene.accounts) {
          const [position] = engine.positions(account)
          const mark = engine.prices('BTCUSDT').mark
          const held = mul(position?.size ?? '0', mark)
          const signed = position?.side === 'SHORT' ? sub('0', held) : held
          const side = (wanted: EngineSide): Decimal =>
            sum(
              engine
                .openOrders(account)
                .filter((order) => order.side === wanted && !order.reduceOnly)
                .map((order) =>
                  mul(sub(order.quantity, order.executedQuantity), order.price ?? '0'),
                ),
            )
          const widest = max(abs(add(signed, side('BUY'))), abs(sub(signed, side('SELL'))))
          const margin = engine.margin(account, 'USDT')
          const taken = add(margin.positionInitialMargin, margin.orderInitialMargin)
          expect(isLess(abs(sub(mul(taken, '10'), max(widest, held))), '0.000001')).toBe(true)
        }
      }),
      { numRuns: 60, seed: 2 },
    )
  })

  test('behavior: between two accounts and without makers nothing is won', () => {
    const trades = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 900 })), {
      minLength: 1,
      maxLength: 30,
    })
    fc.assert(
      fc.property(trades, (rows) => {
        const { engine, accounts } = makeScene(false)
        const price = roomyPrice(engine)
        const [one, other] = accounts
        for (const [isFirst, steps] of rows) {
          const quantity = mul(String(steps), '0.001')
          engine.placeOrder(isFirst ? one : other, limit('BUY', quantity, price))
          engine.placeOrder(isFirst ? other : one, limit('SELL', quantity, price))
        }
        const fees = sum(accounts.flatMap((id) => engine.fills(id).map(({ fee }) => fee)))
        const worth = sum(accounts.map((id) => engine.margin(id, 'USDT').marginBalance))
        expect(add(worth, fees)).toBe('200000')
        const sizes = accounts.map((id) => engine.positions(id)[0])
        expect(sizes[0]?.size).toBe(sizes[1]?.size)
        if (sizes[0]) expect(sizes[0].side).not.toBe(sizes[1]?.side)
      }),
      { numRuns: 30, seed: 3 },
    )
  })

  test('behavior: a reduce-only order never opens, adds to or turns over a position', () => {
    fc.assert(
      fc.property(deeds, fc.boolean(), (rows, counting) => {
        const scene = makeScene(counting)
        for (const row of rows) act(scene, row)
        for (const account of scene.accounts) {
          const reducing = new Set(
            scene.engine
              .orders(account)
              .filter(({ reduceOnly }) => reduceOnly)
              .map(({ orderId }) => orderId),
          )
          let signed: Decimal = '0'
          for (const { orderId, side, quantity } of scene.engine.fills(account)) {
            const next = side === 'BUY' ? add(signed, quantity) : sub(signed, quantity)
            if (reducing.has(orderId)) {
              expect(isLess(abs(next), abs(signed))).toBe(true)
              expect(isLess(mul(next, signed), '0')).toBe(false)
            }
            signed = next
          }
        }
      }),
      { numRuns: 100, seed: 4 },
    )
  })

  test('behavior: a state that is taken out and put in goes on alike', () => {
    fc.assert(
      fc.property(deeds, deeds, (before, after) => {
        const reference = makeScene(true)
        for (const row of before) act(reference, row)
        const copy = makeScene(true)
        copy.clock.advance(reference.clock.now() - copy.clock.now())
        copy.engine.importState(reference.engine.exportState())
        for (const row of after) {
          act(reference, row)
          act(copy, row)
        }
        expect(copy.engine.exportState()).toEqual(reference.engine.exportState())
      }),
      { numRuns: 25, seed: 5 },
    )
  })

  test('behavior: an accepted order never takes more margin than there is', () => {
    fc.assert(
      fc.property(deeds, (rows) => {
        const scene = makeScene(false)
        for (const row of rows) {
          if (row.kind === 'price') continue
          act(scene, { ...row, steps: row.steps * 8 })
          const { engine } = scene
          for (const account of scene.accounts) {
            const margin = engine.margin(account, 'USDT')
            const taken = add(margin.positionInitialMargin, margin.orderInitialMargin)
            // Closing at a bad price may use up a little of what other orders stand on.
            expect(isLess(sub(taken, margin.marginBalance), '300')).toBe(true)
          }
        }
      }),
      { numRuns: 40, seed: 6 },
    )
  })
})
