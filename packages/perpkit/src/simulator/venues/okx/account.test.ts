import { describe, expect, test } from 'vitest'
import {
  BTC,
  type Desk,
  limit,
  lookUp,
  openDesk,
  order,
  place,
  placeAlgo,
  row,
  rows,
  said,
  startTime,
  stop,
} from './desk.fixture.ts'

async function withLong(sz = '10'): Promise<Desk> {
  const desk = openDesk()
  await place(desk, order({ sz }))
  return desk
}

async function balanceOf(desk: Desk): Promise<Record<string, unknown>> {
  const [detail] = Object(row(await desk.get('account/balance'))).details
  return detail
}

describe('balance', () => {
  // Section 9: Futures mode leaves account-level margin fields "".
  test('default: a fresh account of Futures mode', async () => {
    const desk = openDesk()
    const account = row(await desk.get('account/balance', { ccy: 'USDT,BTC' }))
    expect(account).toMatchObject({
      totalEq: '100000',
      adjEq: '',
      upl: '',
      availEq: '',
      details: [
        {
          ccy: 'USDT',
          cashBal: '100000',
          eq: '100000',
          availEq: '100000',
          frozenBal: '0',
          upl: '0',
          mgnRatio: '',
        },
      ],
    })
    expect(row(await desk.get('account/balance', { ccy: 'BTC' })).details).toEqual([])
  })

  test('behavior: with a position and an order', async () => {
    const desk = await withLong()
    await place(desk, limit('59000'))
    await desk.setPrice('61000')
    expect(await balanceOf(desk)).toMatchObject({
      // Less the fee of 0.1 BTC at 60000.1, 0.05 %.
      cashBal: '99996.999995',
      upl: '99.99',
      eq: '100096.989995',
      // 6100 ÷ 3 and 590 ÷ 3.
      imr: '2230',
      ordFrozen: '196.6666666667',
      frozenBal: '2230',
      availEq: '97866.989995',
      mmr: '24.4',
    })
  })
})

