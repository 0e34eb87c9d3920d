import { describe, expect, test } from 'vitest'
import type { Call, RawAnswer, Verdict } from '../../client/definition.ts'
import { Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import { limits } from './limits.ts'
import { getMarginMode, getPositionMode, setMarginMode, setPositionMode } from './modes.ts'

const instrument: Instrument = {
  symbol: 'BTCUSDC',
  nativeSymbol: 'BTCPERP',
  baseAsset: 'BTC',
  quoteAsset: 'USDC',
  settleAsset: 'USDC',
  isTrading: true,
  tickSize: '0.1',
  stepSize: '0.001',
  minQuantity: '0.001',
  maxQuantity: '300',
  maxMarketQuantity: '100',
  minNotional: '5',
  contractMultiplier: '1',
}

const INFO = '/v5/account/info'
const MARGIN = '/v5/account/set-margin-mode'
const POSITIONS = '/v5/position/list'
const ORDERS = '/v5/order/realtime'
const SWITCH = '/v5/position/switch-mode'

const names = limits.map((limit) => limit.name)

interface Sent {
  path: string
  query?: unknown
  json?: unknown
}

/** Answers each path in turn, or always the same, and keeps what was asked. */
function answering(answers: Record<string, unknown>): { call: Call; sent: Sent[] } {
  const sent: Sent[] = []
  const call: Call = async (endpoint, params) => {
    const { path, access, effect, cost } = endpoint
    expect(names).toContain(path.slice('/v5/'.length))
    expect(cost).toEqual({ address: 1, [path.slice('/v5/'.length)]: 1 })
    const isRead = endpoint.method === 'GET'
    expect([access, effect]).toEqual(isRead ? ['read', 'read'] : ['trade', 'idempotent'])
    sent.push({ path, ...endpoint.encode(params) })
    const given = answers[path]
    const answer = Array.isArray(given) ? given.shift() : given
    if (answer === 'unchanged' && endpoint.unchanged) return endpoint.unchanged(params)
    return endpoint.decode(new Reader(answer), params, {
      instruments: { byNative: () => instrument, symbolOf: (native) => native },
      receivedAt: 1_700_000_000_555,
    })
  }
  return { call, sent }
}

function ok(result: unknown): Record<string, unknown> {
  return { retCode: 0, retMsg: 'OK', result, retExtInfo: {}, time: 1_700_000_000_001 }
}

function rows(...list: unknown[]): Record<string, unknown> {
  return ok({ category: 'linear', list, nextPageCursor: '' })
}

const info = (marginMode: string): unknown => ok({ marginMode })
const position = (symbol: string, positionIdx: number): unknown => ({
  symbol,
  positionIdx,
  size: '0',
  side: '',
})

describe('getMarginMode', () => {
  test.each([
    ['REGULAR_MARGIN', 'CROSS'],
    ['PORTFOLIO_MARGIN', 'CROSS'],
    ['ISOLATED_MARGIN', 'ISOLATED'],
    ['NEW_MARGIN', undefined],
  ])('default: %s is %s', async (token, mode) => {
    const { call, sent } = answering({ [INFO]: info(token) })
    expect(await getMarginMode(call)).toBe(mode)
    expect(sent).toEqual([{ path: INFO }])
  })
})

describe('setMarginMode', () => {
  test.each([
    ['ISOLATED', 'REGULAR_MARGIN', 'ISOLATED_MARGIN'],
    ['ISOLATED', 'PORTFOLIO_MARGIN', 'ISOLATED_MARGIN'],
    ['CROSS', 'ISOLATED_MARGIN', 'REGULAR_MARGIN'],
    ['CROSS', 'NEW_MARGIN', 'REGULAR_MARGIN'],
  ] as const)('default: %s from %s', async (marginMode, now, token) => {
    const { call, sent } = answering({ [INFO]: info(now), [MARGIN]: ok({ reasons: [] }) })
    await setMarginMode(call, { marginMode })
    expect(sent).toEqual([{ path: INFO }, { path: MARGIN, json: { setMarginMode: token } }])
  })

  test.each([
    ['CROSS', 'REGULAR_MARGIN'],
    ['CROSS', 'PORTFOLIO_MARGIN'],
    ['ISOLATED', 'ISOLATED_MARGIN'],
  ] as const)('behavior: %s is already so in %s', async (marginMode, now) => {
    const { call, sent } = answering({ [INFO]: info(now) })
    await setMarginMode(call, { marginMode })
    expect(sent).toEqual([{ path: INFO }])
  })

  test('behavior: told to be so already is done', async () => {
    const { call } = answering({ [INFO]: info('REGULAR_MARGIN'), [MARGIN]: 'unchanged' })
    await expect(setMarginMode(call, { marginMode: 'ISOLATED' })).resolves.toBeUndefined()
  })
})

describe('the answer to a margin mode', () => {
  async function judged(json: unknown, status = 200): Promise<Verdict | undefined> {
    const answer: RawAnswer = { status, headers: {}, text: '<html></html>', json }
    let verdict: Verdict | undefined
    const call: Call = async (endpoint, params) => {
      verdict = endpoint.classify?.(answer)
      return endpoint.decode(new Reader(info('REGULAR_MARGIN')), params, {
        instruments: { byNative: () => undefined, symbolOf: (native) => native },
        receivedAt: 1,
      })
    }
    await setMarginMode(call, { marginMode: 'ISOLATED' })
    return verdict
  }
  const reason = { reasonCode: '3400000', reasonMsg: 'Equity needs to be 1000 USDC' }

  test('default: without reasons it is done', async () => {
    expect(await judged(ok({ reasons: [] }))).toEqual({ kind: 'answer' })
    expect(await judged(ok({}))).toEqual({ kind: 'answer' })
  })

  test('error: a refusal tells its reasons', async () => {
    const result = { reasons: [reason, { reasonCode: '110073', reasonMsg: 'No' }] }
    expect(await judged({ retCode: 3400045, retMsg: 'Set margin mode failed', result })).toEqual({
      kind: 'refusal',
      code: 'STATE_CONFLICT',
      nativeCode: '3400045',
      nativeMessage: 'Set margin mode failed: 3400000 Equity needs to be 1000 USDC; 110073 No',
    })
  })

  test('error: reasons inside a success are a refusal', async () => {
    expect(await judged(ok({ reasons: [reason, 'odd'] }))).toEqual({
      kind: 'refusal',
      code: 'STATE_CONFLICT',
      nativeCode: '0',
      nativeMessage: 'Set margin mode failed: 3400000 Equity needs to be 1000 USDC; odd',
    })
  })

  test.each([
    [{ retCode: 10005, retMsg: 'no', result: {} }, 200, { code: 'PERMISSION_DENIED' }],
    [{ retCode: 10016, result: { reasons: [reason] } }, 200, { kind: 'unknown' }],
    [undefined, 502, { kind: 'unknown' }],
  ])('error: any other answer is judged as everywhere', async (json, status, verdict) => {
    expect(await judged(json, status)).toMatchObject(verdict)
  })
})

describe('getPositionMode', () => {
  test.each([
    ['ONE_WAY', [position('BTCPERP', 0)]],
    ['HEDGE', [position('BTCPERP', 1), position('BTCPERP', 2)]],
  ])('default: %s, from the rows of the symbol', async (mode, list) => {
    const { call, sent } = answering({ [POSITIONS]: rows(...list) })
    expect(await getPositionMode(call, { instrument })).toBe(mode)
    expect(sent).toEqual([{ path: POSITIONS, query: { category: 'linear', symbol: 'BTCPERP' } }])
  })

  test('args: without a symbol that of BTCUSDT', async () => {
    const { call, sent } = answering({ [POSITIONS]: rows(position('BTCUSDT', 0)) })
    expect(await getPositionMode(call, {})).toBe('ONE_WAY')
    expect(sent).toEqual([{ path: POSITIONS, query: { category: 'linear', symbol: 'BTCUSDT' } }])
  })

  test('error: no row of the symbol', async () => {
    const { call } = answering({ [POSITIONS]: rows(position('ETHUSDT', 1)) })
    await expect(getPositionMode(call, { instrument })).rejects.toThrow(
      '$.result.list: expected a row of BTCPERP',
    )
  })
})

describe('setPositionMode', () => {
  const order = (symbol: string, positionIdx: number): unknown => ({
    orderId: `order of ${symbol}`,
    symbol,
    positionIdx,
    price: '1',
    qty: '1',
    side: 'Buy',
    orderStatus: 'New',
    cumExecQty: '0',
    timeInForce: 'GTC',
    orderType: 'Limit',
    reduceOnly: false,
    closeOnTrigger: false,
  })
  const bySettleAsset = (mode: number): Sent[] =>
    ['USDT', 'USDC'].map((coin) => ({
      path: SWITCH,
      json: { category: 'linear', coin, mode },
    }))
  const switches = (sent: Sent[]): Sent[] => sent.filter(({ path }) => path === SWITCH)

  test.each([
    ['HEDGE', 3, 1],
    ['ONE_WAY', 0, 0],
  ] as const)('default: %s of both settle assets, then looked at', async (...row) => {
    const [positionMode, mode, slot] = row
    const { call, sent } = answering({
      [SWITCH]: ok({}),
      [POSITIONS]: [rows(position('BTCUSDT', slot)), rows(), rows()],
      [ORDERS]: rows(),
    })
    await setPositionMode(call, { positionMode })
    expect(sent).toEqual([
      ...bySettleAsset(mode),
      { path: POSITIONS, query: { category: 'linear', symbol: 'BTCUSDT' } },
      { path: ORDERS, query: { category: 'linear', settleCoin: 'USDT', limit: 50 } },
      { path: ORDERS, query: { category: 'linear', settleCoin: 'USDC', limit: 50 } },
      { path: POSITIONS, query: { category: 'linear', settleCoin: 'USDT', limit: 200 } },
      { path: POSITIONS, query: { category: 'linear', settleCoin: 'USDC', limit: 200 } },
    ])
  })

  test('behavior: what stayed behind is switched by itself, each once', async () => {
    const { call, sent } = answering({
      [SWITCH]: [ok({}), ok({}), ok({}), 'unchanged', ok({})],
      [POSITIONS]: [
        rows(position('BTCUSDT', 0)),
        rows(position('ETHUSDT', 0), position('SOLUSDT', 1)),
        rows(),
      ],
      [ORDERS]: [rows(order('ETHUSDT', 0), order('SOLUSDT', 2)), rows(order('BTCPERP', 0))],
    })
    await setPositionMode(call, { positionMode: 'HEDGE' })
    expect(switches(sent)).toEqual([
      ...bySettleAsset(3),
      { path: SWITCH, json: { category: 'linear', symbol: 'BTCUSDT', mode: 3 } },
      { path: SWITCH, json: { category: 'linear', symbol: 'ETHUSDT', mode: 3 } },
      { path: SWITCH, json: { category: 'linear', symbol: 'BTCPERP', mode: 3 } },
    ])
  })

  test('error: the refusal of a symbol with a position comes through', async () => {
    const { call: answer } = answering({
      [SWITCH]: ok({}),
      [POSITIONS]: [rows(position('BTCUSDT', 0)), rows(position('ETHUSDT', 1)), rows()],
      [ORDERS]: rows(),
    })
    const refused = new Error('110024')
    const call: Call = (endpoint, params) => {
      const { json } = endpoint.encode(params)
      return JSON.stringify(json)?.includes('ETHUSDT')
        ? Promise.reject(refused)
        : answer(endpoint, params)
    }
    await expect(setPositionMode(call, { positionMode: 'ONE_WAY' })).rejects.toBe(refused)
  })
})
