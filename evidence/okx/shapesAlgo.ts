import type { Shape } from '../../test/wire/evidence.ts'
import { algo, amount, id, one, says, waiting } from './shapes.ts'

// docs/wire/okx.md 4.4: the legs of the conditional orders in wordsAlgo.ts.

type Keys = { readonly [key: string]: Shape }

export const noStop: Keys = { slTriggerPx: 'empty', slTriggerPxType: 'empty', slOrdPx: 'empty' }
export const noTake: Keys = { tpTriggerPx: 'empty', tpTriggerPxType: 'empty', tpOrdPx: 'empty' }
export const noTrigger: Keys = { triggerPx: 'empty', triggerPxType: 'empty', ordPx: 'empty' }
export const theStop: Keys = {
  slTriggerPx: amount('58000'),
  slTriggerPxType: says('mark'),
  slOrdPx: says('-1'),
}
export const theTake: Keys = {
  tpTriggerPx: amount('61000'),
  tpTriggerPxType: says('last'),
  tpOrdPx: says('-1'),
}

export const liveStop: Shape = {
  ...algo,
  ...waiting,
  ...noTake,
  ...noTrigger,
  ...theStop,
  algoClOrdId: says('stop1'),
  ordType: says('conditional'),
  side: says('sell'),
  sz: one,
  closeFraction: 'empty',
  reduceOnly: says('true'),
}

/** One that became an order. */
export function fired(side: 'sl' | 'tp' | '', more: Keys = {}): Shape {
  return {
    ...algo,
    state: says('effective'),
    ordId: id,
    ordIdList: ['rows', id],
    actualSide: says(side),
    actualSz: one,
    actualPx: 'decimal or empty',
    triggerTime: 'ms text',
    ...more,
  }
}
