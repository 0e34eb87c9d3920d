import { describe, expect, test } from 'vitest'
import { type Desk, openDesk, order, placed, rows } from './desk.fixture.ts'

// Margin behind a leverage preference: docs/wire/kraken.md 4.4.

const path = '/derivatives/api/v3/leveragepreferences'

async function prefer(
  desk: Desk,
  maxLeverage?: number,
): Promise<{ status: number; code?: number }> {
  const pairs: [string, string][] = [['symbol', 'PF_XBTUSD']]
  if (maxLeverage !== undefined) pairs.push(['maxLeverage', String(maxLeverage)])
  const body = new URLSearchParams(pairs).toString()
  const answer = await desk.send({ method: 'PUT', path, body })
  const { errors } = JSON.parse(answer.body)
  return { status: answer.status, ...(errors && { code: errors[0].code }) }
}

async function preferences(desk: Desk): Promise<unknown> {
  return (await desk.get('/leveragepreferences')).at('leveragePreferences').value
}

async function available(desk: Desk): Promise<number> {
  return (await desk.get('/accounts')).at('accounts').at('flex').at('availableMargin').number()
}

async function position(desk: Desk): Promise<Record<string, unknown> | undefined> {
  return rows((await desk.get('/openpositions')).at('openPositions'))[0]
}

describe('isolated margin', () => {
  test('default: a position of an isolated market has margin of its own', async () => {
    const desk = openDesk()
    await prefer(desk, 10)
    await placed(desk, { size: 1 })
    const free = await available(desk)
    expect(await position(desk)).toMatchObject({ maxFixedLeverage: 10, size: 1 })
    await desk.setPrice('62000')
    // Its profit stays with it.
    expect(await available(desk)).toBe(free)
    expect(await desk.unknownWords()).toEqual([])
  })

  test('behavior: it is liquidated for itself, the rest of the wallet stays', async () => {
    const desk = openDesk()
    await prefer(desk, 10)
    await placed(desk, { size: 1 })
    await desk.setPrice('54000')
    expect(await position(desk)).toBeUndefined()
    const [fill] = rows((await desk.get('/fills')).at('fills'))
    expect(fill).toMatchObject({ fillType: 'liquidation', side: 'sell', size: 1 })
    expect(await available(desk)).toBeGreaterThan(93_900)
  })

  test('behavior: the same fall leaves a cross position alone', async () => {
    const desk = openDesk()
    await placed(desk, { size: 1 })
    await desk.setPrice('54000')
    expect(await position(desk)).toMatchObject({ size: 1 })
  })

  test('behavior: a preference set under an open position makes it isolated, and none cross again', async () => {
    const desk = openDesk()
    await placed(desk, { size: 1 })
    const before = await available(desk)
    expect(await prefer(desk, 5)).toEqual({ status: 200 })
    const price = Number((await position(desk))?.price)
    expect(await position(desk)).toMatchObject({ maxFixedLeverage: 5 })
    // A fifth of the value instead of a hundredth, and a mark below the entry is its own loss.
    expect(before - (await available(desk))).toBeCloseTo(price / 5 - 600 + (60_000 - price), 4)
    expect(await prefer(desk)).toEqual({ status: 200 })
    expect(await available(desk)).toBeCloseTo(before, 6)
    expect(await position(desk)).not.toHaveProperty('maxFixedLeverage')
  })

  test('behavior: open orders and triggers go along and close the position', async () => {
    const desk = openDesk()
    await placed(desk, { size: 1 })
    await placed(desk, { orderType: 'lmt', side: 'sell', size: 0.4, limitPrice: 61000 })
    await placed(desk, {
      ...{ orderType: 'stp', side: 'sell', size: 1, stopPrice: 59000 },
      ...{ triggerSignal: 'mark', reduceOnly: true },
    })
    await prefer(desk, 5)
    await desk.setPrice('61500')
    expect(await position(desk)).toMatchObject({ size: 0.6, maxFixedLeverage: 5 })
    await desk.setPrice('58900')
    expect(await position(desk)).toBeUndefined()
  })

  test('behavior: a lower leverage puts more aside, a higher one gives nothing back', async () => {
    const desk = openDesk()
    await prefer(desk, 10)
    await placed(desk, { size: 1 })
    const first = await available(desk)
    await prefer(desk, 5)
    const second = await available(desk)
    expect(first - second).toBeCloseTo(6_000, 0)
    await prefer(desk, 50)
    expect(await available(desk)).toBe(second)
    expect(await preferences(desk)).toEqual([{ symbol: 'PF_XBTUSD', maxLeverage: 50 }])
  })
})

describe('refusals', () => {
  test('error: 41 when the margin of its own would not carry the loss', async () => {
    const desk = openDesk()
    await placed(desk, { size: 1 })
    await desk.setPrice('56000')
    expect(await prefer(desk, 20)).toEqual({ status: 500, code: 41 })
    expect(await preferences(desk)).toEqual([])
    expect(await prefer(desk, 10)).toEqual({ status: 200 })
  })

  test('error: 92 when the wallet has not got it, and the market stays as it is', async () => {
    const desk = openDesk()
    await placed(desk, { size: 3 })
    expect(await prefer(desk, 1)).toEqual({ status: 500, code: 92 })
    expect(await preferences(desk)).toEqual([])
    await prefer(desk, 10)
    expect(await prefer(desk, 1)).toEqual({ status: 500, code: 92 })
    expect(await preferences(desk)).toEqual([{ symbol: 'PF_XBTUSD', maxLeverage: 10 }])
  })

  test('error: an order that the free margin does not cover at the preference', async () => {
    const desk = openDesk()
    await prefer(desk, 2)
    const sent = await desk.post('/sendorder', order({ size: 4 }))
    expect(sent.at('sendStatus').at('status').string()).toBe('insufficientAvailableFunds')
  })
})
