import type { Route } from '../../server/types.ts'
import { invalidParameter, parameterError } from './errors.ts'
import { namesOf, readFields, readQuery, readToken } from './fields.ts'
import { fees, listings } from './instruments.ts'
import { marginModeText } from './modes.ts'
import { json, reply } from './replies.ts'
import { knownListing, readCategory } from './scope.ts'
import { settingsOf } from './settings.ts'

// Account and its modes: docs/wire/bybit.md 4.1.

// https://bybit-exchange.github.io/docs/v5/account/account-info
export const accountInfo: Route = {
  method: 'GET',
  path: '/v5/account/info',
  access: 'signed',
  operation: 'getAccount',
  parameters: [],
  handle(handling) {
    const { disconnectWindow } = settingsOf(handling.engine, handling.accountId)
    return reply(handling, {
      marginMode: marginModeText(handling.engine, handling.accountId),
      updatedTime: '1697078946000',
      unifiedMarginStatus: 6,
      dcpStatus: disconnectWindow === undefined ? 'OFF' : 'ON',
      timeWindow: disconnectWindow ?? 10,
      smpGroup: 0,
      isMasterTrader: false,
      spotHedgingStatus: 'OFF',
    })
  },
}

const feeFields = ['category', 'symbol', 'baseCoin'] as const

// https://bybit-exchange.github.io/docs/v5/account/fee-rate
export const feeRate: Route = {
  method: 'GET',
  path: '/v5/account/fee-rate',
  access: 'signed',
  operation: 'getAccount',
  parameters: feeFields,
  handle(handling) {
    const fields = readQuery(handling.params, feeFields)
    const category = readCategory(handling, fields)
    const symbol = fields.text('symbol')
    const all = category === 'linear' ? listings : []
    const wanted = symbol === undefined ? all : [knownListing(category, symbol)]
    const list = wanted.map(({ native }) => ({
      symbol: native,
      takerFeeRate: fees.taker,
      makerFeeRate: fees.maker,
    }))
    return reply(handling, { list })
  },
}

// https://bybit-exchange.github.io/docs/v5/account/get-user-setting-config
export const userSettings: Route = {
  method: 'GET',
  path: '/v5/account/user-setting-config',
  access: 'signed',
  operation: 'getAccount',
  parameters: [],
  handle(handling) {
    const { movesLimitPrices } = settingsOf(handling.engine, handling.accountId)
    return reply(handling, { lpaSpot: false, lpaPerp: !movesLimitPrices, smpType: 'None' })
  },
}

const limitPriceFields = { category: 'string', modifyEnable: 'boolean' } as const

// https://bybit-exchange.github.io/docs/v5/account/set-price-limit
export const setLimitPriceAction: Route = {
  method: 'POST',
  path: '/v5/account/set-limit-px-action',
  access: 'signed',
  parameters: namesOf(limitPriceFields),
  handle(handling) {
    const fields = readFields(handling.params, limitPriceFields)
    const category = readCategory(handling, fields)
    if (!fields.has('modifyEnable')) throw parameterError()
    if (category === 'linear') {
      settingsOf(handling.engine, handling.accountId).movesLimitPrices =
        fields.isTrue('modifyEnable')
    }
    return reply(handling, {})
  },
}

const disconnectFields = { product: 'string', timeWindow: 'number' } as const

const disconnectProducts = ['OPTIONS', 'SPOT', 'DERIVATIVES'] as const

// https://bybit-exchange.github.io/docs/v5/order/dcp
export const setDisconnectProtection: Route = {
  method: 'POST',
  path: '/v5/order/disconnected-cancel-all',
  access: 'signed',
  parameters: namesOf(disconnectFields),
  handle(handling) {
    const fields = readFields(handling.params, disconnectFields)
    const product = readToken(handling, fields, 'product', disconnectProducts) ?? 'OPTIONS'
    const window = fields.number('timeWindow')
    if (window === undefined || !Number.isInteger(window) || window < 3 || window > 300) {
      throw invalidParameter('timeWindow')
    }
    // It acts on private sockets that drop, and there are none over REST: the window is kept only.
    if (product === 'DERIVATIVES') {
      settingsOf(handling.engine, handling.accountId).disconnectWindow = window
    }
    return json({ retCode: 0, retMsg: 'success' })
  },
}

// https://bybit-exchange.github.io/docs/v5/account/dcp-info
export const disconnectProtection: Route = {
  method: 'GET',
  path: '/v5/account/query-dcp-info',
  access: 'signed',
  operation: 'getAccount',
  parameters: [],
  handle(handling) {
    const { disconnectWindow } = settingsOf(handling.engine, handling.accountId)
    const dcpInfos =
      disconnectWindow === undefined
        ? []
        : [{ product: 'DERIVATIVES', dcpStatus: 'ON', timeWindow: String(disconnectWindow) }]
    return reply(handling, { dcpInfos }, { retMsg: 'success' })
  },
}

const coinFields = ['coin'] as const

// https://bybit-exchange.github.io/docs/v5/asset/coin-info
export const coinInfo: Route = {
  method: 'GET',
  path: '/v5/asset/coin/query-info',
  access: 'signed',
  parameters: coinFields,
  handle(handling) {
    readQuery(handling.params, coinFields)
    // Deposits and withdrawals do not exist here; ccxt asks before anything else.
    return reply(handling, { rows: [] }, { retMsg: '' })
  },
}
