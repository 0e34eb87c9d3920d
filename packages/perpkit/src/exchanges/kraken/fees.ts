import type { Call, Endpoint } from '../../client/definition.ts'
import { type Decimal, div, isGreater } from '../../core/decimal.ts'
import { ReadError, Reader } from '../../core/reader.ts'
import type { FeeRates } from '../../model/account.ts'
import type { Instrument } from '../../model/instrument.ts'
import { withRaw } from '../../model/raw.ts'

/**
 * From the exchange's table of fees and the account's volume of 30 days. Since 2026-06-22 neither is
 * kept up to date: what is charged may differ, and only a key of the spot exchange can ask for it
 * (docs/wire/kraken.md 4.9).
 */
export async function getFeeRates(
  call: Call,
  { instrument }: { instrument: Instrument },
): Promise<FeeRates> {
  const [schedules, volumes] = await Promise.all([
    call(feeSchedules, undefined),
    call(feeVolumes, undefined),
  ])
  const { uid, tiers } = scheduleOf(instrument, schedules)
  const tier = tierAt(tiers, volumes.get(uid) ?? '0')
  return withRaw(
    {
      symbol: instrument.symbol,
      nativeSymbol: instrument.nativeSymbol,
      makerRate: tier.makerRate,
      takerRate: tier.takerRate,
    },
    { uid, tiers, volume: volumes.get(uid) },
  )
}

interface Tier {
  makerRate: Decimal
  takerRate: Decimal
  /** Traded in 30 days, in dollars, from which it holds. */
  volume: Decimal
}

interface FeeSchedule {
  uid: string
  tiers: Tier[]
}

/** https://docs.kraken.com/api-reference/fee-schedules/get-fee-schedules */
const feeSchedules: Endpoint<void, FeeSchedule[]> = {
  method: 'GET',
  path: '/derivatives/api/v3/feeschedules',
  access: 'public',
  effect: 'read',
  cost: {},
  encode() {
    return {}
  },
  decode(answer) {
    return answer
      .at('feeSchedules')
      .items()
      .map((row) => ({ uid: row.at('uid').id(), tiers: row.at('tiers').items().map(readTier) }))
  },
}

function readTier(row: Reader): Tier {
  return {
    makerRate: fromPercent(row.at('makerFee').decimal()),
    takerRate: fromPercent(row.at('takerFee').decimal()),
    volume: row.at('usdVolume').decimal(),
  }
}

function fromPercent(percent: Decimal): Decimal {
  return div(percent, '100')
}

/**
 * Volumes in dollars by schedule; one that was not traded in is missing.
 * https://docs.kraken.com/api-reference/fee-schedules/get-fee-schedule-volumes
 */
const feeVolumes: Endpoint<void, Map<string, Decimal>> = {
  method: 'GET',
  path: '/derivatives/api/v3/feeschedules/volumes',
  access: 'read',
  effect: 'read',
  cost: { derivatives: 2 },
  encode() {
    return {}
  },
  decode(answer) {
    const volumes = answer.at('volumesByFeeSchedule')
    return new Map(volumes.keys().map((uid) => [uid, volumes.at(uid).decimal()]))
  },
}

/** The one the market's row names; where it names none, the only one there is. */
function scheduleOf({ nativeSymbol, raw }: Instrument, schedules: FeeSchedule[]): FeeSchedule {
  const uid = new Reader(raw ?? {}).at('feeScheduleUid').optionalId()
  const [only, ...others] = schedules
  const named = schedules.find((schedule) => schedule.uid === uid)
  if (named) return named
  if (uid === undefined && only && others.length === 0) return only
  const uids = schedules.map((schedule) => schedule.uid)
  throw new ReadError('$.feeSchedules', `the schedule of ${nativeSymbol}`, uids)
}

function tierAt(tiers: readonly Tier[], volume: Decimal): Tier {
  const reached = tiers.filter((tier) => !isGreater(tier.volume, volume))
  const [first, ...others] = reached
  if (!first) throw new ReadError('$.feeSchedules', 'a tier that starts at 0', tiers)
  return others.reduce((best, tier) => (isGreater(tier.volume, best.volume) ? tier : best), first)
}
