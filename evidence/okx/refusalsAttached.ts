import type { Json, Probe, Words } from '../../test/wire/evidence.ts'
import { refusedOrder, says } from './shapes.ts'
import { openLong, place, resting } from './words.ts'

// docs/wire/okx.md 4.5 and 6: what an entry may not bring along. A row says why, HTTP 200.

type Members = { readonly [key: string]: Json }

function refused(
  sCode: string,
  title: string,
  order: Members,
  attachAlgoOrds: readonly Members[],
  before: readonly Words[] = [],
): Probe {
  return {
    title: `${sCode} ${title}`,
    before,
    send: place({ ...order, attachAlgoOrds }),
    answer: {
      code: says('1'),
      msg: says('All operations failed'),
      data: ['rows', refusedOrder(sCode)],
      inTime: /^\d{16}$/,
      outTime: /^\d{16}$/,
    },
  }
}

const entry = { ...resting, sz: '2' } as const
const stop = { slTriggerPx: '58000', slOrdPx: '-1' } as const
const low = { tpTriggerPx: '61000', tpOrdPx: '-1', sz: '1' } as const
const high = { tpTriggerPx: '61500', tpOrdPx: '-1', sz: '1' } as const
const unsized = { tpTriggerPx: '61500', tpOrdPx: '-1' } as const
const short = { ...resting, side: 'sell', px: '60500' } as const
const market = { side: 'buy', ordType: 'market', sz: '1' } as const
const limits = { tpOrdKind: 'limit', sz: '1' } as const

export const attachedRefusals: readonly Probe[] = [
  refused('51046', 'a take-profit below the entry', entry, [
    { tpTriggerPx: '59400', tpOrdPx: '-1' },
  ]),
  refused('51047', 'a stop above the entry', entry, [{ slTriggerPx: '59600', slOrdPx: '-1' }]),
  refused('51048', 'a take-profit above an entry that sells', short, [
    { tpTriggerPx: '60600', tpOrdPx: '-1' },
  ]),
  refused('51049', 'a stop below an entry that sells', short, [
    { slTriggerPx: '60400', slOrdPx: '-1' },
  ]),
  refused('51050', 'a take-profit below the market', market, [
    { tpTriggerPx: '59000', tpOrdPx: '-1' },
  ]),
  refused('51051', 'a stop above the market', market, [{ slTriggerPx: '61000', slOrdPx: '-1' }]),
  refused('51076', 'two legs in an item of several', entry, [{ ...stop, ...low }, high]),
  refused('51089', 'one of several take-profits without a size', entry, [stop, low, unsized]),
  refused('51083', 'take-profits that are less than the order', { ...entry, sz: '3' }, [
    stop,
    low,
    high,
  ]),
  refused('51084', 'two stops', entry, [stop, { ...stop, slTriggerPx: '57000' }, low, high]),
  refused('51080', 'take-profits that watch different prices', entry, [
    stop,
    { ...low, tpTriggerPxType: 'last' },
    { ...high, tpTriggerPxType: 'mark' },
  ]),
  refused('51081', 'two take-profits at one price', entry, [stop, low, low]),
  refused('51091', 'take-profits of two kinds', entry, [
    stop,
    low,
    { ...limits, tpOrdPx: '61500' },
  ]),
  refused('51092', 'two resting take-profits at one price', entry, [
    stop,
    { ...limits, tpOrdPx: '61500' },
    { ...limits, tpOrdPx: '61500' },
  ]),
  refused('51085', 'a stop that moves to the entry after no split', entry, [
    { ...stop, amendPxOnTriggerType: '1' },
    unsized,
  ]),
  refused('51079', 'eleven take-profits', { ...entry, sz: '11' }, [
    ...Array.from({ length: 11 }, (_, step) => ({ ...low, tpTriggerPx: `${61_000 + step}` })),
  ]),
  refused(
    '51333',
    'a stop of what reduces',
    { side: 'sell', ordType: 'limit', px: '60500', sz: '1', reduceOnly: true },
    [{ slTriggerPx: '61500', slOrdPx: '-1' }],
    [openLong],
  ),
]
