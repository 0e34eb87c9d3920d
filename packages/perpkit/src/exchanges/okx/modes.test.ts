import { describe, expect, test } from 'vitest'
import { getMarginMode, getPositionMode, setPositionMode } from './modes.ts'
import { bitcoin, ok, refused, script } from './script.testing.ts'

// docs/wire/okx.md 4.1
const CONFIG = 'GET account/config'
const net = ok({ uid: '4470', acctLv: '2', posMode: 'net_mode', perm: 'read_only,trade' })
const hedge = ok({ uid: '4470', acctLv: '2', posMode: 'long_short_mode' })
function setTo(posMode: string): string {
  return `POST account/set-position-mode {"posMode":"${posMode}"}`
}

describe('getPositionMode', () => {
  test.each([
    ['ONE_WAY', net],
    ['HEDGE', hedge],
  ])('default: %s', async (mode, answer) => {
    const { call, lines, sent } = script({ [CONFIG]: answer })
    expect(await getPositionMode(call)).toBe(mode)
    expect(lines).toEqual([CONFIG])
    expect(sent).toEqual([{ access: 'read', effect: 'read', cost: { [CONFIG]: 1 } }])
  })

  test('error: a mode of another word', async () => {
    const { call } = script({ [CONFIG]: ok({ posMode: 'both' }) })
    await expect(getPositionMode(call)).rejects.toThrow(
      '$.data[0].posMode: expected net_mode or long_short_mode, received "both"',
    )
  })
})

describe('setPositionMode', () => {
  test.each([
    ['HEDGE', net, 'long_short_mode'],
    ['ONE_WAY', hedge, 'net_mode'],
  ] as const)('default: %s, where it is another', async (positionMode, now, posMode) => {
    const line = setTo(posMode)
    const { call, lines, sent } = script({ [CONFIG]: now, [line]: ok({ posMode }) })
    await expect(setPositionMode(call, { positionMode })).resolves.toBeUndefined()
    expect(lines).toEqual([CONFIG, line])
    expect(sent[1]).toEqual({
      access: 'trade',
      effect: 'idempotent',
      cost: { 'POST account/set-position-mode': 1 },
    })
  })

  test('behavior: the present mode is not sent', async () => {
    const { call, lines } = script({ [CONFIG]: hedge })
    await setPositionMode(call, { positionMode: 'HEDGE' })
    expect(lines).toEqual([CONFIG])
  })

  test('behavior: a blocker is forgiven when it is so by now', async () => {
    const answers = { [CONFIG]: [net, hedge], [setTo('long_short_mode')]: refused('59000') }
    const { call, lines } = script(answers)
    await setPositionMode(call, { positionMode: 'HEDGE' })
    expect(lines).toHaveLength(3)
  })

  test('error: a blocker stands when it is not so', async () => {
    const { call } = script({ [CONFIG]: net, [setTo('long_short_mode')]: refused('59000') })
    const set = setPositionMode(call, { positionMode: 'HEDGE' })
    await expect(set).rejects.toMatchObject({ code: 'STATE_CONFLICT', nativeCode: '59000' })
  })

  test('error: other refusals are not looked into', async () => {
    const { call, lines } = script({ [CONFIG]: net, [setTo('long_short_mode')]: refused('51070') })
    const set = setPositionMode(call, { positionMode: 'HEDGE' })
    await expect(set).rejects.toMatchObject({ code: 'UNSUPPORTED' })
    expect(lines).toHaveLength(2)
  })
})

describe('getMarginMode', () => {
  const LINE = 'GET account/positions?instType=SWAP&instId=BTC-USDT-SWAP'
  const position = {
    instId: 'BTC-USDT-SWAP',
    mgnMode: 'isolated',
    posSide: 'net',
    pos: '1',
    avgPx: '85000',
    markPx: '85000',
    upl: '0',
    uplRatio: '0',
  }

  test('default: that of an open position', async () => {
    const { call, lines } = script({ [LINE]: ok(position) })
    expect(await getMarginMode(call, { instrument: bitcoin })).toBe('ISOLATED')
    expect(lines).toEqual([LINE])
  })

  test('behavior: of two positions that of the newer', async () => {
    const { call } = script({ [LINE]: ok({ ...position, mgnMode: 'cross' }, position) })
    expect(await getMarginMode(call, { instrument: bitcoin })).toBe('CROSS')
  })

  test.each([[ok()], [ok({ ...position, pos: '0' })], [ok({ ...position, mgnMode: 'other' })]])(
    'behavior: nothing tells it in %j',
    async (answer) => {
      const { call } = script({ [LINE]: answer })
      expect(await getMarginMode(call, { instrument: bitcoin })).toBeUndefined()
    },
  )
})
