import { AuthenticationError, RequestError } from 'perpkit'
import { expect } from 'vitest'
import { card } from './card.ts'
import { errorOf } from './errorOf.ts'

export const inputCards = [
  card(
    'C-59',
    'an order worth too little is refused',
    async ({ exchange }) => {
      const error = await errorOf(exchange.createLimitOrder('BTCUSDT', 'BUY', '0.001', '1000'))
      expect(error.code).toBe('BELOW_MINIMUM')
      expect(error.message).toMatch(/0\.001 × 1000 = 1 /)
    },
    ({ hasNoMinNotional }) => (hasNoMinNotional ? 'there is no minimum notional' : undefined),
  ),
  card(
    'C-60',
    'what cannot be meant is refused before any trade request, with the numbers',
    async ({ exchange, truth }) => {
      const limit = (quantity: string | number, price: string | number) =>
        exchange.createLimitOrder('BTCUSDT', 'BUY', quantity, price)
      const stop = {
        symbol: 'BTCUSDT',
        side: 'SELL',
        quantity: '0.01',
        stopPrice: '58000',
      } as const
      const cases: [() => Promise<unknown>, string, RegExp][] = [
        [() => exchange.getTicker('FOOUSDT'), 'UNKNOWN_SYMBOL', /FOOUSDT/],
        [() => exchange.getTicker(''), 'UNKNOWN_SYMBOL', /""/],
        [() => exchange.createMarketOrder('BTC-EUR-X', 'BUY', '1'), 'UNKNOWN_SYMBOL', /BTC-EUR-X/],
        [() => exchange.createMarketOrder('BTCUSDT', 'BUY', 'many'), 'INVALID_ARGUMENT', /"many"/],
        [
          () => exchange.createMarketOrder('BTCUSDT', 'BUY', Number.NaN),
          'INVALID_ARGUMENT',
          /quantity/,
        ],
        [
          () => exchange.createMarketOrder('BTCUSDT', 'BUY', '-0.01'),
          'INVALID_ARGUMENT',
          /"-0.01"/,
        ],
        [() => exchange.createMarketOrder('BTCUSDT', 'BUY', 0), 'INVALID_ARGUMENT', /received 0/],
        [
          () => exchange.createMarketOrder('BTCUSDT', 'BUY', '0.00004'),
          'BELOW_MINIMUM',
          /0\.00004.*0\.0/,
        ],
        [() => exchange.createMarketOrder('BTCUSDT', 'BUY', '99999'), 'ABOVE_MAXIMUM', /99999/],
        [() => limit('0.01', '60000.05'), 'OFF_STEP', /60000\.05.*tick size/],
        [() => limit('0.01', '1e999'), 'INVALID_ARGUMENT', /price/],
        [
          () => exchange.createStopLossOrder({ ...stop, stopPrice: '58000.01' }),
          'OFF_STEP',
          /58000\.01/,
        ],
        [
          () => exchange.createStopLossOrder({ ...stop, clientOrderId: 'no spaces' }),
          'INVALID_ARGUMENT',
          /no spaces/,
        ],
        [() => exchange.setLeverage('BTCUSDT', 0), 'INVALID_ARGUMENT', /received 0/],
        [() => exchange.getKlines('BTCUSDT', '1m', { limit: 0 }), 'INVALID_ARGUMENT', /limit/],
        [
          () => exchange.getKlines('BTCUSDT', '1m', { startTime: 2, endTime: 1 }),
          'INVALID_ARGUMENT',
          /2.*1/,
        ],
        [() => exchange.getOrderBook('BTCUSDT', { depth: 0.5 }), 'INVALID_ARGUMENT', /0\.5/],
        [
          () => exchange.getOrder({ symbol: 'BTCUSDT' }),
          'INVALID_ARGUMENT',
          /orderId or clientOrderId/,
        ],
        [() => exchange.cancelOrder('BTCUSDT', ''), 'INVALID_ARGUMENT', /orderId/],
      ]
      for (const [attempt, code, text] of cases) {
        const error = await errorOf(attempt())
        expect(error, error.message).toBeInstanceOf(RequestError)
        expect(error.code, error.message).toBe(code)
        expect(error.message).toMatch(text)
      }
      const { requests } = await truth()
      expect(requests.filter(({ operation }) => operation && operation !== 'marketData')).toEqual(
        [],
      )
    },
  ),
  card('C-61', 'words outside our types are refused too', async ({ exchange }) => {
    const call = (name: string, ...args: unknown[]): Promise<unknown> =>
      Reflect.apply(Reflect.get(exchange, name), exchange, args)
    const cases: [string, unknown[], RegExp][] = [
      ['createMarketOrder', ['BTCUSDT', 'buy', '0.01'], /'BUY' or 'SELL', received "buy"/],
      ['createLimitOrder', ['BTCUSDT', 'BUY', '0.01', '59000', { timeInForce: 'GTD' }], /"GTD"/],
      ['createMarketOrder', ['BTCUSDT', 'BUY', undefined], /quantity/],
      ['createMarketOrder', [undefined, 'BUY', '1'], /cannot be a symbol/],
      ['getKlines', ['BTCUSDT', '7m'], /7m/],
      ['setLeverage', ['BTCUSDT', '5'], /"5"/],
      [
        'createStopLossOrder',
        [{ symbol: 'BTCUSDT', side: 'SELL', quantity: '1', stopPrice: '1', triggerSource: 'OPEN' }],
        /"OPEN"/,
      ],
    ]
    for (const [name, args, text] of cases) {
      const error = await errorOf(call(name, ...args))
      expect(error, name).toBeInstanceOf(RequestError)
      expect(error.message).toMatch(text)
    }
  }),
  card(
    'C-62',
    'private methods without a key send nothing at all',
    async ({ another, truth, played }) => {
      const keyless = another({ apiKey: '', apiSecret: '', passphrase: '' })
      const calls = [
        () => keyless.getAccountInfo(),
        () => keyless.getKeyPermissions(),
        () => keyless.getPositionInfo('BTCUSDT'),
        () => keyless.getLeverage('BTCUSDT'),
        () => keyless.setLeverage('BTCUSDT', 5),
        () => keyless.createMarketOrder('BTCUSDT', 'BUY', '0.01'),
        () => keyless.createLimitOrder('BTCUSDT', 'BUY', '0.01', '59000'),
        () =>
          keyless.createStopLossOrder({
            symbol: 'BTCUSDT',
            side: 'SELL',
            quantity: '1',
            stopPrice: '1',
          }),
        () => keyless.getOrder({ symbol: 'BTCUSDT', orderId: '1' }),
        () => keyless.getOpenOrders(),
        () => keyless.cancelOrder('BTCUSDT', '1'),
        () => keyless.cancelAllOrders('BTCUSDT'),
        () => keyless.closePosition('BTCUSDT'),
      ]
      for (const call of calls) {
        const error = await errorOf(call())
        expect(error).toBeInstanceOf(AuthenticationError)
        expect(error.code).toBe('MISSING_CREDENTIALS')
      }
      expect((await truth()).requests).toEqual([])
      expect((await keyless.getTicker('BTCUSDT')).symbol).toBe(played.symbol)
    },
  ),
  card('C-63', 'a closed object refuses everything', async ({ another }) => {
    const exchange = another()
    await exchange.close()
    expect((await errorOf(exchange.getTicker('BTCUSDT'))).code).toBe('CLOSED')
    expect(await exchange.testConnectivity()).toBe(false)
  }),
  card('C-64', 'symbols in any writing', async ({ exchange, played }) => {
    expect(exchange.normalizeSymbol(played.nativeSymbol)).toBe(played.nativeSymbol)
    for (const symbol of ['BTCUSDT', 'btcusdt', 'BTC/USDT', 'btc/usdt:usdt']) {
      expect(exchange.normalizeSymbol(symbol)).toBe(played.nativeSymbol)
      expect((await exchange.getTicker(symbol)).symbol).toBe(played.symbol)
    }
  }),
]
