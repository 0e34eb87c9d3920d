import { describe, expect, test } from 'vitest'
import {
  BTC,
  type Desk,
  held,
  limit,
  lookUp,
  openDesk,
  order,
  place,
  placeAlgo,
  row,
  rows,
  said,
  stop,
  type Words,
} from './desk.fixture.ts'

// Protection attached to an entry: docs/wire/okx.md 4.5.

const stopLeg = { slTriggerPx: '58000', slOrdPx: '-1' }
const profitLeg = { tpTriggerPx: '62000', tpOrdPx: '-1' }

async function pending(
  desk: Desk,
  ordType = 'conditional,oco',
): Promise<Record<string, unknown>[]> {
  return rows(await desk.get('trade/orders-algo-pending', { ordType }))
}

function withItems(...attachAlgoOrds: Words[]): Words {
  return { attachAlgoOrds }
}

describe('attached protection', () => {
  test('default: an item with both legs becomes an oco when the entry has filled', async () => {
    const desk = openDesk()
    const item = { attachAlgoClOrdId: 'p1', ...stopLeg, ...profitLeg }
    const ordId = await place(desk, order({ sz: '3', ...withItems(item) }))
    const { attachAlgoOrds } = await lookUp(desk, ordId)
    expect(attachAlgoOrds).toMatchObject([
      { attachAlgoClOrdId: 'p1', slTriggerPx: '58000', tpTriggerPx: '62000', failCode: '' },
    ])
    const [algo] = await pending(desk)
    expect(algo).toMatchObject({
      ordType: 'oco',
      algoClOrdId: 'p1',
      side: 'sell',
      sz: '3',
      reduceOnly: 'false',
      slTriggerPx: '58000',
      tpTriggerPx: '62000',
    })
    await desk.setPrice('62000')
    expect(await held(desk)).toBe('0')
    expect(await pending(desk)).toEqual([])
    expect(await desk.unknownWords()).toEqual([])
  })

  // Section 9: attached algos are absent until the fill.
  test('behavior: while the entry rests it is inside it alone; unfilled, it goes with it', async () => {
    const desk = openDesk()
    const ordId = await place(desk, limit('59000', withItems(stopLeg)))
    expect(await pending(desk)).toEqual([])
    await desk.post('trade/cancel-order', { instId: BTC, ordId })
    expect(await pending(desk)).toEqual([])
  })

  test('behavior: partly filled and cancelled, it protects what has filled', async () => {
    const desk = openDesk()
    const asks = (await desk.get('market/books', { instId: BTC, sz: 1 }))
      .at('data')
      .at(0)
      .at('asks')
    const px = asks.at(0).at(0).string()
    const size = asks.at(0).at(1).string()
    const ordId = await place(desk, limit(px, { sz: '100', ...withItems(stopLeg) }))
    expect(await pending(desk)).toEqual([])
    await desk.post('trade/cancel-order', { instId: BTC, ordId })
    expect(await pending(desk)).toMatchObject([{ ordType: 'conditional', sz: size }])
  })

  // Section 9: attached TP/SL survive a manual close.
  test('behavior: left over after another close, it can open the opposite position', async () => {
    const desk = openDesk()
    await place(desk, order(withItems(stopLeg)))
    await place(desk, order({ side: 'sell', reduceOnly: true }))
    expect(await pending(desk)).toHaveLength(1)
    await desk.setPrice('58000')
    expect(await held(desk)).toBe('-1')
  })

  test('behavior: what the price has passed by then fails, and the entry says so', async () => {
    const desk = openDesk()
    const asks = (await desk.get('market/books', { instId: BTC, sz: 1 }))
      .at('data')
      .at(0)
      .at('asks')
    const px = asks.at(0).at(0).string()
    const ordId = await place(desk, limit(px, { sz: '100', ...withItems(profitLeg) }))
    await desk.setPrice('62500')
    await desk.post('trade/cancel-order', { instId: BTC, ordId })
    const { attachAlgoOrds } = await lookUp(desk, ordId)
    expect(attachAlgoOrds).toMatchObject([
      { failCode: '51279', failReason: 'TP trigger price cannot be lower than the last price.' },
    ])
    expect(await pending(desk)).toEqual([])
  })

  test('behavior: a trailing stop', async () => {
    const desk = openDesk()
    await place(desk, order(withItems({ callbackRatio: '0.01' })))
    const distance = { callbackSpread: '500', activePx: '61000' }
    await place(desk, order(withItems(distance)))
    expect(await pending(desk, 'move_order_stop')).toMatchObject([
      distance,
      { callbackRatio: '0.01', activePx: '' },
    ])
  })

  test('behavior: ratios are taken from the limit price', async () => {
    const desk = openDesk()
    const item = { tpTriggerRatio: '0.1', tpOrdPx: '-1', slTriggerRatio: '0.1', slOrdPx: '-1' }
    await place(desk, limit('60000.1', withItems(item)))
    expect(await pending(desk)).toMatchObject([{ tpTriggerPx: '66000.1', slTriggerPx: '54000' }])
  })
})

