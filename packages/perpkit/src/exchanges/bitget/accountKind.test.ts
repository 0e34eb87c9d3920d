import { describe, expect, test } from 'vitest'
import { createPrivateOperations } from './accountKind.ts'
import { bitcoin, InTurn, no, ok, script } from './script.testing.ts'

const SETTINGS = 'GET /api/v3/account/settings'
const CLASSIC = 'GET /api/v2/mix/account/account'

// docs/wire/bitget.md 6.1: the texts are part of the answer.
const isClassic = no(
  '40084',
  'You are in Classic Account mode, and the Unified Account API is not supported at this time',
)
const isUnified = no(
  '40085',
  'You are in Unified Account mode, and the Classic Account API is not supported at this time',
)
const unified = ok({ accountMode: 'unified', symbolConfigList: [] })
const classicLeverage = ok({ marginMode: 'crossed', crossedMarginLeverage: 7 })
const params = { instrument: bitcoin }

const paths = (lines: string[]) => lines.map((line) => line.replace(/\?.*/, ''))

describe('the kind of an account', () => {
  test('default: a refusal of the V3 question means classic, and is remembered', async () => {
    const { call, lines, sent } = script({ [SETTINGS]: isClassic, [CLASSIC]: classicLeverage })
    const { getLeverage } = createPrivateOperations()
    expect(await getLeverage(call, params)).toBe(7)
    expect(await getLeverage(call, params)).toBe(7)
    expect(paths(lines)).toEqual([SETTINGS, CLASSIC, CLASSIC])
    expect(sent[0]).toEqual({ access: 'read', effect: 'read' })
  })

  test.each(['unified', 'hybrid', 'upgrading'])(
    'default: mode %s means V3',
    async (accountMode) => {
      const { call, lines } = script({ [SETTINGS]: ok({ accountMode, symbolConfigList: [] }) })
      expect(await createPrivateOperations().getLeverage(call, params)).toBe(20)
      expect(lines).toEqual([SETTINGS, SETTINGS])
    },
  )

  test('args: 25245 says the same as 40084', async () => {
    const { call } = script({ [SETTINGS]: no('25245'), [CLASSIC]: classicLeverage })
    expect(await createPrivateOperations().getLeverage(call, params)).toBe(7)
  })

  test('behavior: the text counts where the numbers are swapped', async () => {
    const swapped = { ...isClassic, code: '40085' }
    const { call } = script({ [SETTINGS]: swapped, [CLASSIC]: classicLeverage })
    expect(await createPrivateOperations().getLeverage(call, params)).toBe(7)
  })

  test('behavior: each exchange object learns for itself', async () => {
    const classic = script({ [SETTINGS]: isClassic, [CLASSIC]: classicLeverage })
    expect(await createPrivateOperations().getLeverage(classic.call, params)).toBe(7)
    const other = script({ [SETTINGS]: unified })
    expect(await createPrivateOperations().getLeverage(other.call, params)).toBe(20)
  })

  test.each([
    ['40014', 'PERMISSION_DENIED'],
    ['40018', 'PERMISSION_DENIED'],
    ['40037', 'INVALID_CREDENTIALS'],
    ['40015', 'REFUSED'],
  ])('error: %s tells nothing and is not remembered', async (code, expected) => {
    const settings = new InTurn(no(code, 'no'), unified)
    const { call, lines } = script({ [SETTINGS]: settings })
    const { getLeverage } = createPrivateOperations()
    await expect(getLeverage(call, params)).rejects.toMatchObject({ code: expected })
    expect(lines).toEqual([SETTINGS])
    expect(await getLeverage(call, params)).toBe(20)
  })

  test('error: an account on its way from one to the other', async () => {
    const { call, lines } = script({ [SETTINGS]: ok({ accountMode: 'switching' }) })
    await expect(createPrivateOperations().getLeverage(call, params)).rejects.toMatchObject({
      code: 'EXCHANGE_UNAVAILABLE',
      exchange: 'BITGET',
    })
    expect(lines).toEqual([SETTINGS])
  })
})

describe('an account that was switched', () => {
  test('behavior: from classic to unified: asked again, then done there', async () => {
    const { call, lines } = script({
      [SETTINGS]: new InTurn(isClassic, unified),
      [CLASSIC]: new InTurn(classicLeverage, isUnified),
    })
    const { getLeverage } = createPrivateOperations()
    expect(await getLeverage(call, params)).toBe(7)
    expect(await getLeverage(call, params)).toBe(20)
    expect(await getLeverage(call, params)).toBe(20)
    // The fourth asks for the kind anew; those after it are the question itself.
    expect(paths(lines)).toEqual([SETTINGS, CLASSIC, CLASSIC, SETTINGS, SETTINGS, SETTINGS])
  })

  test('behavior: from unified to classic', async () => {
    const assets = 'GET /api/v3/account/assets'
    const { call, lines } = script({
      [SETTINGS]: new InTurn(unified, isClassic),
      [assets]: isClassic,
      'GET /api/v2/mix/account/accounts': ok([]),
    })
    expect(await createPrivateOperations().getAccountInfo(call, undefined)).toMatchObject({
      totalWalletBalance: '0',
    })
    expect(paths(lines).slice(0, 3)).toEqual([SETTINGS, assets, SETTINGS])
  })

  test('behavior: each kind tells in its own words what its key may do', async () => {
    const classic = script({
      [SETTINGS]: isClassic,
      'GET /api/v2/spot/account/info': ok({ ips: '', authorities: ['coor', 'cpor'] }),
    })
    const told = createPrivateOperations().getKeyPermissions(classic.call, undefined)
    expect(await told).toMatchObject({ canRead: true, canTrade: false })
    const other = script({
      [SETTINGS]: unified,
      'GET /api/v3/account/info': ok({
        ips: '',
        permType: 'read-and-write',
        permissions: ['uta_mgt', 'uta_trade'],
      }),
    })
    const others = createPrivateOperations().getKeyPermissions(other.call, undefined)
    expect(await others).toMatchObject({ canRead: true, canTrade: true })
  })

  test('behavior: an order refused for its kind is placed once, in the other words', async () => {
    const { call, lines } = script({
      [SETTINGS]: new InTurn(isClassic, unified),
      'POST /api/v2/mix/order/place-order': isUnified,
      'POST /api/v3/trade/place-order': ok({ orderId: '5', clientOid: 'x' }),
    })
    const order = await createPrivateOperations().createOrder(call, {
      instrument: bitcoin,
      side: 'BUY',
      type: 'MARKET',
      quantity: '0.01',
      reduceOnly: false,
      clientOrderId: 'x',
    })
    expect(order.orderId).toBe('5')
    expect(lines.filter((line) => line.startsWith('POST'))).toHaveLength(2)
  })

  test('error: a refusal that says what was known already is not asked about for ever', async () => {
    const { call, lines } = script({ [SETTINGS]: isClassic, [CLASSIC]: isUnified })
    await expect(createPrivateOperations().getLeverage(call, params)).rejects.toMatchObject({
      nativeCode: '40085',
    })
    expect(paths(lines)).toEqual([SETTINGS, CLASSIC, SETTINGS])
  })

  test('error: any other refusal stays what it is', async () => {
    const { call, lines } = script({ [SETTINGS]: isClassic, [CLASSIC]: no('40009', 'sign error') })
    await expect(createPrivateOperations().getLeverage(call, params)).rejects.toMatchObject({
      code: 'INVALID_CREDENTIALS',
    })
    expect(lines).toHaveLength(2)
  })
})
