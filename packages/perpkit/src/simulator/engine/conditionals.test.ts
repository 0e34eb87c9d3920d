import { describe, expect, test } from 'vitest'
import {
  accepted,
  limit,
  makeStage,
  market,
  refusal,
  type Stage,
  startTime,
  stop,
  takeProfit,
} from './engine.fixture.ts'
import { type ConditionalRequest, type EngineRules, isRefusal } from './types.ts'

/** A stage with a long position of 0.1 BTC. */
function withLong(rules: Partial<EngineRules> = {}): Stage {
  const stage = makeStage(rules)
  accepted(stage.engine.placeOrder(stage.account, market('BUY', '0.1')))
  return stage
}

function closing(request: ConditionalRequest): ConditionalRequest {
  return { ...request, quantity: '0', reduceOnly: false, closePosition: true }
}

describe('conditional orders', () => {
  test('default: one waits until it is cancelled', () => {
    const { engine, clock, account } = makeStage()
    const placed = accepted(
      engine.placeConditional(account, stop('SELL', '0.1', '58000', { clientOrderId: 'x' })),
    )
    expect(placed).toMatchObject({
      conditionalId: 'c1',
      clientOrderId: 'x',
      status: 'WAITING',
      triggerPrice: '58000',
      quantity: '0.1',
      closePosition: false,
      createdAt: startTime,
    })
    expect(engine.openConditionals(account)).toEqual([placed])
    expect(engine.conditional(account, 'c1')).toEqual(placed)
    expect(engine.openOrders(account)).toEqual([])
    clock.advance(3)
    expect(accepted(engine.cancelConditional(account, 'c1'))).toMatchObject({
      status: 'CANCELLED',
      endReason: 'user',
      updatedAt: startTime + 3,
    })
    expect(refusal(engine.cancelConditional(account, 'c1'))).toBe('orderNotFound')
    expect(engine.openConditionals(account)).toEqual([])
    expect(engine.conditionals(account)).toHaveLength(1)
  })

  test.each([
    ['a stop below a fall', stop('SELL', '0.1', '60000')],
    ['a stop above a fall', stop('SELL', '0.1', '60001')],
    ['a stop below a rise', stop('BUY', '0.1', '59999')],
    ['a take-profit at the price', takeProfit('SELL', '0.1', '60000')],
    ['a take-profit of a short', takeProfit('BUY', '0.1', '60000', { triggerSource: 'index' })],
  ])('error: the condition holds already: %s', (_, request) => {
    const { engine, account } = makeStage()
    const answer = engine.placeConditional(account, request)
    expect(isRefusal(answer) && answer).toEqual({
      refused: 'wouldTriggerImmediately',
      details: {
        triggerPrice: request.triggerPrice,
        price: '60000',
        source: request.triggerSource,
      },
    })
    expect(engine.conditionals(account)).toEqual([])
  })

  test('error: the watched price is the one that counts', () => {
    const { engine } = makeStage()
    const rich = engine.createAccount({ USDT: '10000000' })
    accepted(engine.placeOrder(rich, market('BUY', '60')))
    const request = stop('BUY', '0.1', '60003', { triggerSource: 'last' })
    expect(refusal(engine.placeConditional(rich, request))).toBe('wouldTriggerImmediately')
    accepted(engine.placeConditional(rich, { ...request, triggerSource: 'mark' }))
  })

  test('error: a position to close is needed, on the other side', () => {
    const { engine, account } = makeStage()
    const request = closing(stop('SELL', '0', '58000'))
    expect(refusal(engine.placeConditional(account, request))).toBe('positionRequired')
    accepted(engine.placeOrder(account, market('BUY', '0.1')))
    const wrongSide = closing(stop('BUY', '0', '62000'))
    expect(refusal(engine.placeConditional(account, wrongSide))).toBe('positionRequired')
    expect(accepted(engine.placeConditional(account, request))).toMatchObject({ quantity: '0' })
  })

  test('error: one stop and one take-profit a side close the position', () => {
    const { engine, account } = withLong()
    accepted(engine.placeConditional(account, closing(stop('SELL', '0', '58000'))))
    accepted(engine.placeConditional(account, closing(takeProfit('SELL', '0', '62000'))))
    const second = closing(stop('SELL', '0', '57000'))
    expect(refusal(engine.placeConditional(account, second))).toBe('closePositionExists')
    accepted(engine.placeConditional(account, stop('SELL', '0.1', '57000')))
  })

  test('error: more than the venue allows, by symbol or by account', () => {
    const bySymbol = makeStage({ maxConditionalOrders: 1 })
    const request = stop('SELL', '0.1', '58000')
    const ether = { ...request, symbol: 'ETHUSDT', triggerPrice: '2900' }
    accepted(bySymbol.engine.placeConditional(bySymbol.account, request))
    expect(refusal(bySymbol.engine.placeConditional(bySymbol.account, request))).toBe(
      'tooManyOrders',
    )
    accepted(bySymbol.engine.placeConditional(bySymbol.account, ether))
    const byAccount = makeStage({ maxConditionalOrders: 1, maxConditionalScope: 'account' })
    accepted(byAccount.engine.placeConditional(byAccount.account, request))
    expect(refusal(byAccount.engine.placeConditional(byAccount.account, ether))).toBe(
      'tooManyOrders',
    )
  })

  test('behavior: those bound to a position count, unless the venue says otherwise', () => {
    const request = closing(stop('SELL', '0', '58000'))
    const plain = stop('SELL', '0.1', '57000')
    const counting = withLong({ maxConditionalOrders: 1 })
    accepted(counting.engine.placeConditional(counting.account, request))
    expect(refusal(counting.engine.placeConditional(counting.account, plain))).toBe('tooManyOrders')
    const exempt = withLong({ maxConditionalOrders: 1, positionBoundCount: false })
    accepted(exempt.engine.placeConditional(exempt.account, request))
    accepted(exempt.engine.placeConditional(exempt.account, plain))
    const leg = stop('SELL', '0.1', '56000', { endsWithPosition: true })
    accepted(exempt.engine.placeConditional(exempt.account, leg))
    expect(refusal(exempt.engine.placeConditional(exempt.account, plain))).toBe('tooManyOrders')
  })

  test('error: a client order id that waits already', () => {
    const { engine, account } = makeStage()
    const request = stop('SELL', '0.1', '58000', { clientOrderId: 'x' })
    accepted(engine.placeConditional(account, request))
    expect(refusal(engine.placeConditional(account, request))).toBe('duplicateClientOrderId')
  })

  test('error: what no venue may let through is thrown', () => {
    const { engine, account } = makeStage()
    const { triggerPrice: _, ...without } = stop('SELL', '0.1', '58000')
    expect(() => engine.placeConditional(account, without)).toThrow(RangeError)
    expect(() => engine.placeConditional(account, stop('SELL', '0', '58000'))).toThrow(RangeError)
    const trailing = { ...without, kind: 'trailing' } as const
    expect(() => engine.placeConditional(account, trailing)).toThrow(RangeError)
    const priced = stop('SELL', '0.1', '58000', { price: '57000' })
    expect(() => engine.placeConditional(account, priced)).toThrow(RangeError)
    expect(engine.conditionals(account)).toEqual([])
  })

  test('default: an amended one waits for its new price, by its new source', () => {
    const { engine, account } = withLong()
    const { conditionalId } = accepted(
      engine.placeConditional(account, stop('SELL', '0.1', '58000')),
    )
    const change = {
      triggerPrice: '59000',
      quantity: '0.05',
      triggerSource: 'last',
      venueData: { a: 1 },
    } as const
    expect(accepted(engine.amendConditional(account, conditionalId, change))).toMatchObject({
      ...change,
      status: 'WAITING',
    })
    engine.setPrice('BTCUSDT', '58500')
    expect(engine.positions(account)).toMatchObject([{ size: '0.05' }])
  })

  test('error: amending to a price that holds, or what no longer waits, changes nothing', () => {
    const { engine, account } = withLong()
    const { conditionalId } = accepted(
      engine.placeConditional(account, stop('SELL', '0.1', '58000')),
    )
    const answer = engine.amendConditional(account, conditionalId, { triggerPrice: '60000' })
    expect(refusal(answer)).toBe('wouldTriggerImmediately')
    expect(engine.conditional(account, conditionalId)?.triggerPrice).toBe('58000')
    accepted(engine.cancelConditional(account, conditionalId))
    const late = engine.amendConditional(account, conditionalId, { triggerPrice: '57000' })
    expect(refusal(late)).toBe('orderNotFound')
  })

  test('behavior: an amended one may become another type of order, and wait the other way', () => {
    const { engine, account } = withLong()
    const { conditionalId } = accepted(
      engine.placeConditional(account, stop('SELL', '0.1', '58000')),
    )
    const rising = {
      triggerPrice: '61000',
      triggerDirection: 'rise',
      orderType: 'LIMIT',
      price: '62000',
    } as const
    accepted(engine.amendConditional(account, conditionalId, rising))
    expect(engine.conditional(account, conditionalId)).toMatchObject(rising)
    accepted(engine.amendConditional(account, conditionalId, { orderType: 'MARKET' }))
    expect(engine.conditional(account, conditionalId)?.price).toBeUndefined()
    engine.setPrice('BTCUSDT', '61000')
    expect(engine.positions(account)).toEqual([])
  })

  test('behavior: a price that holds can be amended to where that is asked for, and fires', () => {
    const { engine, account } = withLong()
    const { conditionalId } = accepted(
      engine.placeConditional(account, stop('SELL', '0.1', '58000')),
    )
    const change = { triggerPrice: '60000', firesAtOnce: true }
    accepted(engine.amendConditional(account, conditionalId, change))
    expect(engine.conditional(account, conditionalId)?.status).toBe('TRIGGERED')
  })

  test('behavior: when the position is gone, only what is bound to it ends', () => {
    const { engine, account } = withLong()
    const place = (request: ConditionalRequest): string =>
      accepted(engine.placeConditional(account, request)).conditionalId
    const bound = place(closing(stop('SELL', '0', '58000')))
    const leg = place(takeProfit('SELL', '0.1', '62000', { endsWithPosition: true }))
    const free = place(stop('SELL', '0.1', '57000'))
    accepted(engine.placeOrder(account, market('SELL', '0.1')))
    expect(engine.conditional(account, bound)).toMatchObject({
      status: 'EXPIRED',
      endReason: 'positionClosed',
    })
    expect(engine.conditional(account, leg)?.status).toBe('EXPIRED')
    expect(engine.conditional(account, free)?.status).toBe('WAITING')
  })

  test('behavior: what waits for the other side stays when the position turns over to it', () => {
    const { engine, account } = withLong()
    const guard = takeProfit('BUY', '0.1', '57000', { endsWithPosition: true })
    const { conditionalId } = accepted(engine.placeConditional(account, guard))
    accepted(engine.placeOrder(account, market('SELL', '0.2')))
    expect(engine.conditional(account, conditionalId)?.status).toBe('WAITING')
    accepted(engine.placeOrder(account, market('BUY', '0.1')))
    expect(engine.conditional(account, conditionalId)?.status).toBe('EXPIRED')
  })

  test('behavior: where the venue ends reduce-only ones too, entries stay', () => {
    const { engine, account } = withLong({ conditionalsEndWhenFlat: true })
    const guard = accepted(engine.placeConditional(account, stop('SELL', '0.1', '57000')))
    const entry = accepted(
      engine.placeConditional(account, stop('BUY', '0.1', '63000', { reduceOnly: false })),
    )
    accepted(engine.placeOrder(account, market('SELL', '0.1')))
    expect(engine.conditional(account, guard.conditionalId)?.status).toBe('EXPIRED')
    expect(engine.conditional(account, entry.conditionalId)?.status).toBe('WAITING')
  })

  test('behavior: none takes margin while it waits', () => {
    const { engine, account } = makeStage({}, 1, '10')
    const entry = stop('BUY', '100', '63000', { reduceOnly: false })
    accepted(engine.placeConditional(account, entry))
    expect(engine.margin(account, 'USDT').availableBalance).toBe('10')
    expect(refusal(engine.placeOrder(account, limit('BUY', '1', '50000')))).toBe(
      'insufficientMargin',
    )
  })
})
