import type { StreamStatus } from 'perpkit'
import { type CommonOptions, withConnection } from '../command.ts'
import type { Connection } from '../connection.ts'
import type { Desk } from '../desk.ts'
import { printLine } from '../output/print.ts'
import { type Palette, paletteOf } from '../output/style.ts'
import { isoTime } from '../output/times.ts'
import { type LiveScreen, openLiveScreen } from '../screen/liveScreen.ts'
import { pause } from '../screen/pause.ts'
import type { Change, OpenView, View } from './view.ts'

export interface WatchOptions extends CommonOptions {
  /** Ends after so many changes. */
  count?: number
}

/** A picture is drawn this often at most, and at least every second: ages go on without changes. */
const FRAME_MS = 100
const IDLE_MS = 1_000

/**
 * Follows a view until Ctrl-C, or until `--count` changes have come: as a live screen on a terminal,
 * as lines of text without one, as lines of JSON with `--json`.
 */
export async function watch(desk: Desk, options: WatchOptions, open: OpenView): Promise<void> {
  const { stdout } = desk.io
  const isJson = options.json === true || options.fields !== undefined
  const isScreen = stdout.isTerminal && !isJson
  await withConnection(desk, options, async (connection) => {
    const end = new AbortController()
    const signal = AbortSignal.any([desk.interrupts.signal, end.signal])
    const failures: unknown[] = []
    let count = 0
    let isChanged = true
    let wake = (): void => {}
    const nextChange = (): Promise<void> =>
      new Promise((resolve) => {
        wake = resolve
      })
    const changed = (change?: Change): void => {
      if (signal.aborted) return
      isChanged = true
      wake()
      if (!change) return
      count++
      if (!isScreen) print(desk, options, isJson, change)
      if (count === options.count) end.abort()
    }
    const failed = (error: unknown): void => {
      failures.push(error)
      end.abort()
    }
    const screen = isScreen ? await openLiveScreen(stdout) : undefined
    try {
      const view = open({
        exchange: connection.exchange,
        clock: desk.clock,
        signal,
        changed,
        failed,
      })
      while (!signal.aborted) {
        isChanged = false
        if (screen) await draw(desk, connection, view, screen)
        await pause(desk.clock, FRAME_MS, signal)
        if (!isChanged) await Promise.race([pause(desk.clock, IDLE_MS, signal), nextChange()])
      }
      if (screen && failures.length === 0) await draw(desk, connection, view, screen, 'ended')
    } finally {
      screen?.close()
    }
    if (failures.length > 0) throw failures[0]
  })
}

function print(desk: Desk, options: WatchOptions, isJson: boolean, { row, text }: Change): void {
  if (isJson) printLine(desk, options, row)
  else desk.io.stdout.write(`${text}\n`)
}

async function draw(
  desk: Desk,
  connection: Connection,
  view: View,
  screen: LiveScreen,
  end?: 'ended',
): Promise<void> {
  const { stdout } = desk.io
  const palette = paletteOf(stdout, desk.env)
  const now = desk.clock.now()
  const { columns = 80, rows = 24 } = stdout
  const status = end ?? statusText(view.statuses(), palette)
  const head = headline(connection, view.title, status, palette, now)
  screen.draw(`${head}\n\n${await view.draw({ palette, now, columns, rows: rows - 3 })}`)
}

function headline(
  { name, place, key }: Connection,
  title: string,
  status: string,
  palette: Palette,
  now: number,
): string {
  const { bold, alarm, dim } = palette
  const where = place === 'LIVE' ? alarm(' REAL MONEY ') : PLACES[place]
  const who = key === undefined ? name : `${name} ${key}`
  const parts = [bold(`${who} ${title}`), where, status, `${isoTime(now).slice(11, 19)} UTC`]
  return [...parts, ...(status === 'ended' ? [] : [dim('Ctrl-C ends')])].join(' · ')
}

const PLACES = { LOCAL: 'simulator', TESTNET: 'testnet' } as const

/** The worst of them: what is shown is as good as that. */
function statusText(statuses: readonly StreamStatus[], { green, yellow, red }: Palette): string {
  const order = ['CLOSED', 'RESYNCING', 'CONNECTING'] as const
  const worst = order.find((status) => statuses.includes(status))
  if (worst === undefined) return green('● live')
  return worst === 'CONNECTING' ? yellow('○ connecting') : red(`○ ${WORDS[worst]}`)
}

const WORDS = { CLOSED: 'closed', RESYNCING: 'catching up: this may be old' } as const
