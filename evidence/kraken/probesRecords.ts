import type { Probe } from '../../test/wire/evidence.ts'
import { fill, is, success, uuid } from './shapes.ts'
import { anExecution, logRow, pageOf, positionUpdate } from './shapesHistory.ts'
import { API, ask, btc, edit, memberOf, openLong, put, restingBuy, send } from './words.ts'

// docs/wire/kraken.md 4.8: fills, executions, positions and the account log.

const HISTORY = '/api/history/v3'

export const recordProbes: readonly Probe[] = [
  {
    title: 'fills',
    before: [openLong],
    send: ask(`${API}/fills`),
    answer: success({
      fills: [
        'rows',
        {
          ...fill,
          cliOrdId: is('entry-1'),
          side: is('buy'),
          size: is(0.01),
          fillType: is('taker'),
        },
      ],
    }),
  },
  {
    title: 'fills of an order that waited',
    before: [restingBuy, { price: ['BTCUSDT', '59000'] }],
    send: ask(`${API}/fills`),
    answer: success({
      fills: [
        'rows',
        {
          ...fill,
          cliOrdId: is('resting-1'),
          side: is('buy'),
          size: is(0.01),
          price: is(59500),
          fillType: is('maker'),
        },
      ],
    }),
  },
  {
    title: 'fills of an order that was edited into the book',
    before: [restingBuy, edit({ cliOrdId: 'resting-1', limitPrice: '60500' })],
    send: ask(`${API}/fills`),
    answer: success({
      fills: ['rows', { ...fill, cliOrdId: is('resting-1'), fillType: is('takerAfterEdit') }],
    }),
  },
  {
    title: 'fills of a liquidation',
    before: [
      put('/leveragepreferences', { ...btc, maxLeverage: '5' }),
      openLong,
      { price: ['BTCUSDT', '47000'] },
    ],
    send: ask(`${API}/fills`),
    answer: success({
      fills: [
        'rows',
        { ...fill, side: is('sell'), size: is(0.01), fillType: is('liquidation') },
        { ...fill, cliOrdId: is('entry-1') },
      ],
    }),
  },
  {
    title: 'fills before a time, exclusive',
    before: [openLong, ask(`${API}/fills`)],
    send: ([, fills]) =>
      ask(`${API}/fills`, { lastFillTime: String(memberOf(fills, 'fills', '0', 'fillTime')) }),
    answer: success({ fills: ['rows'] }),
  },
  {
    title: 'history of executions, with the fee',
    before: [openLong],
    send: ask(`${HISTORY}/executions`, { tradeable: 'PF_XBTUSD', count: '10' }),
    answer: pageOf(['rows', anExecution], 1),
  },
  {
    title: 'history of positions',
    before: [openLong],
    send: ask(`${HISTORY}/positions`, { tradeable: 'PF_XBTUSD', opened: 'true' }),
    answer: pageOf(
      [
        'rows',
        positionUpdate({
          oldPosition: is('0'),
          newPosition: is('0.01'),
          executionSize: is('0.01'),
          positionChange: is('open'),
          updateReason: is('trade'),
          tradeType: is('userExecution'),
        }),
      ],
      1,
    ),
  },
  {
    title: 'history of positions: what was reversed and what was closed',
    before: [
      openLong,
      { advanceMs: 10 },
      send({ orderType: 'mkt', side: 'sell', size: '0.03' }),
      { advanceMs: 10 },
      send({ orderType: 'mkt', side: 'buy', size: '0.02' }),
    ],
    send: ask(`${HISTORY}/positions`, { closed: 'true', reversed: 'true' }),
    answer: pageOf(
      [
        'rows',
        positionUpdate({ positionChange: is('close'), newPosition: is('0') }),
        positionUpdate({ positionChange: is('reverse'), newPosition: is('-0.02') }),
      ],
      2,
    ),
  },
  {
    title: 'history of positions: funding is an update of its own',
    before: [openLong, { advanceMs: 3_600_000 }],
    send: ask(`${HISTORY}/positions`, { funding_realization: 'true' }),
    answer: pageOf(
      [
        'rows',
        positionUpdate({
          positionChange: is('noChange'),
          newPosition: is('0.01'),
          executionUid: 'null',
          executionPrice: 'null',
          executionSize: 'null',
          tradeType: 'null',
          realizedFunding: 'decimal',
          fundingRealizationTime: 'ms',
          updateReason: is('fundingRealisation'),
        }),
      ],
      1,
    ),
  },
  {
    title: 'account log: two rows a trade',
    before: [openLong],
    send: ask(`${HISTORY}/account-log`, { count: '2' }),
    answer: {
      accountUid: ['optional', uuid],
      logs: ['rows', logRow, logRow],
    },
  },
  {
    title: 'account log: funding is one row',
    before: [openLong, { advanceMs: 3_600_000 }],
    send: ask(`${HISTORY}/account-log`, { info: 'funding rate change' }),
    answer: {
      accountUid: ['optional', uuid],
      logs: [
        'rows',
        {
          ...logRow,
          info: is('funding rate change'),
          trade_price: 'null',
          execution: 'null',
          fee: 'null',
          funding_rate: 'number',
          realized_funding: 'number',
          contract: is('pf_xbtusd'),
        },
      ],
    },
  },
]
