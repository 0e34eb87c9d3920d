import type { Instrument } from 'perpkit'
import { describe, expect, it } from 'vitest'
import { nextFloat, type Random, seeded } from '../../packages/perpkit/src/core/random.ts'
import { EXCHANGES, setStage } from '../support/stage.ts'
import { isEqual, nearestSteps, rational, times, wholeSteps } from './rational.ts'

// Quantities and prices of every exchange against exact rational arithmetic.

const COUNT = 100_000
const SEED = 20_261_122

for (const played of EXCHANGES) {
  describe(played.name, () => {
    it(`args: ${COUNT} random quantities and prices`, async () => {
      const { exchange } = await setStage(played, 'in process')
      const instruments = await exchange.getInstruments()
      const random = seeded(SEED)
      let mismatches = 0
      let first = ''
      for (let index = 0; index < COUNT; index++) {
        const instrument = pick(instruments, random)
        const quantity = decimalText(random, 8)
        const rounded = await exchange.roundQuantity(quantity, instrument.symbol)
        const price = decimalText(random, 8)
        const nearest = await exchange.roundPrice(price, instrument.symbol)
        if (isFloor(quantity, rounded, instrument) && isNearest(price, nearest, instrument))
          continue
        mismatches += 1
        first ||= `${instrument.symbol}: ${quantity} -> ${rounded}, ${price} -> ${nearest}`
      }
      expect(mismatches, `seed ${SEED}: ${first}`).toBe(0)
    }, 60_000)

    it('args: what reaches the book is the quantity on the step', async () => {
      const { exchange, truth } = await setStage(played, 'in process')
      const { asset = 'USDT' } = played
      const instruments = (await exchange.getInstruments()).filter(
        ({ isTrading, settleAsset }) => isTrading && settleAsset === asset,
      )
      const random = seeded(SEED)
      for (let index = 0; index < 150; index++) {
        const instrument = pick(instruments, random)
        const { symbol, stepSize, tickSize } = instrument
        const { price: last } = await exchange.getTicker(symbol)
        const price = await exchange.roundPrice(
          Number(last) * (0.96 + 0.03 * nextFloat(random)),
          symbol,
        )
        const least = Math.max(
          Number(instrument.minQuantity),
          Number(instrument.minNotional) / Number(price),
        )
        const more = Number(stepSize) * (1 + 3 * nextFloat(random))
        const wanted = (least + more).toFixed(12)
        const order = await exchange.createLimitOrder(symbol, 'BUY', wanted, price, {
          awaitFill: false,
        })
        const row = (await truth()).orders.at(-1)
        const context = `seed ${SEED}: ${symbol} ${wanted} at ${price}, step ${stepSize}, tick ${tickSize}`
        const steps = wholeSteps(rational(wanted), rational(stepSize))
        const expected = times(rational(stepSize), steps)
        expect(isEqual(rational(row?.quantity ?? '0'), expected), context).toBe(true)
        expect(isEqual(rational(row?.price ?? '0'), rational(price)), context).toBe(true)
        await exchange.cancelOrder(symbol, order.orderId)
      }
    })
  })
}

function isFloor(value: string, rounded: string, { stepSize }: Instrument): boolean {
  const [exact, step, result] = [rational(value), rational(stepSize), rational(rounded)]
  const isUp = result.numerator * exact.denominator > exact.numerator * result.denominator
  return !isUp && isEqual(result, times(step, wholeSteps(exact, step)))
}

function isNearest(value: string, rounded: string, { tickSize }: Instrument): boolean {
  const tick = rational(tickSize)
  return isEqual(rational(rounded), times(tick, nearestSteps(rational(value), tick)))
}

/** Above zero, from a hundred-millionth to a hundred million, with up to `places` decimals. */
function decimalText(random: Random, places: number): string {
  const digits = 1 + Math.floor(nextFloat(random) * 8)
  const whole = Math.floor(nextFloat(random) * 10 ** digits)
  const fraction = 1 + Math.floor(nextFloat(random) * (10 ** places - 1))
  const cut = 1 + Math.floor(nextFloat(random) * places)
  const text = String(fraction).padStart(places, '0').slice(0, cut)
  return whole === 0 && Number(text) === 0 ? `0.${'0'.repeat(places - 1)}1` : `${whole}.${text}`
}

function pick<T>(rows: readonly T[], random: Random): T {
  const row = rows[Math.floor(nextFloat(random) * rows.length)]
  if (row === undefined) throw new RangeError('nothing to choose from')
  return row
}