describe('positions', () => {
  test('default: a long position', async () => {
    const desk = await withLong()
    await desk.setPrice('61000')
    const position = row(await desk.get('account/positions', { instType: 'SWAP' }))
    expect(position).toMatchObject({
      instId: BTC,
      mgnMode: 'cross',
      posSide: 'net',
      pos: '10',
      availPos: '',
      avgPx: '60000.1',
      markPx: '61000',
      lever: '3',
      upl: '99.99',
      // 99.99 × 3 ÷ 6000.01.
      uplRatio: '0.0499949166751389',
      imr: '2033.3333333333',
      margin: '',
      notionalUsd: '6100',
      fee: '-3.000005',
      pnl: '0',
      realizedPnl: '-3.000005',
      // Both fees of 0.05 % are earned there.
      bePx: '60060.1301150575',
      cTime: String(startTime),
    })
    expect(position.posId).toMatch(/^\d{19}$/)
  })

  test('behavior: a short position is negative; partly closed, it keeps its id', async () => {
    const desk = openDesk()
    await place(desk, order({ side: 'sell', sz: '3' }))
    const before = row(await desk.get('account/positions'))
    await desk.advance(1000)
    await place(desk, order({ sz: '1', reduceOnly: true }))
    const after = row(await desk.get('account/positions'))
    // 60000 × 0.9995 ÷ 1.0005.
    expect(before).toMatchObject({ pos: '-3', avgPx: '60000', bePx: '59940.0299850075' })
    expect(after).toMatchObject({ pos: '-2', pnl: '-0.001', posId: before.posId })
    expect(after.uTime).toBe(String(startTime + 1000))
  })

  // Section 9: positions by instId may return pos "0".
  test('behavior: closed, it has a row for thirty days where it is asked for by name', async () => {
    const desk = await withLong()
    await place(desk, order({ side: 'sell', sz: '10', reduceOnly: true }))
    expect(rows(await desk.get('account/positions', { instType: 'SWAP' }))).toEqual([])
    const named = { instId: `${BTC},ETH-USDT-SWAP` }
    expect(row(await desk.get('account/positions', named))).toMatchObject({
      instId: BTC,
      pos: '0',
      avgPx: '',
    })
    await desk.advance(30 * 86_400_000)
    expect(rows(await desk.get('account/positions', named))).toEqual([])
  })

  test('behavior: the newest is first; filters', async () => {
    const desk = await withLong()
    await desk.advance(1000)
    await place(desk, order({ instId: 'ETH-USDT-SWAP' }))
    const list = async (query: Record<string, string>): Promise<unknown[]> =>
      rows(await desk.get('account/positions', query)).map(({ instId }) => instId)
    expect(await list({})).toEqual(['ETH-USDT-SWAP', BTC])
    expect(await list({ instId: BTC })).toEqual([BTC])
    expect(await list({ instType: 'FUTURES' })).toEqual([])
    expect(await list({ instType: 'SWAPS' })).toEqual([])
    expect(await desk.unknownWords()).toEqual(['value instType'])
  })

  test('default: history of closed positions', async () => {
    const desk = openDesk()
    await place(desk, order({ sz: '2' }))
    await desk.setPrice('61000')
    // Closes the long one and opens a short one.
    await place(desk, order({ side: 'sell', sz: '3' }))
    const history = rows(await desk.get('account/positions-history', { instType: 'SWAP' }))
    expect(history).toMatchObject([
      {
        instId: BTC,
        direction: 'long',
        openMaxPos: '2',
        closeTotalPos: '2',
        openAvgPx: '60000.1',
        // Sold at 60999.9.
        pnl: '19.996',
        fee: '-1.21',
        realizedPnl: '18.786',
        type: '2',
      },
    ])
    expect(row(await desk.get('account/positions'))).toMatchObject({ pos: '-1', pnl: '0' })
    for (const query of [
      { instType: 'SPOT' },
      { mgnMode: 'isolated' },
      { type: '3' },
      { posId: '1' },
    ]) {
      expect(rows(await desk.get('account/positions-history', query))).toEqual([])
    }
  })

  test('behavior: a liquidation is told as one', async () => {
    const desk = openDesk()
    await desk.post('account/set-leverage', { instId: BTC, lever: '100', mgnMode: 'cross' })
    await place(desk, order({ sz: '10000' }))
    const resting = await place(desk, limit('50000', { sz: '0.01' }))
    await desk.setPrice('58000')
    expect(await lookUp(desk, resting)).toMatchObject({ state: 'canceled', cancelSource: '3' })
    const [closed] = rows(await desk.get('account/positions-history'))
    expect(closed).toMatchObject({ type: '3', closeTotalPos: '10000' })
    const [fill] = rows(await desk.get('trade/fills', { subType: '104' }))
    expect(fill).toMatchObject({ execType: '', tradeId: expect.stringMatching(/^-\d+$/) })
    const ended = rows(await desk.get('trade/orders-history', { instType: 'SWAP' }))
    expect(ended.map(({ category }) => category)).toContain('full_liquidation')
  })
})