describe('a stop and a take-profit that rests, in one item', () => {
  const item = { attachAlgoClOrdId: 'take1', tpOrdKind: 'limit', tpOrdPx: '61000', ...stopLeg }

  test.each([
    ['long', 'buy', item],
    ['short', 'sell', { ...item, tpOrdPx: '59000', slTriggerPx: '62000' }],
  ])('default: of a %s entry it is one oco, whose profit has its id', async (_, side, words) => {
    const desk = openDesk()
    // The entry's own id is free by then.
    await place(desk, order({ side, sz: '3', clOrdId: 'take1', ...withItems(words) }))
    const [profit] = rows(await desk.get('trade/orders-pending'))
    const [algo, ...others] = await pending(desk)
    expect(others).toEqual([])
    expect(algo).toMatchObject({
      ordType: 'oco',
      algoClOrdId: 'take1',
      slTriggerPx: words.slTriggerPx,
      tpTriggerPx: '',
      tpOrdPx: words.tpOrdPx,
      sz: '3',
      linkedOrd: { ordId: profit?.ordId },
    })
    expect(profit).toMatchObject({
      clOrdId: 'take1',
      px: words.tpOrdPx,
      sz: '3',
      isTpLimit: 'true',
      linkedAlgoOrd: { algoId: algo?.algoId },
    })
    expect(await pending(desk, 'conditional')).toEqual([])
    expect(await desk.unknownWords()).toEqual([])
  })

  test('behavior: the take-profit is found by the id, and its fill ends the stop', async () => {
    const desk = openDesk()
    await place(desk, order({ sz: '3', ...withItems(item) }))
    await desk.setPrice('61001')
    expect(row(await desk.get('trade/order', { instId: BTC, clOrdId: 'take1' }))).toMatchObject({
      state: 'filled',
      isTpLimit: 'true',
    })
    expect(await held(desk)).toBe('0')
    expect(await pending(desk)).toEqual([])
  })

  // As of a pair that was placed as an algo.
  test('behavior: cancelled, the stop takes the take-profit along', async () => {
    const desk = openDesk()
    await place(desk, order({ sz: '3', ...withItems(item) }))
    const [profit] = rows(await desk.get('trade/orders-pending'))
    const [algo] = await pending(desk)
    const cancel = [{ instId: BTC, algoId: algo?.algoId }]
    expect(said(await desk.post('trade/cancel-algos', cancel))).toBe('0')
    expect(await lookUp(desk, String(profit?.ordId))).toMatchObject({
      state: 'canceled',
      cancelSource: '37',
    })
  })

  test('behavior: as two items, the stop is a conditional of its own', async () => {
    const desk = openDesk()
    const { slTriggerPx: _, slOrdPx: __, ...profitAlone } = item
    await place(desk, order({ sz: '3', ...withItems(profitAlone, stopLeg) }))
    expect(await pending(desk)).toMatchObject([{ ordType: 'conditional', algoClOrdId: '' }])
    expect(rows(await desk.get('trade/orders-pending'))).toMatchObject([{ clOrdId: 'take1' }])
  })
})

