import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { script } from './script.testing.ts'
import { getInstruments, normalizeSymbol } from './symbols.ts'

// Number forms as recorded: trailing zeros, and an exponent where small (docs/wire/htx.md 3.1).
const contracts = `{"status":"ok","data":[
{"symbol":"BTC","contract_code":"BTC-USDT","contract_size":0.001000000000000000,"price_tick":0.100000000000000000,"delivery_date":"","delivery_time":"","create_date":"20201021","contract_status":1,"adjust":[],"price_estimated":[],"settlement_date":"1780329600000","support_margin_mode":"all","open_type":0,"settlement_period":"8","business_type":"swap","pair":"BTC-USDT","contract_type":"swap","trade_partition":"USDT"},
{"symbol":"SHIB","contract_code":"SHIB-USDT","contract_size":1000.000000000000000000,"price_tick":1.0000000000E-8,"contract_status":3,"support_margin_mode":"cross","business_type":"swap"},
{"symbol":"OLD","contract_code":"OLD-USDT","contract_size":1,"price_tick":0.01,"contract_status":1,"support_margin_mode":"isolated","business_type":"swap"},
{"symbol":"BTC","contract_code":"BTC-USDT-260327","contract_size":0.001,"price_tick":0.1,"contract_status":1,"support_margin_mode":"all","business_type":"futures"}
],"ts":1780315200123}`
const elements = {
  status: 'ok',
  data: [
    {
      contract_code: 'BTC-USDT',
      max_level: '200',
      min_level: '1',
      order_limits: [
        { instrument_type: 3, open: '9', close: '9', open_after_closing: '9' },
        {
          instrument_type: 0,
          open: '170000.000000000000000000',
          close: '170000.000000000000000000',
          open_after_closing: '170000.000000000000000000',
        },
      ],
    },
    { contract_code: 'SHIB-USDT', max_level: 75 },
  ],
}
const CONTRACTS = 'GET /linear-swap-api/v1/swap_contract_info'
const ELEMENTS = 'GET /linear-swap-api/v1/swap_query_elements'

describe('normalizeSymbol', () => {
  test.each([
    ['BTC-USDT', 'BTC-USDT'],
    ['BTCUSDT', 'BTC-USDT'],
    ['BTC/USDT', 'BTC-USDT'],
    ['BTC/USDT:USDT', 'BTC-USDT'],
    ['1000PEPEUSDT', '1000PEPE-USDT'],
    ['1INCH/USDT', '1INCH-USDT'],
    ['SPX500-USDT', 'SPX500-USDT'],
    ['币安人生USDT', '币安人生-USDT'],
  ])('args: %s is %s', (written, native) => {
    expect(normalizeSymbol(written)).toBe(native)
  })

  test.each([
    '',
    'USDT',
    'BTC',
    '-USDT',
    'BTC-USD',
    'BTC/USD:BTC',
    'BTC/USDT:BTC',
    'BTC-USDT:USDT',
    'BTC-USDT-260327',
    'BTC-EUR-X',
    'BTC USDT',
    'BTC//USDT',
  ])('error: %j cannot be a symbol', (written) => {
    expect(normalizeSymbol(written)).toBeUndefined()
  })

  test('behavior: every way to write a base asset leads to the same native symbol', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z0-9]{1,12}$/), (base) => {
        const native = `${base}-USDT`
        for (const written of [native, `${base}USDT`, `${base}/USDT`, `${base}/USDT:USDT`]) {
          expect(normalizeSymbol(written)).toBe(native)
        }
      }),
    )
  })
})

describe('getInstruments', () => {
  test('default: perpetual contracts, their rules joined, quantities in the base asset', async () => {
    const { call, lines, sent } = script({ [CONTRACTS]: contracts, [ELEMENTS]: elements })
    const instruments = await getInstruments(call)
    expect(lines).toEqual([`${CONTRACTS}?business_type=swap`, ELEMENTS])
    expect(sent).toEqual([
      { access: 'public', effect: 'read', cost: { reference: 1 } },
      { access: 'public', effect: 'read', cost: { elements: 1 } },
    ])
    expect(instruments.map(({ nativeSymbol }) => nativeSymbol)).toEqual([
      'BTC-USDT',
      'SHIB-USDT',
      'OLD-USDT',
    ])
    expect(instruments[0]).toEqual({
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTC-USDT',
      baseAsset: 'BTC',
      quoteAsset: 'USDT',
      settleAsset: 'USDT',
      isTrading: true,
      tickSize: '0.1',
      stepSize: '0.001',
      minQuantity: '0.001',
      maxQuantity: '170',
      maxMarketQuantity: '170',
      minNotional: '0',
      contractMultiplier: '0.001',
      maxLeverage: 200,
    })
    expect(instruments[0]?.raw).toMatchObject({
      contract: { contract_code: 'BTC-USDT' },
      elements: { max_level: '200' },
    })
  })

  test('behavior: exponents are expanded, and a contract may be many units', async () => {
    const { call } = script({ [CONTRACTS]: contracts, [ELEMENTS]: elements })
    const [, shib] = await getInstruments(call)
    expect(shib).toMatchObject({
      tickSize: '0.00000001',
      stepSize: '1000',
      minQuantity: '1000',
      contractMultiplier: '1000',
      maxLeverage: 75,
    })
  })

  test('behavior: not trading while suspended, nor without cross margin', async () => {
    const { call } = script({ [CONTRACTS]: contracts, [ELEMENTS]: elements })
    const instruments = await getInstruments(call)
    expect(instruments.map(({ isTrading }) => isTrading)).toEqual([true, false, false])
  })

  test('behavior: a contract without rules has no maximum of ours', async () => {
    const { call } = script({ [CONTRACTS]: contracts, [ELEMENTS]: { status: 'ok', data: [] } })
    const [bitcoin] = await getInstruments(call)
    expect(bitcoin).toMatchObject({ maxQuantity: '1000000000', maxMarketQuantity: '1000000000' })
    expect(bitcoin).not.toHaveProperty('maxLeverage')
  })

  test.each([
    ['contract_size', '$.data[0].contract_size'],
    ['price_tick', '$.data[0].price_tick'],
    ['contract_status', '$.data[0].contract_status'],
    ['contract_code', '$.data[0].contract_code'],
    ['business_type', '$.data[0].business_type'],
  ])('error: a contract without %s', async (name, path) => {
    const row: Record<string, unknown> = {
      symbol: 'BTC',
      contract_code: 'BTC-USDT',
      contract_size: 0.001,
      price_tick: 0.1,
      contract_status: 1,
      business_type: 'swap',
      [name]: undefined,
    }
    const { call } = script({
      [CONTRACTS]: { status: 'ok', data: [row] },
      [ELEMENTS]: elements,
    })
    await expect(getInstruments(call)).rejects.toMatchObject({ name: 'ReadError', path })
  })

  test('error: rules that are refused are not left out in silence', async () => {
    const answer = { status: 'error', err_code: 1032, err_msg: 'too many', ts: 1 }
    const { call } = script({ [CONTRACTS]: contracts, [ELEMENTS]: answer })
    await expect(getInstruments(call)).rejects.toMatchObject({ code: 'RATE_LIMITED' })
  })
})
