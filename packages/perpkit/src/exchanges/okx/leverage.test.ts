import { describe, expect, test } from 'vitest'
import { getLeverage, setLeverage } from './leverage.ts'
import { bitcoin, ok, refused, script } from './script.testing.ts'

// docs/wire/okx.md 4.1
const short = {
  instType: 'SWAP',
  instId: 'BTC-USDT-SWAP',
  posId: '2497956918703120384',
  mgnMode: 'cross',
  posSide: 'net',
  pos: '-1.5',
  availPos: '',
  avgPx: '85010.2',
  markPx: '85001.2',
  lever: '5',
  liqPx: '101234.5',
  upl: '0.135',
  uplRatio: '0.0005293',
  imr: '255.0',
  margin: '',
  notionalUsd: '1275.0',
}

const INFO = 'GET account/leverage-info?instId=BTC-USDT-SWAP&mgnMode=cross'
const POSITIONS = 'GET account/positions?instType=SWAP&instId=BTC-USDT-SWAP'
function setTo(lever: string): string {
  return `POST account/set-leverage {"instId":"BTC-USDT-SWAP","lever":"${lever}","mgnMode":"cross"}`
}
const net = {
  ccy: '',
  instId: 'BTC-USDT-SWAP',
  mgnMode: 'cross',
  posSide: 'net',
  lever: '5.00000000',
}

describe('getLeverage', () => {
  test('default: of cross margin', async () => {
    const { call, lines, sent } = script({ [INFO]: ok(net) })
    expect(await getLeverage(call, { instrument: bitcoin })).toBe(5)
    expect(lines).toEqual([INFO])
    expect(sent).toEqual([
      { access: 'read', effect: 'read', cost: { 'GET account/leverage-info': 1 } },
    ])
  })

  test('args: of isolated margin', async () => {
    const line = INFO.replace('cross', 'isolated')
    const { call, lines } = script({ [line]: ok({ ...net, mgnMode: 'isolated', lever: '3' }) })
    const key = { instrument: bitcoin, marginMode: 'ISOLATED', positionMode: 'ONE_WAY' } as const
    expect(await getLeverage(call, key)).toBe(3)
    expect(lines).toEqual([line])
  })

  test('behavior: a position of the other margin mode does not tell it', async () => {
    const line = INFO.replace('cross', 'isolated')
    const { call } = script({ [line]: refused('59111'), [POSITIONS]: ok(short) })
    const key = { instrument: bitcoin, marginMode: 'ISOLATED' } as const
    await expect(getLeverage(call, key)).rejects.toMatchObject({ nativeCode: '59111' })
  })

  test('behavior: of two sides it is that of the long one', async () => {
    const rows = [
      { ...net, posSide: 'short', lever: '3' },
      { ...net, posSide: 'long', lever: '10' },
    ]
    const { call } = script({ [INFO]: ok(...rows) })
    expect(await getLeverage(call, { instrument: bitcoin })).toBe(10)
  })

  test.each([
    ['not found on a host', { status: 404, body: refused('404', 'Not Found') }],
    ['refused in portfolio margin', refused('59111', 'Leverage query is not supported')],
  ])('behavior: %s, a position tells it', async (_why, answer) => {
    const { call, lines } = script({ [INFO]: answer, [POSITIONS]: ok(short) })
    expect(await getLeverage(call, { instrument: bitcoin })).toBe(5)
    expect(lines).toEqual([INFO, POSITIONS])
  })

  test('error: without a position the refusal stands', async () => {
    const { call } = script({ [INFO]: refused('59111'), [POSITIONS]: ok() })
    await expect(getLeverage(call, { instrument: bitcoin })).rejects.toMatchObject({
      nativeCode: '59111',
    })
  })

  test('error: other refusals are not worked around', async () => {
    const { call, lines } = script({ [INFO]: refused('50011') })
    await expect(getLeverage(call, { instrument: bitcoin })).rejects.toMatchObject({
      code: 'RATE_LIMITED',
    })
    expect(lines).toEqual([INFO])
  })

  test.each([[[]], [[{ ...net, instId: 'ETH-USDT-SWAP' }]]])(
    'error: no row in %j',
    async (data) => {
      const { call } = script({ [INFO]: { code: '0', msg: '', data } })
      await expect(getLeverage(call, { instrument: bitcoin })).rejects.toThrow(
        '$.data: expected a row of BTC-USDT-SWAP',
      )
    },
  )
})

