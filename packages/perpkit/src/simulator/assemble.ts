import { type Control, createControl } from './control/control.ts'
import { respondToControl } from './control/respond.ts'
import { readOptions, type SimulatorOptions } from './options.ts'
import { dispatch } from './server/dispatch.ts'
import { type LocalSocket, openLocalSocket } from './server/localSocket.ts'
import type { SocketConnection, SocketWire } from './server/socketConnection.ts'
import type { Answer, RawRequest, Venue, VenueCredentials, VenueName } from './server/types.ts'
import { buildWorld, endWorld, type Simulation } from './world.ts'

/** Six exchanges' wire protocols in one process, without a network. */
export interface Simulator {
  /** The venues there are. */
  readonly venues: readonly VenueName[]
  /** Commands over prices, time, faults and accounts, and the truth about what happened. */
  readonly control: Control
  /** Key of the account every venue starts with, 100 000 of its settle asset in it. */
  credentials(venue: VenueName): VenueCredentials
  /**
   * Answers a request as it would be answered over a socket; `undefined`: the connection is cut.
   * `isConnected`, asked when the answer is ready: whether its sender still waits; default yes.
   */
  dispatch(
    venue: VenueName,
    request: RawRequest,
    isConnected?: () => boolean,
  ): Promise<Answer | undefined>
  /**
   * Opens a socket as it would be opened over the network; `path` with its query, `headers` with
   * names in lower case.
   */
  openSocket(
    venue: VenueName,
    path: string,
    headers?: Readonly<Record<string, string>>,
  ): LocalSocket
  /** The simulated time, milliseconds since the epoch. */
  now(): number
  /** Stops paths, cuts sockets and requests that are held back. */
  close(): Promise<void>
}

/** A simulator with what its servers need besides. */
export interface Assembly {
  simulator: Simulator
  /** Of the control server, before its offsets are added. */
  port: number
  now(): number
  respondToControl(request: RawRequest): Answer
  /** A socket for whatever carries it. */
  connect(
    venue: VenueName,
    request: RawRequest,
    wire: SocketWire,
  ): SocketConnection | Answer | undefined
}

/** A simulator of the venues given. Throws an `OptionError` for what cannot be. */
export function assembleSimulator(options: SimulatorOptions, registry: readonly Venue[]): Assembly {
  const setup = readOptions(options, registry)
  const simulation: Simulation = { setup, world: buildWorld(setup) }
  const names = setup.venues.map((venue) => venue.name)
  const simulator: Simulator = {
    venues: names,
    control: createControl(simulation),
    credentials: (venue) => ({ ...pick(simulation.world.credentials, venue) }),
    dispatch: async (venue, request, isConnected) =>
      dispatch(pick(simulation.world.hosts, venue), request, isConnected),
    openSocket: (venue, path, headers) =>
      openLocalSocket(pick(simulation.world.hosts, venue).sockets, path, headers),
    now: () => simulation.world.clock.now(),
    close: async () => endWorld(simulation.world),
  }
  return {
    simulator,
    port: setup.port,
    now: () => simulation.world.clock.now(),
    respondToControl: (request) => respondToControl(simulation, request),
    connect: (venue, request, wire) =>
      pick(simulation.world.hosts, venue).sockets.open(request, wire),
  }
}

/** What belongs to a venue, or an error that names those there are. */
export function pick<Value>(values: ReadonlyMap<VenueName, Value>, venue: VenueName): Value {
  const value = values.get(venue)
  if (value !== undefined) return value
  throw new Error(`venue '${venue}' is not running: there are ${[...values.keys()].join(', ')}`)
}
