import type { Probe, Shape } from '../../test/wire/evidence.ts'
import { list, order, position, success } from './shapes.ts'
import { ask, btc, create, openLong, post, restingBuy, waitingStop } from './words.ts'

// docs/wire/bybit.md 4.3 to 4.5: every parameter the sheet names is understood, and comes back
// where the row has a place for it. What is not understood stands in the ledger.

const byLink = (orderLinkId: string): Record<string, string> => ({ ...btc, orderLinkId })

function row(more: { readonly [key: string]: Shape }): Shape {
  return list({ ...order, ...more })
}

const isPrice = (price: string): RegExp => new RegExp(`^${price}(\\.0+)?$`)

const entry = {
  side: 'Buy',
  orderType: 'Limit',
  qty: '0.01',
  price: '59500',
  positionIdx: 0,
} as const

export const parameterProbes: readonly Probe[] = [
  {
    title: 'an entry with attached protection for the whole position',
    before: [
      create({
        ...entry,
        timeInForce: 'GTC',
        orderLinkId: 'full-1',
        takeProfit: '63000',
        stopLoss: '58000',
        tpTriggerBy: 'MarkPrice',
        slTriggerBy: 'IndexPrice',
        tpslMode: 'Full',
        tpOrderType: 'Market',
        slOrderType: 'Market',
        reduceOnly: false,
        closeOnTrigger: false,
        smpType: 'CancelMaker',
        rpiTakerAccess: false,
      }),
    ],
    send: ask('/v5/order/realtime', byLink('full-1')),
    answer: row({
      takeProfit: isPrice('63000'),
      stopLoss: isPrice('58000'),
      tpTriggerBy: ['one of', 'MarkPrice'],
      slTriggerBy: ['one of', 'IndexPrice'],
      tpslMode: ['one of', 'Full'],
      smpType: ['one of', 'CancelMaker'],
    }),
  },
  {
    title: 'an entry with attached limit legs for its own quantity',
    before: [
      create({
        ...entry,
        orderLinkId: 'partial-1',
        takeProfit: '63000',
        stopLoss: '58000',
        tpslMode: 'Partial',
        tpOrderType: 'Limit',
        slOrderType: 'Limit',
        tpLimitPrice: '63010',
        slLimitPrice: '57990',
      }),
    ],
    send: ask('/v5/order/realtime', byLink('partial-1')),
    answer: row({
      tpslMode: ['one of', 'Partial'],
      tpLimitPrice: isPrice('63010'),
      slLimitPrice: isPrice('57990'),
    }),
  },
  {
    title: 'attached protection stands in the position after the fill',
    before: [
      create({
        side: 'Buy',
        orderType: 'Market',
        qty: '0.01',
        positionIdx: 0,
        takeProfit: '63000',
        stopLoss: '58000',
        tpslMode: 'Full',
      }),
    ],
    send: ask('/v5/position/list', btc),
    answer: list({ ...position, takeProfit: isPrice('63000'), stopLoss: isPrice('58000') }),
  },
  {
    title: 'a market order with a slippage tolerance',
    before: [
      create({
        side: 'Buy',
        orderType: 'Market',
        qty: '0.01',
        positionIdx: 0,
        orderLinkId: 'slip-1',
        slippageToleranceType: 'TickSize',
        slippageTolerance: '500',
      }),
    ],
    send: ask('/v5/order/realtime', byLink('slip-1')),
    answer: row({
      orderStatus: ['one of', 'Filled'],
      slippageToleranceType: ['one of', 'TickSize'],
      slippageTolerance: isPrice('500'),
    }),
  },
  {
    title: 'a limit order that takes its price from the book',
    before: [
      create({
        side: 'Buy',
        orderType: 'Limit',
        qty: '0.01',
        positionIdx: 0,
        orderLinkId: 'bbo-1',
        bboSideType: 'Queue',
        bboLevel: '1',
      }),
    ],
    send: ask('/v5/order/realtime', byLink('bbo-1')),
    answer: row({ orderStatus: ['one of', 'New'], price: /^[56]\d{4}/ }),
  },
  {
    title: 'parameters of other products are known and make nothing',
    send: create({
      ...entry,
      isLeverage: 0,
      orderFilter: 'Order',
      marketUnit: 'baseCoin',
      orderIv: '',
      mmp: false,
      // ccxt lets it slip in: docs/wire/bybit.md 9, trap 41.
      trailingPercent: '1',
    }),
    answer: success({ orderId: 'text', orderLinkId: 'empty' }),
  },
  {
    title: 'a conditional that may free margin, on the index price, a limit order',
    before: [
      create({
        side: 'Sell',
        orderType: 'Limit',
        qty: '0.01',
        price: '57900',
        triggerPrice: '58000',
        triggerDirection: 2,
        triggerBy: 'IndexPrice',
        reduceOnly: true,
        closeOnTrigger: true,
        positionIdx: 0,
        orderLinkId: 'close-1',
      }),
    ],
    send: ask('/v5/order/realtime', byLink('close-1')),
    answer: row({
      orderStatus: ['one of', 'Untriggered'],
      orderType: ['one of', 'Limit'],
      price: isPrice('57900'),
      triggerBy: ['one of', 'IndexPrice'],
      closeOnTrigger: ['one of', true],
    }),
  },
  {
    title: 'an amended conditional',
    before: [
      waitingStop,
      post('/v5/order/amend', {
        ...byLink('stop-1'),
        triggerPrice: '58100',
        triggerBy: 'LastPrice',
        qty: '0.02',
      }),
    ],
    send: ask('/v5/order/realtime', byLink('stop-1')),
    answer: row({
      orderStatus: ['one of', 'Untriggered'],
      triggerPrice: isPrice('58100'),
      triggerBy: ['one of', 'LastPrice'],
      qty: /^0\.020*$/,
    }),
  },
  {
    title: 'cancel-all of working orders leaves the conditionals',
    before: [
      restingBuy,
      waitingStop,
      post('/v5/order/cancel-all', { ...btc, orderFilter: 'Order' }),
    ],
    send: ask('/v5/order/realtime', btc),
    answer: row({ orderStatus: ['one of', 'Untriggered'] }),
  },
  {
    title: 'cancel-all of stops by coin leaves the working orders',
    before: [
      restingBuy,
      waitingStop,
      post('/v5/order/cancel-all', {
        category: 'linear',
        settleCoin: 'USDT',
        orderFilter: 'StopOrder',
        stopOrderType: 'Stop',
      }),
    ],
    send: ask('/v5/order/realtime', btc),
    answer: row({ orderStatus: ['one of', 'New'] }),
  },
  {
    title: 'partial legs of a position',
    before: [
      openLong,
      post('/v5/position/trading-stop', {
        ...btc,
        tpslMode: 'Partial',
        positionIdx: 0,
        takeProfit: '63000',
        tpSize: '0.005',
        tpTriggerBy: 'MarkPrice',
        tpOrderType: 'Limit',
        tpLimitPrice: '63010',
      }),
    ],
    send: ask('/v5/order/realtime', { ...btc, orderFilter: 'StopOrder' }),
    answer: row({
      stopOrderType: ['one of', 'PartialTakeProfit'],
      createType: ['one of', 'CreateByPartialTakeProfit'],
      tpslMode: ['one of', 'Partial'],
      orderType: ['one of', 'Limit'],
      price: isPrice('63010'),
      triggerPrice: isPrice('63000'),
      triggerDirection: ['one of', 1],
      qty: /^0\.0050*$/,
    }),
  },
  {
    title: 'a trailing stop of a position',
    before: [
      openLong,
      post('/v5/position/trading-stop', {
        ...btc,
        tpslMode: 'Full',
        positionIdx: 0,
        trailingStop: '500',
        activePrice: '61000',
      }),
    ],
    send: ask('/v5/order/realtime', { ...btc, orderFilter: 'StopOrder' }),
    answer: row({
      stopOrderType: ['one of', 'TrailingStop'],
      createType: ['one of', 'CreateByTrailingStop'],
      triggerPrice: isPrice('61000'),
      triggerBy: ['one of', 'LastPrice'],
    }),
  },
]
