import { describe, expect, it } from 'vitest'
import { getLeverage, getMarginMode, setLeverage, setMarginMode } from './modes.ts'
import { bitcoin, NOW, script, success } from './script.testing.ts'

const GET = 'GET leveragepreferences'
const PUT = 'PUT leveragepreferences'
const isolated = success({ leveragePreferences: [{ symbol: 'PF_XBTUSD', maxLeverage: 7.5 }] })
const cross = success({ leveragePreferences: [{ symbol: 'PF_ETHUSD', maxLeverage: 3 }] })
const complaint = (code: number, message: string): unknown => ({
  status: 'BAD_REQUEST',
  result: 'error',
  errors: [{ code, message }],
  serverTime: NOW,
})

describe('getLeverage', () => {
  const read = (leveragePreferences: unknown, instrument = bitcoin) =>
    getLeverage(script({ 'GET leveragepreferences': success({ leveragePreferences }) }).call, {
      instrument,
    })

  it('default: that of the preference', async () => {
    const { call, lines, sent } = script({
      'GET leveragepreferences': success({
        leveragePreferences: [
          { symbol: 'PF_ETHUSD', maxLeverage: 3.0 },
          { symbol: 'PF_XBTUSD', maxLeverage: 10.5 },
        ],
      }),
    })
    expect(await getLeverage(call, { instrument: bitcoin })).toBe(10.5)
    expect(lines).toEqual(['GET leveragepreferences'])
    expect(sent).toEqual([{ access: 'read', effect: 'read', cost: { derivatives: 2 } }])
  })

  it('behavior: without one, in cross margin, the maximum of the market', async () => {
    expect(await read([])).toBe(100)
  })

  it('error: neither is known, or the list is missing', async () => {
    const { maxLeverage: _, ...unknown } = bitcoin
    await expect(read([], unknown)).rejects.toThrow('expected a preference of PF_XBTUSD')
    await expect(read(undefined)).rejects.toThrow('$.leveragePreferences: expected an array')
  })
})

describe('setLeverage', () => {
  it('default: one request, which may be repeated', async () => {
    const { call, lines, sent } = script({ 'PUT leveragepreferences': success() })
    await setLeverage(call, { instrument: bitcoin, leverage: 5 }, new Map())
    expect(lines).toEqual(['PUT leveragepreferences symbol=PF_XBTUSD&maxLeverage=5'])
    expect(sent).toEqual([{ access: 'trade', effect: 'idempotent', cost: { derivatives: 10 } }])
  })

  it('error: an answer that does not say success', async () => {
    const { call } = script({ 'PUT leveragepreferences': {} })
    await expect(
      setLeverage(call, { instrument: bitcoin, leverage: 5 }, new Map()),
    ).rejects.toThrow('$.result: expected a string')
  })
})

describe('setLeverage: refusals', () => {
  const set = (answer: unknown) =>
    setLeverage(script({ [PUT]: answer }).call, { instrument: bitcoin, leverage: 500 }, new Map())

  it.each([
    [11, 'maxLeverage out of range', 'LEVERAGE_REFUSED'],
    [41, 'WOULD_CAUSE_LIQUIDATION', 'INSUFFICIENT_MARGIN'],
    [87, 'CONTRACT_DOES_NOT_EXIST', 'UNKNOWN_SYMBOL'],
    [88, 'CONTRACT_NOT_FLEXIBLE_FUTURES', 'INVALID_REQUEST'],
    [92, 'INSUFFICIENT_MARGIN', 'INSUFFICIENT_MARGIN'],
  ])('error: %i %s is %s', async (code, message, expected) => {
    await expect(set(complaint(code, message))).rejects.toMatchObject({ code: expected })
  })
})

describe('getMarginMode', () => {
  it.each([
    ['ISOLATED', isolated],
    ['CROSS', cross],
    ['CROSS', success({ leveragePreferences: [] })],
  ])('default: %s', async (mode, answer) => {
    const { call, lines } = script({ [GET]: answer })
    expect(await getMarginMode(call, { instrument: bitcoin })).toBe(mode)
    expect(lines).toEqual([GET])
  })

  it('error: without the list nothing is known', async () => {
    const { call } = script({ [GET]: success() })
    await expect(getMarginMode(call, { instrument: bitcoin })).rejects.toThrow(
      '$.leveragePreferences: expected an array',
    )
  })
})

describe('setMarginMode', () => {
  async function set(
    marginMode: 'CROSS' | 'ISOLATED',
    preferences: unknown,
    memory = new Map<string, number>(),
    instrument = bitcoin,
  ) {
    const { call, lines } = script({ [GET]: preferences, [PUT]: success() })
    await setMarginMode(call, { instrument, marginMode }, memory)
    return lines
  }

  it('default: cross removes the leverage, isolated sets one', async () => {
    expect(await set('CROSS', isolated)).toEqual([GET, `${PUT} symbol=PF_XBTUSD`])
    expect(await set('ISOLATED', cross)).toEqual([GET, `${PUT} symbol=PF_XBTUSD&maxLeverage=10`])
  })

  it('default: nothing is sent where it is so already', async () => {
    expect(await set('CROSS', cross)).toEqual([GET])
    expect(await set('ISOLATED', isolated)).toEqual([GET])
  })

  it('behavior: isolated again has the leverage it had before', async () => {
    const memory = new Map<string, number>()
    await set('CROSS', isolated, memory)
    expect(await set('ISOLATED', cross, memory)).toEqual([
      GET,
      `${PUT} symbol=PF_XBTUSD&maxLeverage=7.5`,
    ])
    await setLeverage(
      script({ [PUT]: success() }).call,
      { instrument: bitcoin, leverage: 4 },
      memory,
    )
    expect(await set('ISOLATED', cross, memory)).toEqual([
      GET,
      `${PUT} symbol=PF_XBTUSD&maxLeverage=4`,
    ])
  })

  it('behavior: never more than the market allows', async () => {
    const small = { ...bitcoin, maxLeverage: 5 }
    expect(await set('ISOLATED', cross, new Map(), small)).toEqual([
      GET,
      `${PUT} symbol=PF_XBTUSD&maxLeverage=5`,
    ])
  })

  it('error: an open position that would be liquidated', async () => {
    const { call } = script({ [GET]: cross, [PUT]: complaint(92, 'INSUFFICIENT_MARGIN') })
    const request = { instrument: bitcoin, marginMode: 'ISOLATED' } as const
    await expect(setMarginMode(call, request, new Map())).rejects.toMatchObject({
      code: 'INSUFFICIENT_MARGIN',
    })
  })
})
