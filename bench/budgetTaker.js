// One process of a fleet that shares a budget: takes from it as fast as it may, and says when.
// argv: url, prefix, processes, limit, windowMs, startAt and endAt (milliseconds since the epoch).

import { setTimeout as pause } from 'node:timers/promises'
import { createRedisBudgetStore } from 'perpkit'

const [url, prefix, ...numbers] = process.argv.slice(2)
const [processes, limit, windowMs, startAt, endAt] = numbers.map(Number)

const store = await createRedisBudgetStore({ url, prefix, processes })
const shares = [{ key: 'shared', limit, windowMs, amount: 1 }]
/** The monotonic clock, which all processes of a machine share. */
const taken = []
let asked = 0
let late = 0

await pause(Math.max(0, startAt - Date.now()))
while (Date.now() < endAt) {
  const { waitMs } = await store.take(shares, 'ordinary')
  asked += 1
  if (waitMs > 0) {
    late += 1
    await pause(waitMs)
  } else taken.push(Number(process.hrtime.bigint() / 1_000n) / 1_000)
}
await store.disconnect()
process.stdout.write(JSON.stringify({ taken, asked, late }))
