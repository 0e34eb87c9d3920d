import { describe, expect, it } from 'vitest'
import { withRaw } from '../../model/raw.ts'
import { getFeeRates } from './fees.ts'
import { bitcoin, script, success } from './script.testing.ts'

const UID = '723888f7-0a8e-4183-8648-f920a22339e3'
const SCHEDULES = [
  { uid: 'other', name: 'Other', tiers: [{ makerFee: 1, takerFee: 2, usdVolume: 0 }] },
  {
    uid: UID,
    name: 'Perpetuals',
    tiers: [
      { makerFee: 0.02, takerFee: 0.05, usdVolume: 0.0 },
      { makerFee: -0.005, takerFee: 0.03, usdVolume: 1000000.0 },
      { makerFee: 0.015, takerFee: 0.04, usdVolume: 100000.0 },
    ],
  },
]
const named = withRaw({ ...bitcoin }, { feeScheduleUid: UID })

function fetchRates(volume: number | undefined, feeSchedules: unknown = SCHEDULES) {
  return script({
    'GET feeschedules': success({ feeSchedules }),
    'GET feeschedules/volumes': success({
      volumesByFeeSchedule: volume === undefined ? {} : { other: 9e9, [UID]: volume },
    }),
  })
}

describe('getFeeRates', () => {
  it('default: of the tier the volume reaches, as fractions', async () => {
    const { call, lines, sent } = fetchRates(53823)
    const rates = await getFeeRates(call, { instrument: named })
    expect(rates).toEqual({
      symbol: 'BTCUSD',
      nativeSymbol: 'PF_XBTUSD',
      makerRate: '0.0002',
      takerRate: '0.0005',
    })
    expect(rates.raw).toMatchObject({ uid: UID, volume: '53823' })
    expect(lines).toEqual(['GET feeschedules', 'GET feeschedules/volumes'])
    expect(sent).toEqual([
      { access: 'public', effect: 'read', cost: {} },
      { access: 'read', effect: 'read', cost: { derivatives: 2 } },
    ])
  })

  it.each([
    [undefined, '0.0002', '0.0005'],
    [0, '0.0002', '0.0005'],
    [99_999.99, '0.0002', '0.0005'],
    [100_000, '0.00015', '0.0004'],
    [2_000_000, '-0.00005', '0.0003'],
  ])('args: with a volume of %s', async (volume, makerRate, takerRate) => {
    const { call } = fetchRates(volume)
    expect(await getFeeRates(call, { instrument: named })).toMatchObject({ makerRate, takerRate })
  })

  it('behavior: a market that names no schedule has the only one there is', async () => {
    const { call } = fetchRates(0, SCHEDULES.slice(1))
    const { raw: _, ...bare } = bitcoin
    for (const instrument of [bitcoin, bare]) {
      expect(await getFeeRates(call, { instrument })).toMatchObject({ takerRate: '0.0005' })
    }
  })

  it('error: which schedule it is cannot be told', async () => {
    await expect(getFeeRates(fetchRates(0).call, { instrument: bitcoin })).rejects.toThrow(
      '$.feeSchedules: expected the schedule of PF_XBTUSD',
    )
    const { call } = fetchRates(0, SCHEDULES.slice(0, 1))
    await expect(getFeeRates(call, { instrument: named })).rejects.toThrow('the schedule of')
  })

  it('error: a schedule without a first tier', async () => {
    const { call } = fetchRates(0, [{ uid: UID, name: 'x', tiers: [] }])
    await expect(getFeeRates(call, { instrument: named })).rejects.toThrow('a tier that starts')
  })
})
