import { afterEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { assembleSimulator } from '../assemble.ts'
import { type RunningSimulator, serveSimulator } from '../serve.ts'
import { socketVenue } from '../tinySockets.fixture.ts'

const running: RunningSimulator[] = []

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()))
})

async function start(): Promise<{ simulator: RunningSimulator; origin: string }> {
  const assembly = assembleSimulator({ clock: 'manual', port: 0 }, [socketVenue()])
  const simulator = await serveSimulator(assembly)
  running.push(simulator)
  return { simulator, origin: simulator.url('binance').replace('http', 'ws') }
}

/** The next so many messages. */
function next(socket: WebSocket, count: number): Promise<string[]> {
  return new Promise((resolve) => {
    const texts: string[] = []
    socket.on('message', (data) => {
      texts.push(String(data))
      if (texts.length === count) resolve(texts)
    })
  })
}

const closed = (socket: WebSocket): Promise<number> =>
  new Promise((resolve) => socket.once('close', resolve))

test('default: a client of the network hears what one without it hears', async () => {
  const { simulator, origin } = await start()
  const socket = new WebSocket(`${origin}/live`)
  const texts = next(socket, 4)
  socket.once('open', () => socket.send('join tick'))
  await next(socket, 3)
  await simulator.control.advance({ ms: 1_000 })
  expect(await texts).toEqual(['hello', 'joined tick', '{"tick":"welcome"}', '{"tick":1000}'])
  socket.close()
  expect(await closed(socket)).toBe(1005)
})

test('behavior: pings of the protocol are answered, also by a stalled connection', async () => {
  const { simulator, origin } = await start()
  await simulator.control.inject({ kind: 'stall' })
  const socket = new WebSocket(`${origin}/live`)
  await new Promise((resolve) => socket.once('open', resolve))
  const pong = new Promise((resolve) => socket.once('pong', (data) => resolve(String(data))))
  socket.ping('there?')
  expect(await pong).toBe('there?')
})

test('error: an unknown path is answered with its status, a cut one with nothing', async () => {
  const { simulator, origin } = await start()
  const failure = (path: string): Promise<string> =>
    new Promise((resolve) => {
      new WebSocket(`${origin}${path}`).once('error', (error) => resolve(error.message))
    })
  expect(await failure('/dead')).toContain('404')
  await simulator.control.inject({ kind: 'disconnect', stage: 'handshake' })
  expect(await failure('/live')).toContain('socket hang up')
})

test('behavior: closing the simulator cuts them', async () => {
  const { simulator, origin } = await start()
  const socket = new WebSocket(`${origin}/live`)
  await next(socket, 1)
  const code = closed(socket)
  await simulator.close()
  expect(await code).toBe(1006)
})
