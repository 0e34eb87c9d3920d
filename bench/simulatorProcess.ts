import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface SimulatorProcess {
  url: string
  apiKey: string
  apiSecret: string
  stop(): Promise<void>
}

const command = fileURLToPath(new URL('../../packages/perpkit/bin/perpkit-sim.js', import.meta.url))

/** The simulator's Binance in a process of its own, so that it shares no event loop with a client. */
export async function startBinance(): Promise<SimulatorProcess> {
  const flags = ['--port', '0', '--venues', 'binance', '--no-rate-limits']
  const child = spawn(process.execPath, [command, ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const { venues } = JSON.parse(await firstLine(child)) as {
    venues: { binance: Omit<SimulatorProcess, 'stop'> }
  }
  return {
    ...venues.binance,
    stop: async () => {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('no output to read')
  for await (const line of createInterface({ input: child.stdout })) return line
  throw new Error('the simulator said nothing')
}
