import { type Command, InvalidArgumentError } from 'commander'
import type { RunningSimulator } from 'perpkit/simulator'
import { addExamples, addPrintOptions } from '../command.ts'
import { DEMO_EXCHANGES, type Player, play } from '../demo/play.ts'
import { drawDemo } from '../demo/show.ts'
import type { Desk } from '../desk.ts'
import { DeskError, EXIT } from '../output/failure.ts'
import { type PrintOptions, printResult, tell } from '../output/print.ts'
import { paletteOf } from '../output/style.ts'
import { type LiveScreen, openLiveScreen } from '../screen/liveScreen.ts'
import { pause } from '../screen/pause.ts'

interface DemoOptions extends PrintOptions {
  pace?: number
}

/** Long before this it has ended, or something hangs. */
const LIMIT_MS = 90_000
const PACE_MS = 150
const FRAME_MS = 80

export function addDemo(parent: Command, desk: Desk): void {
  const command = parent
    .command('demo')
    .option('--pace <ms>', 'between two prices; default: 150 on a terminal, else 0', readPace)
    .action((options: DemoOptions) => runDemo(desk, options))
  addPrintOptions(command)
  addExamples(command, 'perpkit demo', 'perpkit demo --json')
}

async function runDemo(desk: Desk, options: DemoOptions): Promise<void> {
  const { startSimulator } = await import('perpkit/simulator')
  const simulator = await startSimulator({ port: 0, seed: 1 })
  const end = new AbortController()
  const cancelLimit = desk.clock.after(LIMIT_MS, () => end.abort())
  try {
    const signal = AbortSignal.any([desk.interrupts.signal, end.signal])
    const players = await perform(desk, options, simulator, signal)
    const left = players.filter(({ isFlat }) => !isFlat)
    const ledger = await simulator.control.ledger()
    const { duplicateOrders, orphanOrders, worstUncoveredMs } = await simulator.control.verdict()
    if (left.length + ledger.length + duplicateOrders + orphanOrders > 0) throw notFlat(left)
    tell(
      desk,
      `All flat. Duplicate orders 0, orders left over 0, longest time without a full stop ${worstUncoveredMs} ms.`,
    )
  } finally {
    cancelLimit()
    end.abort()
    await simulator.close()
  }
}

async function perform(
  desk: Desk,
  options: DemoOptions,
  simulator: RunningSimulator,
  signal: AbortSignal,
): Promise<Player[]> {
  const { stdout } = desk.io
  const isJson = options.json === true || options.fields !== undefined
  const isScreen = stdout.isTerminal && !isJson
  const players = await createPlayers(simulator)
  const prices: string[] = []
  const palette = paletteOf(stdout, desk.env)
  const draw = (): Promise<string> =>
    drawDemo(players, prices, { palette, columns: stdout.columns ?? 80 })
  const screen = isScreen ? await openLiveScreen(stdout) : undefined
  const stopDrawing = screen ? keepDrawing(desk, screen, draw, signal) : () => Promise.resolve()
  const paceMs = options.pace ?? (isScreen ? PACE_MS : 0)
  try {
    await play(players, {
      simulator,
      signal,
      moved: (price) => void prices.push(price),
      tell(text, player) {
        if (isScreen || isJson) return
        stdout.write(`${player ? player.name.padEnd(8) : '        '}  ${text}\n`)
      },
      async rest() {
        await pause(desk.clock, paceMs, signal)
        if (desk.interrupts.signal.aborted) throw stopped()
        if (signal.aborted) throw notFlat([])
      },
    })
  } finally {
    await stopDrawing()
    screen?.close()
    await Promise.all(players.map(({ exchange }) => exchange.close()))
  }
  if (isJson) await printResult(desk, options, players.map(resultOf), () => '')
  return players
}

async function createPlayers(simulator: RunningSimulator): Promise<Player[]> {
  const { createFuturesExchange } = await import('perpkit')
  return DEMO_EXCHANGES.map(({ name, venue }) => ({
    name,
    exchange: createFuturesExchange(name, {
      ...simulator.credentials(venue),
      baseUrl: simulator.url(venue),
    }),
    step: 'connecting',
    size: '0',
    targets: [],
    isFlat: false,
  }))
}

/** Draws again and again; the returned function draws a last time and ends it. */
function keepDrawing(
  { clock }: Desk,
  screen: LiveScreen,
  draw: () => Promise<string>,
  signal: AbortSignal,
): () => Promise<void> {
  const end = new AbortController()
  const either = AbortSignal.any([signal, end.signal])
  const loop = async (): Promise<void> => {
    while (!either.aborted) {
      screen.draw(await draw())
      await pause(clock, FRAME_MS, either)
    }
  }
  const drawing = loop()
  return async () => {
    end.abort()
    await drawing
    screen.draw(await draw())
  }
}

function resultOf({ name, entry, banked, isFlat, targets }: Player): Record<string, unknown> {
  return { exchange: name, entry, targets, banked, isFlat }
}

function stopped(): DeskError {
  return new DeskError(EXIT.INTERRUPTED, 'INTERRUPTED', 'the demo was stopped', 'Run it again.')
}

function notFlat(players: readonly Player[]): DeskError {
  const names = players.map(({ name }) => name).join(', ')
  return new DeskError(
    EXIT.REFUSED,
    'DEMO_FAILED',
    `not all of it ended as it should${names && `: ${names}`}`,
    'This is a fault of perpkit; report it.',
  )
}

function readPace(text: string): number {
  const pace = Number(text)
  if (Number.isFinite(pace) && pace >= 0 && pace <= 1_000) return pace
  throw new InvalidArgumentError('It is a number of milliseconds up to 1000.')
}
