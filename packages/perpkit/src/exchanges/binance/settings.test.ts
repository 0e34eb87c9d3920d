import { describe, expect, test } from 'vitest'
import { bitcoin, refused, script } from './script.testing.ts'
import {
  getLeverage,
  getMarginMode,
  getMaxLeverage,
  getPositionMode,
  setLeverage,
  setMarginMode,
  setPositionMode,
} from './settings.ts'

const settings = [
  { symbol: 'ETHUSDT', marginType: 'CROSSED', isAutoAddMargin: false, leverage: 20 },
  { symbol: 'BTCUSDT', marginType: 'ISOLATED', isAutoAddMargin: false, leverage: 7 },
]
const done = { code: 200, msg: 'success' }

describe('leverage', () => {
  test('default: getLeverage reads the setting of the symbol', async () => {
    const { call, lines } = script({ 'GET /fapi/v1/symbolConfig': settings })
    expect(await getLeverage(call, { instrument: bitcoin })).toBe(7)
    expect(lines).toEqual(['GET /fapi/v1/symbolConfig?symbol=BTCUSDT'])
  })

  test('error: no setting of the symbol', async () => {
    const { call } = script({ 'GET /fapi/v1/symbolConfig': [settings[0]] })
    await expect(getLeverage(call, { instrument: bitcoin })).rejects.toMatchObject({
      name: 'ReadError',
      expected: 'a row of BTCUSDT',
    })
  })

  test('default: setLeverage', async () => {
    const answer = { leverage: 21, maxNotionalValue: '1000000', symbol: 'BTCUSDT' }
    const { call, lines, sent } = script({ 'POST /fapi/v1/leverage': answer })
    expect(await setLeverage(call, { instrument: bitcoin, leverage: 21 })).toBeUndefined()
    expect(lines).toEqual(['POST /fapi/v1/leverage symbol=BTCUSDT&leverage=21'])
    expect(sent).toEqual([{ access: 'trade', effect: 'idempotent', cost: { weight: 1 } }])
  })

  test('error: another leverage than asked for is no success', async () => {
    const { call } = script({ 'POST /fapi/v1/leverage': { leverage: 20, symbol: 'BTCUSDT' } })
    await expect(setLeverage(call, { instrument: bitcoin, leverage: 21 })).rejects.toMatchObject({
      path: '$.leverage',
      expected: '21 as asked for',
    })
  })

  test('error: a fraction is refused before anything is sent', async () => {
    const { call, lines } = script({})
    await expect(setLeverage(call, { instrument: bitcoin, leverage: 2.5 })).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: expect.stringContaining('2.5'),
    })
    expect(lines).toEqual([])
  })

  test('error: too high', async () => {
    const answer = refused(-4028, 'Leverage 999 is not valid')
    const { call } = script({ 'POST /fapi/v1/leverage': answer })
    await expect(setLeverage(call, { instrument: bitcoin, leverage: 999 })).rejects.toMatchObject({
      code: 'LEVERAGE_REFUSED',
    })
  })

  const bracketed = {
    symbol: 'BTCUSDT',
    brackets: [
      { bracket: 1, initialLeverage: 125, notionalCap: 50_000, maintMarginRatio: 0.004, cum: 0 },
      { bracket: 2, initialLeverage: 100, notionalCap: 250_000, maintMarginRatio: 0.005, cum: 50 },
    ],
  }
  test.each([
    ['an array', [bracketed]],
    ['an object', bracketed],
  ])('default: getMaxLeverage reads the first bracket of %s', async (_shape, answer) => {
    const { call, lines } = script({ 'GET /fapi/v1/leverageBracket': answer })
    expect(await getMaxLeverage(call, { instrument: bitcoin })).toBe(125)
    expect(lines).toEqual(['GET /fapi/v1/leverageBracket?symbol=BTCUSDT'])
  })

  test('error: no bracket', async () => {
    const { call } = script({ 'GET /fapi/v1/leverageBracket': [] })
    await expect(getMaxLeverage(call, { instrument: bitcoin })).rejects.toMatchObject({
      name: 'ReadError',
    })
  })
})

