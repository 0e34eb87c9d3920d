import type { Connection, ConnectionOptions } from '../connection.ts'
import type { Desk } from '../desk.ts'
import { holdsOn } from '../holds.ts'
import { shownTime } from '../output/times.ts'
import { checkAccount } from './account.ts'
import { type Finding, finding, ok } from './finding.ts'
import { createMeasuringTransport, type MeasuringTransport } from './measure.ts'
import { checkCertificate, checkName, judgeClock, judgeLatency } from './network.ts'

export interface Report {
  name: string
  findings: Finding[]
}

/** So many questions narrow the clock down to a fraction of a second. */
const PROBES = 5

/** All checks of one exchange or key. */
export async function examine(desk: Desk, target: ConnectionOptions): Promise<Report> {
  const transport = await createMeasuringTransport(desk.clock)
  let connection: Connection | undefined
  try {
    connection = await desk.connect({ ...target, transport, isRescue: true })
    const name = connection.key ?? connection.name
    const network = await examineNetwork(desk, connection, transport)
    const isReached = transport.samples.length > 0
    const account = isReached ? await checkAccount(connection, desk.clock.now()) : []
    return { name, findings: [...network, ...account, ...heldOf(desk, connection)] }
  } catch (error) {
    const { explain } = await import('../output/explain.ts')
    const { failure } = explain(error)
    const name = target.key ?? target.exchange ?? ''
    if (failure.code === 'NO_TESTNET') {
      return { name, findings: [finding('NOTE', 'testnet', failure.message, failure.remedy)] }
    }
    // Without a connection there is nothing to report on; the command itself has failed.
    if (!connection) throw error
    return { name, findings: [finding('BAD', 'connection', failure.message, failure.remedy)] }
  } finally {
    await connection?.close()
  }
}

async function examineNetwork(
  desk: Desk,
  { exchange }: Connection,
  transport: MeasuringTransport,
): Promise<Finding[]> {
  let answers = 0
  for (let probe = 0; probe < PROBES; probe++) {
    if (await exchange.testConnectivity()) answers += 1
    else if (transport.samples.length === 0) break
  }
  const [origin] = transport.origins
  const route = origin
    ? await Promise.all([checkName(origin), checkCertificate(origin, desk.clock)])
    : []
  const { samples } = transport
  const times = samples.length > 0 ? [judgeLatency(samples), judgeClock(samples)] : []
  const connectivity =
    answers > 0
      ? ok('answers', `${answers} of ${PROBES} probes`)
      : finding('BAD', 'answers', 'none of the probes', 'See the findings beside this one.')
  return [connectivity, ...route, ...times]
}

function heldOf({ env, clock }: Desk, { name, key }: Connection): Finding[] {
  const [hold] = holdsOn(env, name, key)
  if (!hold) return []
  const found = `orders that add risk are held since ${shownTime(hold.since, clock.now())}`
  return [finding('NOTE', 'kill switch', found, 'perpkit stop release lifts it.')]
}
