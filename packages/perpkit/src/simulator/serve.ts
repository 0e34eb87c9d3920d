import { type Assembly, pick, type Simulator } from './assemble.ts'
import { type HttpServer, openHttpServer, type Respond, type Upgrade } from './server/httpServer.ts'
import { serveSockets } from './server/socketServer.ts'
import type { VenueName } from './server/types.ts'

/** A simulator that listens on 127.0.0.1, one port a venue and one for control. */
export interface RunningSimulator extends Simulator {
  /** `POST <controlUrl>/_control/<action>` is the same as `control.<action>`. */
  readonly controlUrl: string
  /** Origin of a venue: a client's base URL. */
  url(venue: VenueName): string
  /** Also closes all servers and their connections. */
  close(): Promise<void>
}

/** Opens the ports, or rejects with the name of the one that is taken and leaves none open. */
export async function serveSimulator(assembly: Assembly): Promise<RunningSimulator> {
  const { simulator, port, now } = assembly
  const opened: HttpServer[] = []
  const urls = new Map<VenueName, string>()
  const open = async (
    name: string,
    at: number,
    respond: Respond,
    upgrade?: Upgrade,
  ): Promise<string> => {
    const options = { port: at, name, respond, now, ...(upgrade && { upgrade }) }
    const server = await openHttpServer(options)
    opened.push(server)
    return `http://127.0.0.1:${server.port}`
  }
  const close = async (): Promise<void> => {
    await simulator.close()
    await Promise.all(opened.map((server) => server.close()))
  }
  try {
    const controlUrl = await open('control', port, async (request) =>
      assembly.respondToControl(request),
    )
    for (const venue of simulator.venues) {
      const respond: Respond = (request, isConnected) =>
        simulator.dispatch(venue, request, isConnected)
      const upgrade = serveSockets((request, wire) => assembly.connect(venue, request, wire))
      urls.set(venue, await open(venue, venuePort(port, venue), respond, upgrade))
    }
    return { ...simulator, controlUrl, url: (venue) => pick(urls, venue), close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Where a venue listens when control is on `port`; 0 leaves it to the machine. */
export function venuePort(port: number, venue: VenueName): number {
  return port === 0 ? 0 : port + PORT_OFFSETS[venue]
}

// Fixed, so that a venue keeps its port whichever others run.
const PORT_OFFSETS: Readonly<Record<VenueName, number>> = {
  binance: 1,
  bybit: 2,
  okx: 3,
  bitget: 4,
  htx: 5,
  kraken: 6,
}
