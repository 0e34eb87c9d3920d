import { describe, expect, test } from 'vitest'
import { getMarginMode, getPositionMode, setPositionMode } from './modes.ts'
import { bitcoin, done, refused, script } from './script.testing.ts'

const POSITIONS = 'GET /v5/trade/position/opens'
const MODE = 'GET /v5/position/mode'
const SET_MODE = 'POST /v5/position/mode'

const position = {
  contract_code: 'BTC-USDT',
  position_side: 'long',
  direction: 'buy',
  margin_mode: 'isolated',
  open_avg_price: '63204.5',
  volume: '1',
  lever_rate: 20,
  initial_margin: '3.1',
  profit_unreal: '0',
  mark_price: '63165.5',
}

describe('getMarginMode', () => {
  test('default: an open position tells', async () => {
    const { call, lines } = script({ [POSITIONS]: done([position]) })
    expect(await getMarginMode(call, { instrument: bitcoin })).toBe('ISOLATED')
    expect(lines).toEqual([`${POSITIONS}?contract_code=BTC-USDT`])
  })

  test.each([
    ['none is open', []],
    ['one of each is open', [position, { ...position, margin_mode: 'cross' }]],
    ['only a flat row is there', [{ ...position, volume: '0' }]],
  ])('behavior: unknown while %s', async (_what, rows) => {
    const { call } = script({ [POSITIONS]: done(rows) })
    expect(await getMarginMode(call, { instrument: bitcoin })).toBeUndefined()
  })

  test('behavior: both legs of hedge mode are of one mode', async () => {
    const short = { ...position, position_side: 'short', direction: 'sell' }
    const { call } = script({ [POSITIONS]: done([position, short]) })
    expect(await getMarginMode(call, { instrument: bitcoin })).toBe('ISOLATED')
  })
})

describe('getPositionMode', () => {
  test.each([
    ['single_side', 'ONE_WAY'],
    ['dual_side', 'HEDGE'],
  ])('default: %s is %s', async (position_mode, mode) => {
    const { call, lines, sent } = script({ [MODE]: done({ position_mode }) })
    expect(await getPositionMode(call)).toBe(mode)
    expect(lines).toEqual([MODE])
    expect(sent).toEqual([{ access: 'read', effect: 'read', cost: { read: 1 } }])
  })

  test('error: another word', async () => {
    const { call } = script({ [MODE]: done({ position_mode: 'net' }) })
    await expect(getPositionMode(call)).rejects.toMatchObject({ path: '$.data.position_mode' })
  })
})

describe('setPositionMode', () => {
  test.each([
    ['HEDGE', 'single_side', 'dual_side'],
    ['ONE_WAY', 'dual_side', 'single_side'],
  ] as const)('default: %s', async (positionMode, before, after) => {
    const { call, lines } = script({
      [MODE]: done({ position_mode: before }),
      [SET_MODE]: done({ position_mode: after }),
    })
    await setPositionMode(call, { positionMode })
    expect(lines).toEqual([MODE, `${SET_MODE} {"position_mode":"${after}"}`])
  })

  test('behavior: an equal mode is not sent, so nothing can be in its way', async () => {
    const { call, lines } = script({ [MODE]: done({ position_mode: 'dual_side' }) })
    await setPositionMode(call, { positionMode: 'HEDGE' })
    expect(lines).toEqual([MODE])
  })

  test.each([1493, 1494, 1495, 1496])('error: %i is a conflict of states', async (code) => {
    const { call } = script({
      [MODE]: done({ position_mode: 'single_side' }),
      [SET_MODE]: refused(code),
    })
    await expect(setPositionMode(call, { positionMode: 'HEDGE' })).rejects.toMatchObject({
      code: 'STATE_CONFLICT',
    })
  })
})
