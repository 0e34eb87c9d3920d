import { describe, expect, it } from 'vitest'
import { at, expectCovered, expectOver, FORMS, openedScene, type Scene } from './scene.testing.ts'

// Exchanges allow one stop of the whole position a side: what if it is not ours?

const WHOLE = FORMS.filter(([form]) => form === 'set' || form === 'amend' || form === 'bridge')

/** A hand's stop for all of the position. */
function putStop({ exchange, request, side }: Scene): void {
  exchange.orders.push({
    orderId: 'hand',
    clientOrderId: '',
    symbol: 'BTCUSDT',
    nativeSymbol: 'BTCUSDT',
    side: request.side,
    type: 'STOP_MARKET',
    quantity: '0',
    price: '0',
    status: 'PENDING',
    executedQty: '0',
    timeInForce: 'GTC',
    stopPrice: at(side, '57000'),
    reduceOnly: true,
    closePosition: true,
  })
}

function expectOurs(scene: Scene): void {
  expectCovered(scene, '0.04')
  const [stop] = scene.exchange.open().filter(({ type }) => type === 'STOP_MARKET')
  expect(stop).toMatchObject({ stopPrice: at(scene.side, '58000') })
}

for (const [form, rules] of WHOLE) {
  for (const side of ['LONG', 'SHORT'] as const) {
    describe(`${form} ${side}`, () => {
      it('default: one from before is moved or replaced', async () => {
        const scene = openedScene(rules, side)
        putStop(scene)
        await scene.client.createManagedOrders(scene.request)
        expectOurs(scene)
      })

      it('behavior: one that a hand puts in the place of ours as well', async () => {
        const scene = openedScene(rules, side)
        const { client, exchange, request } = scene
        const managed = await client.createManagedOrders(request)
        const [ours] = exchange.open().filter(({ type }) => type === 'STOP_MARKET')
        if (ours) exchange.end(ours)
        putStop(scene)
        await managed.refresh()
        expectOurs(scene)
        exchange.move(at(side, '56000'))
        await managed.refresh()
        expectOver(scene)
      })
    })
  }
}

for (const [form, rules] of WHOLE.filter(([name]) => name !== 'set')) {
  it(`error: ${form}: where none shows, ours has a quantity`, async () => {
    const scene = openedScene(rules, 'LONG')
    const { client, exchange, request } = scene
    exchange.faults.push({
      operation: 'createConditionalOrder',
      kind: 'STATE_CONFLICT',
      when: ({ closePosition }) => closePosition === true,
    })
    const managed = await client.createManagedOrders(request)
    expectOurs(scene)
    exchange.move('61000')
    await managed.refresh()
    expectCovered(scene, '0.02')
    exchange.move('57000')
    expect((await managed.refresh()).status).toBe('COMPLETED')
    expectOver(scene)
  })
}