describe('margin mode', () => {
  test.each([
    ['ISOLATED', 'ISOLATED'],
    ['CROSSED', 'CROSS'],
  ])('args: %s is %s', async (marginType, expected) => {
    const { call, lines } = script({
      'GET /fapi/v1/symbolConfig': [settings[0], { ...settings[1], marginType }],
    })
    expect(await getMarginMode(call, { instrument: bitcoin })).toBe(expected)
    expect(lines).toEqual(['GET /fapi/v1/symbolConfig?symbol=BTCUSDT'])
  })

  test('error: a word of the older answers is refused', async () => {
    const answer = [{ ...settings[1], marginType: 'cross' }]
    const { call } = script({ 'GET /fapi/v1/symbolConfig': answer })
    await expect(getMarginMode(call, { instrument: bitcoin })).rejects.toMatchObject({
      path: '$[0].marginType',
    })
  })

  test.each([
    ['CROSS', 'CROSSED'],
    ['ISOLATED', 'ISOLATED'],
  ] as const)('default: setMarginMode %s says %s', async (marginMode, word) => {
    const { call, lines, sent } = script({ 'POST /fapi/v1/marginType': done })
    expect(await setMarginMode(call, { instrument: bitcoin, marginMode })).toBeUndefined()
    expect(lines).toEqual([`POST /fapi/v1/marginType symbol=BTCUSDT&marginType=${word}`])
    expect(sent).toEqual([{ access: 'trade', effect: 'idempotent', cost: { weight: 1 } }])
  })

  test('behavior: so already is done', async () => {
    const answer = refused(-4046, 'No need to change margin type.')
    const { call } = script({ 'POST /fapi/v1/marginType': answer })
    const change = setMarginMode(call, { instrument: bitcoin, marginMode: 'CROSS' })
    expect(await change).toBeUndefined()
  })

  test.each([
    [-4047, 'Margin type cannot be changed if there exists open orders.'],
    [-4048, 'Margin type cannot be changed if there exists position.'],
    [-4168, 'Unable to adjust to isolated-margin mode under the Multi-Assets mode.'],
  ])('error: %i', async (code, message) => {
    const { call } = script({ 'POST /fapi/v1/marginType': refused(code, message) })
    await expect(
      setMarginMode(call, { instrument: bitcoin, marginMode: 'ISOLATED' }),
    ).rejects.toMatchObject({ code: 'STATE_CONFLICT' })
  })

  test('error: an answer that says nothing is no success', async () => {
    const { call } = script({ 'POST /fapi/v1/marginType': {} })
    await expect(
      setMarginMode(call, { instrument: bitcoin, marginMode: 'CROSS' }),
    ).rejects.toMatchObject({ path: '$.code' })
  })
})

describe('position mode', () => {
  const config = { feeTier: 0, canTrade: true, dualSidePosition: true, multiAssetsMargin: false }

  test.each([
    [true, 'HEDGE'],
    [false, 'ONE_WAY'],
  ])('args: two sides %s is %s, read where it is cheap', async (dualSidePosition, expected) => {
    const { call, lines, sent } = script({
      'GET /fapi/v1/accountConfig': { ...config, dualSidePosition },
    })
    expect(await getPositionMode(call)).toBe(expected)
    expect(lines).toEqual(['GET /fapi/v1/accountConfig'])
    expect(sent).toEqual([{ access: 'read', effect: 'read', cost: { weight: 5 } }])
  })

  test('error: a text is no answer', async () => {
    const { call } = script({
      'GET /fapi/v1/accountConfig': { ...config, dualSidePosition: 'true' },
    })
    await expect(getPositionMode(call)).rejects.toMatchObject({ path: '$.dualSidePosition' })
  })

  test.each([
    ['HEDGE', 'true'],
    ['ONE_WAY', 'false'],
  ] as const)('default: setPositionMode %s says %s', async (positionMode, word) => {
    const { call, lines, sent } = script({ 'POST /fapi/v1/positionSide/dual': done })
    expect(await setPositionMode(call, { positionMode })).toBeUndefined()
    expect(lines).toEqual([`POST /fapi/v1/positionSide/dual dualSidePosition=${word}`])
    expect(sent).toEqual([{ access: 'trade', effect: 'idempotent', cost: { weight: 1 } }])
  })

  test('behavior: so already is done', async () => {
    const answer = refused(-4059, 'No need to change position side.')
    const { call } = script({ 'POST /fapi/v1/positionSide/dual': answer })
    expect(await setPositionMode(call, { positionMode: 'HEDGE' })).toBeUndefined()
  })

  test.each([
    [-4067, 'Position side cannot be changed if there exists open orders.'],
    [-4068, 'Position side cannot be changed if there exists position.'],
  ])('error: %i', async (code, message) => {
    const { call } = script({ 'POST /fapi/v1/positionSide/dual': refused(code, message) })
    await expect(setPositionMode(call, { positionMode: 'HEDGE' })).rejects.toMatchObject({
      code: 'STATE_CONFLICT',
    })
  })
})
