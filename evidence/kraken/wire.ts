import type { WireEvidence } from '../../test/wire/evidence.ts'
import { ask, btc, leverages, look, names, positions, setLeverage, tickers } from './requests.ts'
import { ORDER_ID, STOP_ID } from './samples.ts'
import * as market from './samplesMarket.ts'
import { wireConditionals } from './wireConditionals.ts'
import { wireLookups } from './wireLookups.ts'
import { wireManaged } from './wireManaged.ts'
import { accounts, instruments, time, wireMarket } from './wireMarket.ts'
import { wireModes } from './wireModes.ts'
import { wireOrders } from './wireOrders.ts'
import { wireRecords } from './wireRecords.ts'

// docs/wire/kraken.md, by hand. Deadline and signature are checked by `signing`.

const btcLong = {
  ...names,
  side: 'LONG',
  size: '0.02',
  entryPrice: '60000',
  markPrice: '60100.5',
  pnl: '2',
  leverage: 5,
  marginMode: 'ISOLATED',
}

const account: Pick<
  WireEvidence['cases'],
  'W-06' | 'W-07' | 'W-08' | 'W-09' | 'W-31' | 'W-36' | 'W-51'
> = {
  // The wallet of the linear contracts, counted in USD.
  'W-06': {
    requests: [accounts],
    result: {
      totalWalletBalance: '13400.4',
      availableBalance: '12424.3',
      totalUnrealizedPnl: '12.5',
      totalMarginBalance: '13223.8',
      currency: 'USD',
      assets: [
        { asset: 'USD', walletBalance: '5000', availableBalance: '4200.5' },
        { asset: 'BTC', walletBalance: '0.1', availableBalance: '0.1' },
      ],
    },
  },
  'W-07': {
    requests: [
      positions([market.position({}), market.etherPosition]),
      tickers(btc, [market.tickerRow({})]),
    ],
    result: [btcLong],
  },
  // Listed are markets with a preference alone.
  'W-08': {
    requests: [
      leverages([
        { symbol: 'PF_ETHUSD', maxLeverage: 3 },
        { symbol: 'PF_XBTUSD', maxLeverage: 10 },
      ]),
    ],
    result: 10,
  },
  'W-09': { requests: [setLeverage('7')], result: true },
  'W-31': {
    requests: [
      positions([market.position({}), market.etherPosition, market.inversePosition]),
      tickers({}, [market.indexRow, market.etherTicker, market.tickerRow({})]),
    ],
    result: [
      btcLong,
      {
        symbol: 'ETHUSD',
        nativeSymbol: 'PF_ETHUSD',
        side: 'SHORT',
        size: '0.5',
        entryPrice: '3000',
        markPrice: '3050.5',
        pnl: '-25',
        marginMode: 'CROSS',
      },
    ],
  },
  // Repeating a value is plain success (4.4).
  'W-36': { requests: [setLeverage('20')], result: true },
  // In percent. The market names its table, the volume of 30 days the tier.
  'W-51': {
    requests: [
      look('/feeschedules', {}, market.feeSchedules),
      ask('/feeschedules/volumes', market.feeVolumes),
    ],
    result: { ...names, makerRate: '0.00015', takerRate: '0.0004' },
  },
}

/** What Kraken must be sent for each wire case. */
export const wire: WireEvidence = {
  ids: { order: ORDER_ID, conditional: STOP_ID },
  // One-way mode alone, and no order names its margin: nothing of that is read first.
  preliminaries: [time, instruments],
  cases: {
    ...wireMarket,
    ...account,
    ...wireModes,
    ...wireOrders,
    ...wireLookups,
    ...wireConditionals,
    ...wireRecords,
    ...wireManaged,
  },
}