describe('split take-profits', () => {
  const items = [
    stopLeg,
    { ...profitLeg, sz: '1' },
    { ...profitLeg, tpTriggerPx: '63000', sz: '2' },
  ]

  test('default: one stop and a take-profit each; the stop shrinks, then goes', async () => {
    const desk = openDesk()
    await place(desk, order({ sz: '3', ...withItems(...items) }))
    expect(await pending(desk)).toMatchObject([
      { tpTriggerPx: '63000', sz: '2' },
      { tpTriggerPx: '62000', sz: '1' },
      { slTriggerPx: '58000', sz: '3' },
    ])
    await desk.setPrice('62000')
    expect(await pending(desk)).toMatchObject([
      { tpTriggerPx: '63000', sz: '2' },
      { slTriggerPx: '58000', sz: '2' },
    ])
    await desk.setPrice('63000')
    expect(await held(desk)).toBe('0')
    expect(await pending(desk)).toEqual([])
  })

  test('behavior: the stop ends the take-profits', async () => {
    const desk = openDesk()
    await place(desk, order({ sz: '3', ...withItems(...items) }))
    await desk.setPrice('58000')
    expect(await held(desk)).toBe('0')
    expect(await pending(desk)).toEqual([])
  })

  test('behavior: a cost price moves the stop to the entry after the first', async () => {
    const desk = openDesk()
    const [, ...profits] = items
    const cost = { ...stopLeg, amendPxOnTriggerType: '1' }
    await place(desk, order({ sz: '3', ...withItems(cost, ...profits) }))
    await desk.setPrice('62000')
    const [, moved] = await pending(desk)
    expect(moved).toMatchObject({ slTriggerPx: '60000.1', sz: '2', amendPxOnTriggerType: '1' })
  })

  test('behavior: partly filled and cancelled, only the stop comes', async () => {
    const desk = openDesk()
    const asks = (await desk.get('market/books', { instId: BTC, sz: 1 }))
      .at('data')
      .at(0)
      .at('asks')
    const px = asks.at(0).at(0).string()
    const split = [
      stopLeg,
      { ...profitLeg, sz: '40' },
      { ...profitLeg, tpTriggerPx: '63000', sz: '60' },
    ]
    const ordId = await place(desk, limit(px, { sz: '100', ...withItems(...split) }))
    await desk.post('trade/cancel-order', { instId: BTC, ordId })
    expect(await pending(desk)).toMatchObject([{ slTriggerPx: '58000' }])
    const { attachAlgoOrds } = await lookUp(desk, ordId)
    expect(attachAlgoOrds).toMatchObject([{ failCode: '' }, { failCode: '' }, { failCode: '' }])
  })

  test('behavior: a limit take-profit rests in the book', async () => {
    const desk = openDesk()
    const item = { tpOrdKind: 'limit', tpOrdPx: '61000', attachAlgoClOrdId: 'tp1' }
    await place(desk, order({ sz: '3', ...withItems(item) }))
    expect(rows(await desk.get('trade/orders-pending'))).toMatchObject([
      { px: '61000', sz: '3', side: 'sell', clOrdId: 'tp1', isTpLimit: 'true' },
    ])
  })

  test.each<[items: Words[], code: string]>([
    [
      [
        { ...stopLeg, ...profitLeg, sz: '1' },
        { ...profitLeg, sz: '2' },
      ],
      '51076',
    ],
    [[{ ...profitLeg }, { ...profitLeg, tpTriggerPx: '63000', sz: '2' }], '51089'],
    [
      [
        { ...profitLeg, sz: '1' },
        { ...profitLeg, tpTriggerPx: '63000', sz: '1' },
      ],
      '51083',
    ],
    [[stopLeg, stopLeg], '51084'],
    [
      [
        { ...profitLeg, sz: '1' },
        { ...profitLeg, sz: '2' },
      ],
      '51081',
    ],
    [
      [
        { ...profitLeg, sz: '1', tpTriggerPxType: 'mark' },
        { ...profitLeg, tpTriggerPx: '63000', sz: '2' },
      ],
      '51080',
    ],
    [
      [
        { ...profitLeg, sz: '1' },
        { tpOrdKind: 'limit', tpOrdPx: '63000', sz: '2' },
      ],
      '51091',
    ],
    [
      [
        { tpOrdKind: 'limit', tpOrdPx: '63000', sz: '1' },
        { tpOrdKind: 'limit', tpOrdPx: '63000', sz: '2' },
      ],
      '51092',
    ],
    [[{ tpOrdKind: 'limit', tpOrdPx: '-1' }], '51093'],
    [[{ ...stopLeg, amendPxOnTriggerType: '1' }], '51085'],
    [Array.from({ length: 11 }, () => ({ ...profitLeg, sz: '1' })), '51079'],
  ])('error: %j', async (split, code) => {
    const desk = openDesk()
    const answer = await desk.post('trade/order', order({ sz: '3', ...withItems(...split) }))
    expect(said(answer)).toMatch(new RegExp(`^${code} `))
    expect(await held(desk)).toBe('0')
  })
})

