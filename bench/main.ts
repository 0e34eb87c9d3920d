// npm run bench: each claim with its target, what was reached, the floor (the same work without a
// library) and rivals, in one run. Medians; machines are noisy, so read the ratios.

import { deskStart } from './deskStart.ts'
import { importTimes } from './importTime.ts'
import { journalCost } from './journalCost.ts'
import { orderRoundTrips } from './orderRoundTrip.ts'
import { sharedBudgets } from './sharedBudgets.ts'
import { simulatorThroughput } from './simulatorThroughput.ts'
import { printTable } from './table.ts'

printTable([
  ...(await importTimes()),
  ...deskStart(),
  ...(await orderRoundTrips()),
  ...(await simulatorThroughput()),
  ...(await sharedBudgets()),
  ...(await journalCost()),
])
