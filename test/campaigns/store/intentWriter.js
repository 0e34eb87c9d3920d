// A process that writes intents until it is killed, and says of each when it is about to write it and
// when it has been told that it is written. It runs what `npm run build` has made.
import { writeSync } from 'node:fs'
import { argv } from 'node:process'
import { openStore } from '@perpkit/store'

const [, , url = '', keyFile = '', run = ''] = argv
const store = await openStore({ url, keyFile })
const journal = store.journal('main')
const { epoch } = await journal.identity()
// Synchronous writes: what was said has arrived, however the process ends.
writeSync(1, `epoch ${epoch}\n`)
for (let number = 0; ; number += 1) {
  const clientOrderId = `run${run}n${number}`
  writeSync(1, `try ${clientOrderId}\n`)
  await journal.record({
    exchange: 'BYBIT',
    clientOrderId,
    action: 'createMarketOrder',
    symbol: 'BTCUSDT',
    timestamp: 1_800_000_000_000 + number,
  })
  writeSync(1, `written ${clientOrderId}\n`)
  if (number % 3 === 0) {
    await journal.settle(clientOrderId, 'done')
    writeSync(1, `settled ${clientOrderId}\n`)
  }
}
