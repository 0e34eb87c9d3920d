import type { Probe } from '../../test/wire/evidence.ts'
import { list, position, success, wallet } from './shapes.ts'
import { ask, btc, openLong, post } from './words.ts'

// docs/wire/bybit.md 4.1 and 4.2.

const isZero = /^0(\.0+)?$/
const isHundredth = /^0\.010*$/
const flat = {
  ...position,
  symbol: ['one of', 'BTCUSDT'],
  side: ['one of', ''],
  size: ['one of', '0'],
  avgPrice: ['one of', '0'],
  leverage: /^10(\.0+)?$/,
  createdTime: /^(0|\d{13})?$/,
  openTime: ['one of', 0],
} as const

const long = {
  ...position,
  symbol: ['one of', 'BTCUSDT'],
  side: ['one of', 'Buy'],
  size: isHundredth,
  avgPrice: /^[56]\d{4}/,
  createdTime: 'ms text',
  updatedTime: 'ms text',
  openTime: 'ms',
} as const

export const accountProbes: readonly Probe[] = [
  {
    title: 'wallet',
    send: ask('/v5/account/wallet-balance', { accountType: 'UNIFIED' }),
    answer: success({ list: ['rows', { ...wallet, totalPerpUPL: isZero }] }),
  },
  {
    title: 'wallet, one coin',
    before: [openLong],
    send: ask('/v5/account/wallet-balance', { accountType: 'UNIFIED', coin: 'USDT' }),
    answer: success({ list: ['rows', wallet] }),
  },
  {
    title: 'account mode',
    send: ask('/v5/account/info'),
    answer: success({
      marginMode: ['one of', 'REGULAR_MARGIN'],
      updatedTime: 'ms text',
      unifiedMarginStatus: ['one of', 5, 6],
      isMasterTrader: 'boolean',
      spotHedgingStatus: ['one of', 'OFF'],
      dcpStatus: ['optional', ['one of', 'OFF']],
      timeWindow: ['optional', 'integer'],
      smpGroup: ['optional', 'integer'],
    }),
  },
  {
    title: 'fee rates',
    send: ask('/v5/account/fee-rate', btc),
    answer: success({
      list: [
        'rows',
        {
          symbol: ['one of', 'BTCUSDT'],
          takerFeeRate: ['one of', '0.00055'],
          makerFeeRate: ['one of', '0.0002'],
          baseCoin: ['optional', 'empty'],
          rpiMakerFeeRate: ['optional', 'decimal'],
        },
      ],
    }),
  },
  {
    title: 'what a key may do',
    send: ask('/v5/user/query-api'),
    answer: success(
      {
        id: 'text',
        note: 'text or empty',
        apiKey: 'text',
        readOnly: ['one of', 0],
        secret: 'empty',
        permissions: {
          ContractTrade: ['rows', ['one of', 'Order'], ['one of', 'Position']],
          Spot: ['array of', 'text'],
          Wallet: ['array of', 'text'],
          Options: ['array of', 'text'],
          Derivatives: ['array of', 'text'],
          Exchange: ['array of', 'text'],
        },
        ips: ['at least one', 'text'],
        type: 'integer',
        deadlineDay: 'integer',
        expiredAt: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
        createdAt: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
        unified: 'integer',
        uta: ['one of', 1],
        userID: 'integer',
        vipLevel: 'text',
        isMaster: 'boolean',
        parentUid: 'digits',
        kycRegion: 'text or empty',
      },
      'text or empty',
    ),
  },
  {
    title: 'no coins to deposit',
    send: ask('/v5/asset/coin/query-info'),
    answer: success({ rows: ['rows'] }, 'text or empty'),
  },
  {
    title: 'a flat position, asked for by symbol',
    send: ask('/v5/position/list', btc),
    answer: list(flat),
  },
  {
    title: 'flat positions are not listed by coin',
    send: ask('/v5/position/list', { category: 'linear', settleCoin: 'USDT', limit: '200' }),
    answer: success({
      category: ['one of', 'linear'],
      list: ['rows'],
      nextPageCursor: 'empty',
    }),
  },
  {
    title: 'a position',
    before: [openLong],
    send: ask('/v5/position/list', btc),
    answer: list(long),
  },
  {
    title: 'open positions by coin',
    before: [openLong],
    send: ask('/v5/position/list', { category: 'linear', settleCoin: 'USDT', limit: '200' }),
    answer: list(long),
  },
  {
    title: 'leverage of a symbol',
    send: ask('/v5/position/symbol-info', btc),
    answer: list(
      {
        symbol: ['one of', 'BTCUSDT'],
        leverage: /^10(\.0+)?$/,
        side: 'text or empty',
        positionIdx: ['one of', 0],
      },
      { nextPageCursor: ['optional', 'text or empty'] },
    ),
  },
  {
    title: 'leverage set',
    send: post('/v5/position/set-leverage', { ...btc, buyLeverage: '7', sellLeverage: '7' }),
    answer: success({}),
  },
  {
    title: 'leverage that was set',
    before: [post('/v5/position/set-leverage', { ...btc, buyLeverage: '7', sellLeverage: '7' })],
    send: ask('/v5/position/list', btc),
    answer: list({ ...flat, leverage: /^7(\.0+)?$/ }),
  },
  {
    title: 'position mode by coin, always a success',
    send: post('/v5/position/switch-mode', { category: 'linear', coin: 'USDT', mode: 0 }),
    answer: success({}),
  },
  {
    title: 'margin mode as it is, a success',
    send: post('/v5/account/set-margin-mode', { setMarginMode: 'REGULAR_MARGIN' }),
    answer: {
      retCode: ['one of', 0],
      retMsg: 'text or empty',
      result: { reasons: ['rows'] },
      retExtInfo: ['optional', {}],
      time: ['optional', 'ms'],
    },
  },
]
