import type { Desk } from '../desk.ts'
import { TerminalStream } from './terminalStream.ts'

export interface Progress {
  /** How much is done in all. */
  update(done: number): void
  /** Leaves the bar as it is and goes to the next line. */
  stop(): void
}

/** A bar on stderr, where that is a terminal; else nothing. Loads the library. */
export async function startProgress({ io }: Desk, total: number, of: string): Promise<Progress> {
  if (!io.stderr.isTerminal || total <= 0) return { update: () => {}, stop: () => {} }
  const { SingleBar } = await import('cli-progress')
  const bar = new SingleBar({
    stream: new TerminalStream(io.stderr),
    format: `{bar} {percentage}% {value}/{total} ${of} · {eta_formatted} left`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: Math.max(10, Math.min(40, (io.stderr.columns ?? 80) - 50)),
  })
  bar.start(total, 0)
  return {
    update: (done) => bar.update(Math.min(done, total)),
    stop: () => bar.stop(),
  }
}
