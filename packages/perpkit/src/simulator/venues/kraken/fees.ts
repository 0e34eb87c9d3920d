import { type Decimal, mul, sum } from '../../../core/decimal.ts'
import type { Handling, Route } from '../../server/types.ts'
import { uuidOf } from './ids.ts'
import { listings } from './instruments.ts'
import { num } from './numbers.ts'
import { success } from './replies.ts'

// What trading costs, as the venue still tells it: docs/wire/kraken.md 4.9.

const base = '/derivatives/api/v3/feeschedules'

/** Referred to by every instrument; the one schedule there is. */
export const feeScheduleUid: string = uuidOf('fee schedule')

/** Volume counts for so long. */
const VOLUME_MS = 30 * 86_400_000

// https://docs.kraken.com/api/docs/futures-api/trading/get-fee-schedules-v-3
export const feeSchedules: Route = {
  method: 'GET',
  path: base,
  access: 'public',
  operation: 'marketData',
  parameters: [],
  handle(handling) {
    const tiers = feeTiers.map(({ makerFee, takerFee }) => ({
      makerFee: inPercent(makerFee),
      takerFee: inPercent(takerFee),
      usdVolume: 0,
    }))
    return success(handling, {
      feeSchedules: [{ uid: feeScheduleUid, name: 'PGTMainFees', tiers }],
    })
  },
}

// https://docs.kraken.com/api/docs/futures-api/trading/get-user-fee-schedule-volumes-v-3
export const feeVolumes: Route = {
  method: 'GET',
  path: `${base}/volumes`,
  access: 'signed',
  operation: 'getAccount',
  parameters: [],
  handle: (handling) =>
    success(handling, { volumesByFeeSchedule: { [feeScheduleUid]: volumeOf(handling) } }),
}

/** All contracts have the same fees: one tier. */
const feeTiers = listings.slice(0, 1).map(({ engine }) => engine)

function inPercent(rate: Decimal): number {
  return num(mul(rate, '100'))
}

function volumeOf({ accountId, engine }: Handling): number {
  const since = engine.now() - VOLUME_MS
  const traded = engine.fills(accountId).filter(({ timestamp }) => timestamp >= since)
  return num(sum(traded.map(({ price, quantity }) => mul(price, quantity))), 2)
}
