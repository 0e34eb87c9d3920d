import { describe, expect, test } from 'vitest'
import {
  BTC,
  held,
  lookUp,
  lookUpAlgo,
  openDesk,
  order,
  pending,
  place,
  placeAlgo,
  said,
  type Words,
  withLong,
} from './desk.fixture.ts'

// Trigger orders and trailing stops: docs/wire/okx.md 4.4.

describe('trigger orders', () => {
  const entry = (more: Words): Words =>
    order({ ordType: 'trigger', triggerPx: '61000', orderPx: '-1', ...more })

  test.each([
    ['buy', '61000', '1'],
    ['buy', '59000', '1'],
    ['sell', '61000', '-1'],
    ['sell', '59000', '-1'],
    ['buy', '60000', '1'],
  ])('default: %s when the price crosses %s', async (side, triggerPx, size) => {
    const desk = openDesk()
    const algoId = await placeAlgo(desk, entry({ side, triggerPx }))
    if (triggerPx !== '60000') {
      expect(await pending(desk, 'trigger')).toEqual([algoId])
      await desk.setPrice(triggerPx)
    }
    const { ordId, state } = await lookUpAlgo(desk, algoId)
    expect(state).toBe('effective')
    expect(await lookUp(desk, String(ordId))).toMatchObject({ source: '6', state: 'filled' })
    expect(await held(desk)).toBe(size)
  })

  // Section 9: place `orderPx`, read `ordPx`, amend `newOrdPx`.
  test('behavior: written orderPx, read ordPx, amended with newOrdPx', async () => {
    const desk = openDesk()
    const algoId = await placeAlgo(desk, entry({ orderPx: '60900' }))
    expect(await lookUpAlgo(desk, algoId)).toMatchObject({
      triggerPx: '61000',
      triggerPxType: 'last',
      ordPx: '60900',
    })
    // To the other side of the price, and to a market order.
    const change = { instId: BTC, algoId, newTriggerPx: '59000', newOrdPx: '-1', newSz: '2' }
    expect(said(await desk.post('trade/amend-algos', change))).toBe('0')
    expect(await lookUpAlgo(desk, algoId)).toMatchObject({
      triggerPx: '59000',
      ordPx: '-1',
      sz: '2',
    })
    await desk.setPrice('61500')
    expect(await pending(desk, 'trigger')).toEqual([algoId])
    await desk.setPrice('59000')
    expect(await held(desk)).toBe('2')
  })

  test.each([
    ['ioc', 'canceled', '14'],
    ['fok', 'canceled', '13'],
  ])('behavior: as %s its order does not rest', async (advanceOrdType, state, cancelSource) => {
    const desk = openDesk()
    const algoId = await placeAlgo(desk, entry({ orderPx: '60000', advanceOrdType }))
    await desk.setPrice('61000')
    const { ordId, ...algo } = await lookUpAlgo(desk, algoId)
    expect(algo).toMatchObject({ state: 'effective', advanceOrdType })
    expect(await lookUp(desk, String(ordId))).toMatchObject({
      ordType: advanceOrdType,
      state,
      cancelSource,
    })
  })

  test.each([
    [{ reduceOnly: true }, '51205 Reduce Only is not available.'],
    [{ triggerPx: undefined }, '50014 Parameter triggerPx can not be empty.'],
    [{ orderPx: undefined }, '50014 Parameter orderPx can not be empty.'],
    [{ triggerPx: '61000.05' }, /^51150 /],
    [{ triggerPxType: 'best' }, '51000 Parameter triggerPxType  error'],
  ])('error: %j', async (more, message) => {
    const desk = openDesk()
    expect(said(await desk.post('trade/order-algo', entry(more)))).toMatch(message)
  })
})

describe('trailing stops', () => {
  const trailing = (more: Words): Words =>
    order({ side: 'sell', ordType: 'move_order_stop', reduceOnly: true, ...more })

  test.each([
    ['callbackRatio', '0.01', '59400', '61380', '61380'],
    ['callBackRatio', '0.01', '59400', '61380', '61380'],
    ['callbackSpread', '500', '59500', '61500', '61500'],
    ['callBackSpread', '500', '59500', '61500', '61500'],
  ])('default: %s %s', async (name, value, first, raised, fires) => {
    const desk = openDesk()
    await place(desk, order())
    await desk.setPrice('60000')
    const algoId = await placeAlgo(desk, trailing({ [name]: value }))
    expect(await lookUpAlgo(desk, algoId)).toMatchObject({ moveTriggerPx: first, activePx: '' })
    await desk.setPrice('62000')
    expect(await lookUpAlgo(desk, algoId)).toMatchObject({ state: 'live', moveTriggerPx: raised })
    expect(await pending(desk, 'move_order_stop')).toEqual([algoId])
    await desk.setPrice(fires)
    const { ordId } = await lookUpAlgo(desk, algoId)
    expect(await lookUp(desk, String(ordId))).toMatchObject({ source: '25', state: 'filled' })
    expect(await held(desk)).toBe('0')
  })

  test('behavior: before its activation price it tracks nothing', async () => {
    const desk = await withLong()
    const words = trailing({ callbackSpread: '500', activePx: '61000' })
    const algoId = await placeAlgo(desk, words)
    await desk.setPrice('59000')
    expect(await lookUpAlgo(desk, algoId)).toMatchObject({
      state: 'live',
      activePx: '61000',
      moveTriggerPx: '',
    })
    await desk.setPrice('61000')
    expect(await lookUpAlgo(desk, algoId)).toMatchObject({ moveTriggerPx: '60500' })
  })

  test.each([
    [{}, '50015 Either parameter callbackRatio or callbackSpread is required.'],
    [{ callbackRatio: '0.0009' }, /^51311 /],
    [{ callbackRatio: '1.1' }, /^51311 /],
    [{ callbackRatio: '0.01', callbackSpread: '1' }, '51000 Parameter callbackSpread  error'],
    [{ callbackRatio: '0.01', activePx: '60000' }, /^51258 /],
    [{ callbackRatio: '0.01', activePx: '60000', side: 'buy' }, /^51259 /],
    [{ callbackRatio: '0.01', sz: '12000.01' }, /^51312 /],
  ])('error: %j', async (more, message) => {
    const desk = openDesk()
    expect(said(await desk.post('trade/order-algo', trailing(more)))).toMatch(message)
  })

  // Section 9: a trailing stop cannot be amended.
  test('error: it is not amended', async () => {
    const desk = openDesk()
    const algoId = await placeAlgo(desk, trailing({ callbackRatio: '0.01' }))
    const change = { instId: BTC, algoId, newSz: '2' }
    expect(said(await desk.post('trade/amend-algos', change))).toMatch(/^51506 /)
  })
})
