import process from 'node:process'
import { createInterrupts } from './interrupts.ts'
import { machineClock, processEnvironment, processIo } from './io.ts'
import { openDesk } from './openDesk.ts'
import { EXIT } from './output/failure.ts'
import { runDesk } from './program.ts'

const io = processIo()
const interrupts = createInterrupts()

let isStopped = false

function stop(): void {
  if (isStopped) process.exit(EXIT.INTERRUPTED)
  const pressed = interrupts.press()
  isStopped ||= pressed.next === 'stop'
  if (pressed.next === 'wait') {
    io.stderr.write('\nAn order is on its way; waiting for its fate. Ctrl-C again leaves it.\n')
  }
  if (pressed.next === 'leave') {
    const { clientOrderId } = pressed
    const id = clientOrderId === undefined ? '' : ` Ask for it: client order id ${clientOrderId}.`
    io.stderr.write(`\nLeft while an order was on its way: its outcome is unknown.${id}\n`)
    process.exit(EXIT.UNKNOWN)
  }
}

process.on('SIGINT', stop)
process.on('SIGTERM', stop)

// A reader that has seen enough, as in `perpkit klines | head`, is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.DONE)
  throw error
})

const desk = openDesk({ io, interrupts, env: processEnvironment, clock: machineClock })
const exitCode = await runDesk(process.argv.slice(2), desk)
process.exitCode = isStopped && !interrupts.isExpected ? EXIT.INTERRUPTED : exitCode
