import { describe, expect, test } from 'vitest'
import { getLeverage, setLeverage } from './leverage.ts'
import { bitcoin, done, refused, script } from './script.testing.ts'

const LEVER = 'GET /v5/position/lever'
const SET_LEVER = 'POST /v5/position/lever'

const levers = [
  { contract_code: 'BTC-USDT', margin_mode: 'isolated', lever_rate: 3, available_lever: ['1'] },
  { contract_code: 'BTC-USDT', margin_mode: 'cross', lever_rate: 5, available_lever: [1, 2] },
]

/** The sides of isolated margin in hedge mode. */
const apart = [
  { ...levers[0], position_side: 'short', lever_rate: 4 },
  { ...levers[0], position_side: 'long', lever_rate: '7' },
]
const isolated = { instrument: bitcoin, marginMode: 'ISOLATED', positionMode: 'HEDGE' } as const

describe('getLeverage', () => {
  test('default: of cross margin', async () => {
    const { call, lines } = script({ [LEVER]: done(levers) })
    expect(await getLeverage(call, { instrument: bitcoin })).toBe(5)
    expect(lines).toEqual([`${LEVER}?contract_code=BTC-USDT&margin_mode=cross`])
  })

  test('args: of isolated margin', async () => {
    const { call, lines } = script({ [LEVER]: done(levers) })
    const key = { instrument: bitcoin, marginMode: 'ISOLATED', positionMode: 'ONE_WAY' } as const
    expect(await getLeverage(call, key)).toBe(3)
    expect(lines).toEqual([`${LEVER}?contract_code=BTC-USDT&margin_mode=isolated`])
  })

  test('behavior: where the sides are apart, of the long one', async () => {
    const { call } = script({ [LEVER]: done(apart) })
    expect(await getLeverage(call, isolated)).toBe(7)
  })

  test('error: no such row', async () => {
    const { call } = script({ [LEVER]: done([levers[0]]) })
    await expect(getLeverage(call, { instrument: bitcoin })).rejects.toMatchObject({
      name: 'ReadError',
      path: '$.data',
    })
  })
})

describe('setLeverage', () => {
  const set = done({ contract_code: 'BTC-USDT', margin_mode: 'cross', lever_rate: 10 })

  test('default: a number, for cross margin', async () => {
    const { call, lines, sent } = script({ [LEVER]: done(levers), [SET_LEVER]: set })
    await setLeverage(call, { instrument: bitcoin, leverage: 10 })
    expect(lines[1]).toBe(
      `${SET_LEVER} {"contract_code":"BTC-USDT","margin_mode":"cross","lever_rate":10}`,
    )
    expect(sent[1]).toEqual({ access: 'trade', effect: 'idempotent', cost: { trade: 1 } })
  })

  test('args: isolated margin in one-way mode is one setting', async () => {
    const { call, lines } = script({ [LEVER]: done(levers), [SET_LEVER]: set })
    const key = { instrument: bitcoin, marginMode: 'ISOLATED', positionMode: 'ONE_WAY' } as const
    await setLeverage(call, { ...key, leverage: 10 })
    expect(lines.slice(1)).toEqual([
      `${SET_LEVER} {"contract_code":"BTC-USDT","margin_mode":"isolated","lever_rate":10}`,
    ])
  })

  test('behavior: isolated margin in hedge mode is two, and the one that is so is left', async () => {
    const { call, lines } = script({ [LEVER]: done(apart), [SET_LEVER]: set })
    await setLeverage(call, { ...isolated, leverage: 10 })
    await setLeverage(call, { ...isolated, leverage: 7 })
    const of = (side: string, leverage: number) =>
      `${SET_LEVER} {"contract_code":"BTC-USDT","margin_mode":"isolated","lever_rate":${leverage},"position_side":"${side}"}`
    expect(lines.filter((line) => line.startsWith(SET_LEVER))).toEqual([
      of('long', 10),
      of('short', 10),
      of('short', 7),
    ])
  })

  test('behavior: cross margin in hedge mode is one setting, also where two are listed', async () => {
    const both = apart.map((row) => ({ ...row, margin_mode: 'cross' }))
    const { call, lines } = script({ [LEVER]: done(both), [SET_LEVER]: set })
    const key = { instrument: bitcoin, marginMode: 'CROSS', positionMode: 'HEDGE' } as const
    await setLeverage(call, { ...key, leverage: 7 })
    expect(lines.slice(1)).toEqual([
      `${SET_LEVER} {"contract_code":"BTC-USDT","margin_mode":"cross","lever_rate":7}`,
    ])
  })

  test('behavior: an equal value is not sent, so open orders are not in its way', async () => {
    const { call, lines } = script({ [LEVER]: done(levers) })
    await setLeverage(call, { instrument: bitcoin, leverage: 5 })
    expect(lines).toHaveLength(1)
  })

  test.each([
    [1045, 'STATE_CONFLICT'],
    [1037, 'LEVERAGE_REFUSED'],
  ])('error: %i is %s', async (code, ours) => {
    const { call } = script({ [LEVER]: done(levers), [SET_LEVER]: refused(code) })
    await expect(setLeverage(call, { instrument: bitcoin, leverage: 10 })).rejects.toMatchObject({
      code: ours,
    })
  })
})
