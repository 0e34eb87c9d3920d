import type { WireEvidence } from '../../test/wire/evidence.ts'
import { leverages, post, send, setLeverage } from './requests.ts'
import { ORDER_ID, place, placed, success } from './samples.ts'

// docs/wire/kraken.md 4.3, 4.4 and 4.6: a market with a leverage of its own has isolated margin, one
// without has cross margin.

const noSides = { unsupported: 'positions are netted: no order has a position side (4.3)' }

export const wireModes: Pick<
  WireEvidence['cases'],
  'W-47' | 'W-48' | 'W-49' | 'W-50' | 'W-52' | 'W-53' | 'W-54' | 'W-55' | 'W-62'
> = {
  'W-47': { requests: [leverages([{ symbol: 'PF_XBTUSD', maxLeverage: 10 }])], result: 'ISOLATED' },
  // With the leverage in force; where there is none, with the one that is documented.
  'W-48': {
    requests: [leverages([{ symbol: 'PF_ETHUSD', maxLeverage: 3 }]), setLeverage('10')],
    result: true,
  },
  'W-49': { requests: [], result: 'ONE_WAY' },
  'W-50': { unsupported: 'positions are netted: one-way mode alone (4.3)' },
  'W-52': noSides,
  'W-53': noSides,
  'W-54': noSides,
  // The order does not say it again.
  'W-55': {
    requests: [
      leverages([]),
      setLeverage('10'),
      send(
        {
          orderType: 'lmt',
          side: 'buy',
          size: '0.01',
          limitPrice: '59500.1',
          cliOrdId: 'wire-55',
        },
        placed([place({ cliOrdId: 'wire-55' })], { cliOrdId: 'wire-55' }),
      ),
    ],
    result: { orderId: ORDER_ID, status: 'NEW', price: '59500.1' },
  },
  // In seconds.
  'W-62': {
    requests: [
      post(
        '/cancelallordersafter',
        { timeout: '60' },
        success({
          status: {
            currentTime: '2025-11-22T08:00:00.000Z',
            triggerTime: '2025-11-22T08:01:00.000Z',
          },
        }),
      ),
    ],
    result: true,
  },
}