describe('refused before the entry is placed', () => {
  test.each<[words: Words, item: Words, code: string]>([
    [limit('59000'), { tpTriggerPx: '59000', tpOrdPx: '-1' }, '51046'],
    [limit('59000'), { slTriggerPx: '59000', slOrdPx: '-1' }, '51047'],
    [limit('61000', { side: 'sell' }), { tpTriggerPx: '61000', tpOrdPx: '-1' }, '51048'],
    [limit('61000', { side: 'sell' }), { slTriggerPx: '61000', slOrdPx: '-1' }, '51049'],
    [order(), { tpTriggerPx: '60000.1', tpOrdPx: '-1' }, '51050'],
    [order(), { slTriggerPx: '60000.1', slOrdPx: '-1' }, '51051'],
    [order({ side: 'sell' }), { tpTriggerPx: '60000', tpOrdPx: '-1' }, '51052'],
    [order({ side: 'sell' }), { slTriggerPx: '60000', slOrdPx: '-1' }, '51053'],
    [order(), { slTriggerPx: '58000.05', slOrdPx: '-1' }, '51150'],
    [order({ side: 'sell', reduceOnly: true }), stopLeg, '51333'],
  ])('error: %j with %j', async (words, item, code) => {
    const desk = openDesk()
    const answer = await desk.post('trade/order', { ...words, ...withItems(item) })
    expect(said(answer)).toMatch(new RegExp(`^${code} `))
    expect(rows(await desk.get('trade/orders-pending'))).toEqual([])
  })

  test('error: an id that a live algo or another entry has', async () => {
    const desk = openDesk()
    await placeAlgo(desk, stop({ algoClOrdId: 'a1' }))
    await place(desk, limit('59000', withItems({ ...stopLeg, attachAlgoClOrdId: 'a2' })))
    for (const attachAlgoClOrdId of ['a1', 'a2']) {
      const words = limit('59000', withItems({ ...stopLeg, attachAlgoClOrdId }))
      expect(said(await desk.post('trade/order', words))).toMatch(/^51068 /)
    }
    expect(said(await desk.post('trade/order-algo', stop({ algoClOrdId: 'a2' })))).toMatch(
      /^51068 /,
    )
  })

  test('behavior: an unknown key of an item is noted', async () => {
    const desk = openDesk()
    await place(desk, order(withItems({ ...stopLeg, slTriggerPriceType: 'mark' })))
    expect(await desk.unknownWords()).toEqual(['value attachAlgoOrds.slTriggerPriceType'])
  })
})

describe('amending what is attached', () => {
  test('default: by attachAlgoId or by client id; a price of 0 takes a leg off', async () => {
    const desk = openDesk()
    const item = { attachAlgoClOrdId: 'p1', ...stopLeg, ...profitLeg }
    const ordId = await place(desk, limit('59000', withItems(item)))
    const [shown] = Object(await lookUp(desk, ordId)).attachAlgoOrds
    const change = async (words: Words): Promise<string> =>
      said(await desk.post('trade/amend-order', { instId: BTC, ordId, ...withItems(words) }))
    const { attachAlgoId } = shown
    expect(await change({ attachAlgoId, newSlTriggerPx: '57000', newSlOrdPx: '-1' })).toBe('0')
    expect(await change({ attachAlgoClOrdId: 'p1', newTpTriggerPx: '0' })).toBe('0')
    expect(await change({ attachAlgoClOrdId: 'p2', newTpTriggerPx: '0' })).toMatch(/^51527 /)
    expect(await change({ attachAlgoId, newSlTriggerPx: '59000' })).toMatch(/^51047 /)
    await desk.setPrice('58900')
    expect(await pending(desk)).toMatchObject([
      { ordType: 'conditional', slTriggerPx: '57000', tpTriggerPx: '' },
    ])
  })
})
