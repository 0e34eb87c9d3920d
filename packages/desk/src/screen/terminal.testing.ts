import { fileURLToPath } from 'node:url'
import { Terminal } from '@xterm/headless'
import { onTestFinished } from 'vitest'

// Drives the built command in a pseudo-terminal and reads what is on its screen.

export const BIN: string = fileURLToPath(new URL('../../bin/perpkit.js', import.meta.url))

const library = await import('@lydell/node-pty').catch(() => undefined)

/** The library's binary is there for this machine. */
export const hasTerminal: boolean = library !== undefined

export interface TerminalOptions {
  env?: Record<string, string>
  columns?: number
  rows?: number
  /** Default: the command itself. */
  program?: { file: string; args: string[] }
}

export interface TerminalRun {
  /** The lines on the screen, without spaces at their ends and without empty lines below. */
  screen(): string
  /** Everything that was ever written. */
  written(): string
  /** The colour of the character there, as xterm counts its palette. */
  colourAt(column: number, line: number): number | undefined
  isAlternate(): boolean
  isCursorShown(): boolean
  type(text: string): void
  resize(columns: number, rows: number): void
  /** Resolves with the screen once it shows that; rejects when the command ends before. */
  shows(what: string | RegExp | ((screen: string) => boolean)): Promise<string>
  /** The exit code, after all output was read. */
  readonly ended: Promise<number>
}

export const CTRL_C = '\u0003'

export function startTerminal(line: string, options: TerminalOptions = {}): TerminalRun {
  if (!library) throw new Error('there is no pseudo-terminal')
  const { columns = 100, rows = 30, program } = options
  const { PATH } = process.env
  const pty = library.spawn(
    program?.file ?? process.execPath,
    program?.args ?? [BIN, ...line.split(' ')],
    {
      name: 'xterm-256color',
      cols: columns,
      rows,
      env: { PATH, TERM: 'xterm-256color', LANG: 'C.UTF-8', ...options.env },
    },
  )
  const terminal = new Terminal({ cols: columns, rows, scrollback: 1_000, allowProposedApi: true })
  const looks = new Set<() => void>()
  const look = (): void => {
    for (const each of [...looks]) each()
  }
  let written = ''
  let isOver = false
  pty.onData((data) => {
    written += data
    terminal.write(data, look)
  })
  const ended = new Promise<number>((resolve) => {
    pty.onExit(({ exitCode }) => {
      // Parsed in order: what was written before is on the screen by then.
      terminal.write('', () => {
        isOver = true
        look()
        resolve(exitCode)
      })
    })
  })
  onTestFinished(async () => {
    if (!isOver) pty.kill('SIGKILL')
    await ended
    terminal.dispose()
  })
  const screen = (): string => textOf(terminal)
  return {
    screen,
    written: () => written,
    colourAt: (column, line) => colourAt(terminal, column, line),
    isAlternate: () => terminal.buffer.active.type === 'alternate',
    isCursorShown: () => written.lastIndexOf('\u001B[?25h') >= written.lastIndexOf('\u001B[?25l'),
    type: (text) => pty.write(text),
    resize(newColumns, newRows) {
      terminal.resize(newColumns, newRows)
      pty.resize(newColumns, newRows)
    },
    shows: (what) =>
      new Promise((resolve, reject) => {
        const isThere = (): boolean => {
          if (typeof what === 'function') return what(screen())
          return typeof what === 'string' ? screen().includes(what) : what.test(screen())
        }
        const check = (): void => {
          if (isThere()) resolve(screen())
          else if (isOver) reject(new Error(`ended without ${String(what)}:\n${screen()}`))
          else return
          looks.delete(check)
        }
        looks.add(check)
        check()
      }),
    ended,
  }
}

function textOf({ buffer: { active }, rows }: Terminal): string {
  const first = active.type === 'alternate' ? active.baseY : 0
  const count = active.type === 'alternate' ? rows : active.length
  const lines = Array.from(
    { length: count },
    (_, row) => active.getLine(first + row)?.translateToString(true) ?? '',
  )
  return lines.join('\n').trimEnd()
}

function colourAt({ buffer }: Terminal, column: number, line: number): number | undefined {
  const cell = buffer.active.getLine(line)?.getCell(column)
  return cell?.isFgPalette() ? cell.getFgColor() : undefined
}