describe('setLeverage', () => {
  const done = ok({ instId: 'BTC-USDT-SWAP', lever: '7', mgnMode: 'cross', posSide: '' })

  test('default: read first, then written', async () => {
    const { call, lines, sent } = script({ [INFO]: ok(net), [setTo('7')]: done })
    await expect(setLeverage(call, { instrument: bitcoin, leverage: 7 })).resolves.toBeUndefined()
    expect(lines).toEqual([INFO, setTo('7')])
    expect(sent[1]).toEqual({
      access: 'trade',
      effect: 'idempotent',
      cost: { 'POST account/set-leverage': 1 },
    })
  })

  test('behavior: the present value is not sent', async () => {
    const { call, lines } = script({ [INFO]: ok(net) })
    await setLeverage(call, { instrument: bitcoin, leverage: 5 })
    expect(lines).toEqual([INFO])
  })

  test('behavior: a blocker is forgiven when it is so by now', async () => {
    const { call, lines } = script({
      [INFO]: [ok(net), ok({ ...net, lever: '7' })],
      [setTo('7')]: refused('59107', 'Cancel cross-margin orders first'),
    })
    await setLeverage(call, { instrument: bitcoin, leverage: 7 })
    expect(lines).toEqual([INFO, setTo('7'), INFO])
  })

  test.each([
    ['not found', { status: 404, body: refused('404') }],
    ['refused', refused('59111')],
  ])('behavior: it is written where reading it is %s', async (_why, answer) => {
    const { call, lines } = script({ [INFO]: answer, [POSITIONS]: ok(), [setTo('7')]: done })
    await setLeverage(call, { instrument: bitcoin, leverage: 7 })
    expect(lines).toEqual([INFO, POSITIONS, setTo('7')])
  })

  test('error: a blocker stands when it is not so', async () => {
    const { call } = script({
      [INFO]: ok(net),
      [setTo('7')]: refused('59669', 'Cancel algo orders'),
    })
    await expect(setLeverage(call, { instrument: bitcoin, leverage: 7 })).rejects.toMatchObject({
      code: 'STATE_CONFLICT',
      nativeCode: '59669',
    })
  })

  test('error: too high', async () => {
    const { call, lines } = script({ [INFO]: ok(net), [setTo('500')]: refused('59102') })
    await expect(setLeverage(call, { instrument: bitcoin, leverage: 500 })).rejects.toMatchObject({
      code: 'LEVERAGE_REFUSED',
    })
    expect(lines).toEqual([INFO, setTo('500')])
  })

  test('error: an unreadable present value sends nothing', async () => {
    const { call, lines } = script({ [INFO]: refused('50001') })
    await expect(setLeverage(call, { instrument: bitcoin, leverage: 7 })).rejects.toMatchObject({
      code: 'EXCHANGE_UNAVAILABLE',
    })
    expect(lines).toEqual([INFO])
  })

  test('error: an answer that names no leverage is no success', async () => {
    const { call } = script({ [INFO]: ok(net), [setTo('7')]: ok({}) })
    await expect(setLeverage(call, { instrument: bitcoin, leverage: 7 })).rejects.toThrow(
      '$.data[0].lever: expected a decimal',
    )
  })
})

describe('setLeverage, each side for itself', () => {
  const SIDES = INFO.replace('cross', 'isolated')
  const isolated = { ...net, mgnMode: 'isolated' }
  const request = {
    instrument: bitcoin,
    marginMode: 'ISOLATED',
    positionMode: 'HEDGE',
    leverage: 7,
  } as const
  function sides(long: string, short: string): unknown {
    const rows = [
      { ...isolated, posSide: 'long', lever: long },
      { ...isolated, posSide: 'short', lever: short },
    ]
    return ok(...rows)
  }
  function setSide(posSide: string): string {
    return `POST account/set-leverage {"instId":"BTC-USDT-SWAP","lever":"7","mgnMode":"isolated","posSide":"${posSide}"}`
  }
  const done = ok({ instId: 'BTC-USDT-SWAP', lever: '7', mgnMode: 'isolated', posSide: 'long' })

  test('default: isolated in hedge mode takes two calls', async () => {
    const answers = { [SIDES]: sides('3', '3'), [setSide('long')]: done, [setSide('short')]: done }
    const { call, lines } = script(answers)
    await setLeverage(call, request)
    expect(lines).toEqual([SIDES, setSide('long'), SIDES, setSide('short')])
  })

  test('behavior: only the side that differs is written', async () => {
    const { call, lines } = script({ [SIDES]: sides('7', '3'), [setSide('short')]: done })
    await setLeverage(call, request)
    expect(lines).toEqual([SIDES, SIDES, setSide('short')])
  })

  test('args: isolated in one-way mode is one', async () => {
    const line = setSide('long').replace(',"posSide":"long"', '')
    const { call, lines } = script({ [SIDES]: ok({ ...isolated, lever: '3' }), [line]: done })
    await setLeverage(call, { ...request, positionMode: 'ONE_WAY' })
    expect(lines).toEqual([SIDES, line])
  })

  test('args: cross in hedge mode is one', async () => {
    const rows = [
      { ...net, posSide: 'long', lever: '7' },
      { ...net, posSide: 'short', lever: '3' },
    ]
    const { call, lines } = script({ [INFO]: ok(...rows), [setTo('7')]: done })
    await setLeverage(call, { ...request, marginMode: 'CROSS' })
    expect(lines).toEqual([INFO, setTo('7')])
  })

  test('behavior: where reading is refused, positions of that side tell', async () => {
    const legs = [
      { ...short, mgnMode: 'isolated', posSide: 'long', pos: '1', lever: '7' },
      { ...short, mgnMode: 'isolated', posSide: 'short', pos: '1', lever: '3' },
    ]
    const { call, lines } = script({
      [SIDES]: refused('59111'),
      [POSITIONS]: ok(...legs),
      [setSide('short')]: done,
    })
    await setLeverage(call, request)
    expect(lines.filter((line) => line.startsWith('POST'))).toEqual([setSide('short')])
  })

  test('error: a side the account does not have', async () => {
    const { call } = script({
      [SIDES]: ok({ ...isolated, lever: '3' }),
      [setSide('long')]: refused('51000', 'Parameter posSide  error'),
    })
    await expect(setLeverage(call, request)).rejects.toMatchObject({
      code: 'POSITION_MODE_MISMATCH',
    })
  })

  test('error: a second side that is blocked', async () => {
    const { call } = script({
      [SIDES]: sides('7', '3'),
      [setSide('short')]: refused('59101', 'Cancel isolated orders first'),
    })
    await expect(setLeverage(call, request)).rejects.toMatchObject({ code: 'STATE_CONFLICT' })
  })
})
