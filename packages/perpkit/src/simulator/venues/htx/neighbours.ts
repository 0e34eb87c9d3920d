import type { Route } from '../../server/types.ts'
import { json, replyOk } from './replies.ts'

// Markets of the same exchange that are not this venue's: the spot host's and those settled in coins.
// ccxt loads all of them and gives up where one list is empty, so each has one row that does not
// trade.

// https://huobiapi.github.io/docs/spot/v1/en/#apiv2-currency-amp-chains
export const currencies: Route = {
  method: 'GET',
  path: '/v2/reference/currencies',
  access: 'public',
  operation: 'marketData',
  parameters: ['currency', 'authorizedUser'],
  handle({ params }) {
    params.ignore('currency', 'authorizedUser')
    const usdt = { currency: 'usdt', assetType: 1, chains: [], instStatus: 'normal' }
    return json({ code: 200, data: [usdt] })
  },
}

// https://huobiapi.github.io/docs/spot/v1/en/#get-all-supported-trading-symbol-v1-deprecated
export const spotSymbols: Route = {
  method: 'GET',
  path: '/v1/common/symbols',
  access: 'public',
  operation: 'marketData',
  parameters: [],
  handle: () =>
    json({
      status: 'ok',
      data: [
        {
          'base-currency': 'btc',
          'quote-currency': 'usdt',
          'price-precision': 2,
          'amount-precision': 6,
          'symbol-partition': 'main',
          symbol: 'btcusdt',
          state: 'offline',
          'value-precision': 8,
          'min-order-amt': 0.00001,
          'max-order-amt': 1000,
          'min-order-value': 10,
          'api-trading': 'disabled',
          tags: '',
        },
      ],
    }),
}

// https://huobiapi.github.io/docs/coin_margined_swap/v1/en/#query-swap-info
export const coinSwaps: Route = {
  method: 'GET',
  path: '/swap-api/v1/swap_contract_info',
  access: 'public',
  operation: 'marketData',
  parameters: [],
  handle: (handling) =>
    replyOk(handling, [
      {
        symbol: 'BTC',
        contract_code: 'BTC-USD',
        contract_size: 100,
        price_tick: 0.1,
        delivery_time: '',
        create_date: '20200325',
        contract_status: DELISTED,
        settlement_date: '',
      },
    ]),
}

// https://huobiapi.github.io/docs/dm/v1/en/#get-contract-info
export const coinFutures: Route = {
  method: 'GET',
  path: '/api/v1/contract_contract_info',
  access: 'public',
  operation: 'marketData',
  parameters: [],
  handle: (handling) =>
    replyOk(handling, [
      {
        symbol: 'BTC',
        contract_code: 'BTC260327',
        contract_type: 'quarter',
        contract_size: 100,
        price_tick: 0.01,
        delivery_date: '20260327',
        delivery_time: '1774598400000',
        create_date: '20250926',
        contract_status: DELISTED,
        settlement_time: '1774598400000',
      },
    ]),
}

const DELISTED = 0
