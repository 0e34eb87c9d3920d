import type { Output } from '../desk.ts'
import { fitText } from './fit.ts'
import { TerminalStream } from './terminalStream.ts'

export interface LiveScreen {
  /** Shows this in the place of what was there. */
  draw(text: string): void
  /** Gives the terminal back as it was, with the last picture below what stood there. */
  close(): void
}

// Another screen without a cursor; https://invisible-island.net/xterm/ctlseqs/ctlseqs.html
const ENTER = '\u001B[?1049h\u001B[?25l\u001B[2J\u001B[H'
const LEAVE = '\u001B[?25h\u001B[?1049l'
const CLEAR = '\u001B[2J\u001B[H'

/** Takes the terminal over until it is closed. Loads the library that draws only what has changed. */
export async function openLiveScreen(output: Output): Promise<LiveScreen> {
  const { createLogUpdate } = await import('log-update')
  // The cursor is ours: the library hides and shows that of the process.
  const update = createLogUpdate(new TerminalStream(output), { showCursor: true })
  let last = ''
  const fitted = (): string => fitText(last, output.columns ?? 80, (output.rows ?? 24) - 1)
  output.write(ENTER)
  // A terminal moves lines when its width changes: what is where is not known any more.
  const forget = output.onResize(() => {
    update.done()
    output.write(CLEAR)
    update(fitted())
  })
  return {
    draw(text) {
      last = text
      update(fitted())
    },
    close() {
      forget()
      update.done()
      output.write(LEAVE)
      if (last !== '')
        output.write(`${fitText(last, output.columns ?? 80, Number.MAX_SAFE_INTEGER)}\n`)
    },
  }
}