describe('leverage', () => {
  const set = { instId: BTC, mgnMode: 'cross' }

  test('default: read, written and echoed as sent', async () => {
    const desk = openDesk()
    const read = async (mgnMode: string): Promise<unknown> =>
      row(await desk.get('account/leverage-info', { instId: BTC, mgnMode }))
    expect(await read('cross')).toEqual({
      ccy: '',
      instId: BTC,
      mgnMode: 'cross',
      posSide: 'net',
      lever: '3',
    })
    const answer = await desk.post('account/set-leverage', { ...set, lever: '5' })
    expect(row(answer)).toEqual({ instId: BTC, lever: '5', mgnMode: 'cross', posSide: '' })
    expect(await read('cross')).toMatchObject({ lever: '5' })
    expect(await read('isolated')).toMatchObject({ lever: '3' })
  })

  // Section 9: leverage blocked by pending orders and algos, even unchanged.
  test('behavior: the present value is taken again, unless something is pending', async () => {
    const desk = openDesk()
    const same = { ...set, lever: 3, posSide: 'net' }
    expect(said(await desk.post('account/set-leverage', same))).toBe('0')
    const algoId = await placeAlgo(desk, stop())
    expect(said(await desk.post('account/set-leverage', same))).toMatch(/^59669 /)
    await place(desk, limit('59000'))
    expect(said(await desk.post('account/set-leverage', same))).toMatch(/^59107 /)
    const other = { ...same, instId: 'ETH-USDT-SWAP' }
    expect(said(await desk.post('account/set-leverage', other))).toBe('0')
    expect(algoId).toMatch(/^\d{19}$/)
  })

  test.each([
    [{ lever: '101' }, /^59102 /],
    [{ lever: '0.5' }, "59105 Leverage can't be less than 1. Please increase the leverage."],
    [{ lever: 'much' }, '51000 Parameter lever  error'],
    [{ lever: undefined }, '50014 Parameter lever can not be empty.'],
    [{ posSide: 'long' }, '51000 Parameter posSide  error'],
    [{ mgnMode: 'cash' }, '51010 Request unsupported under current account mode.'],
    [{ mgnMode: 'CROSS' }, '51000 Parameter mgnMode  error'],
    [{ instId: 'BTC' }, /^51001 /],
  ])('error: %j', async (more, message) => {
    const desk = openDesk()
    const words = { ...set, lever: '5', ...more }
    expect(said(await desk.post('account/set-leverage', words))).toMatch(message)
  })

  test('error: less than the margin allows', async () => {
    const desk = openDesk()
    await desk.post('account/set-leverage', { ...set, lever: '50' })
    await place(desk, order({ sz: '5000' }))
    const answer = await desk.post('account/set-leverage', { ...set, lever: '5' })
    expect(said(answer)).toMatch(/^59103 /)
  })

  test('default: how much can be ordered', async () => {
    const desk = openDesk()
    const query = { instId: BTC, tdMode: 'cross' }
    const most = row(await desk.get('account/max-size', query))
    expect(most).toMatchObject({ instId: BTC, ccy: 'USDT', maxBuy: '499.25', maxSell: '499.25' })
    const taken = await desk.post('trade/order', limit('60000', { sz: '499.25' }))
    expect(said(taken)).toBe('0')
    expect(row(await desk.get('account/max-avail-size', query)).instId).toBe(BTC)
  })
})

describe('modes and fees', () => {
  test('default: config, net mode set again', async () => {
    const desk = openDesk()
    expect(row(await desk.get('account/config'))).toMatchObject({
      acctLv: '2',
      posMode: 'net_mode',
      perm: 'read_only,trade',
      acctStpMode: 'cancel_maker',
    })
    const answer = await desk.post('account/set-position-mode', { posMode: 'net_mode' })
    expect(row(answer)).toEqual({ posMode: 'net_mode' })
  })

  // Section 9: so is the position mode (59000).
  test('error: a mode with something open, the present one too', async () => {
    const desk = openDesk()
    const set = async (posMode: string): Promise<string> =>
      said(await desk.post('account/set-position-mode', { posMode }))
    expect(await set('hedge')).toBe('51000 Parameter posMode  error')
    await place(desk, limit('59000'))
    expect(await set('net_mode')).toMatch(/^59000 /)
    expect(await set('long_short_mode')).toMatch(/^59000 /)
    const level = await desk.post('account/set-account-level', { acctLv: '3' })
    expect(said(level)).toMatch(/^51070 /)
    expect(said(await desk.post('account/set-account-level', { acctLv: '2' }))).toBe('0')
  })

  // Section 9: fees negative = paid.
  test('default: fees are negative: they are paid', async () => {
    const desk = openDesk()
    expect(row(await desk.get('account/trade-fee', { instType: 'SWAP' }))).toMatchObject({
      level: 'Lv1',
      feeGroup: [{ groupId: '4', maker: '-0.0002', taker: '-0.0005' }],
      maker: '-0.0002',
      takerU: '-0.0005',
    })
  })

  test('default: bills of fills, counted back from the balance', async () => {
    const desk = await withLong()
    await place(desk, order({ side: 'sell', sz: '10', reduceOnly: true }))
    const [closing, opening] = rows(await desk.get('account/bills', { type: '2' }))
    const { cashBal } = await balanceOf(desk)
    expect(closing).toMatchObject({ bal: cashBal, pnl: '-0.01', balChg: '-3.01', subType: '2' })
    expect(opening).toMatchObject({ bal: '99996.999995', balChg: '-3.000005', sz: '10' })
    expect(rows(await desk.get('account/bills', { type: '8' }))).toEqual([])
  })
})
