import { createHmac } from 'node:crypto'
import { createSimulator } from 'perpkit/simulator'
import type { Row } from './table.ts'

const ORDERS = 5_000

/** Signed market orders through a venue without sockets: parse, check, match, book, answer. */
export async function simulatorThroughput(): Promise<Row[]> {
  const simulator = createSimulator({
    seed: 1,
    venues: ['binance'],
    // Far more orders than the venue lets one account send are the point.
    rateLimits: false,
  })
  const { apiKey, apiSecret } = simulator.credentials('binance')
  const begun = performance.now()
  for (let i = 0; i < ORDERS; i++) {
    const side = i % 2 === 0 ? 'BUY' : 'SELL'
    const text = `symbol=BTCUSDT&side=${side}&type=MARKET&quantity=0.01&timestamp=${simulator.now()}`
    const signature = createHmac('sha256', apiSecret).update(text).digest('hex')
    const answer = await simulator.dispatch('binance', {
      method: 'POST',
      path: '/fapi/v1/order',
      query: '',
      headers: { 'x-mbx-apikey': apiKey, 'content-type': 'application/x-www-form-urlencoded' },
      body: `${text}&signature=${signature}`,
      remoteAddress: '127.0.0.1',
    })
    if (answer?.status !== 200) throw new Error(`order ${i}: ${answer?.body}`)
  }
  const seconds = (performance.now() - begun) / 1_000
  await simulator.close()
  return [
    {
      claim: 'simulator: signed market orders in process',
      unit: 'orders/s',
      target: '> 2 000',
      reached: ORDERS / seconds,
      rivals: {},
    },
  ]
}
