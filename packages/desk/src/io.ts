import process from 'node:process'
import type { Clock } from 'perpkit'
import type { Environment, Io, Output } from './desk.ts'

// The only file that knows the process, besides main.ts.

export function processIo(): Io {
  return {
    stdout: outputOf(process.stdout),
    stderr: outputOf(process.stderr),
    canAsk: process.stdin.isTTY === true && process.stderr.isTTY === true,
    readInput,
    async ask(message) {
      const { isCancel, text } = await import('@clack/prompts')
      const answer = await text({ message, output: process.stderr })
      return isCancel(answer) ? undefined : (answer ?? '')
    },
    async askSecret(message) {
      const { isCancel, password } = await import('@clack/prompts')
      const answer = await password({ message, mask: '', output: process.stderr })
      return isCancel(answer) ? undefined : (answer ?? '')
    },
  }
}

export const processEnvironment: Environment = process.env

export const machineClock: Clock = {
  now: () => Date.now(),
  after(ms, task) {
    const timer = setTimeout(task, ms)
    return () => clearTimeout(timer)
  },
}

function outputOf(stream: NodeJS.WriteStream): Output {
  return {
    write: (text) => void stream.write(text),
    get isTerminal() {
      return stream.isTTY === true
    },
    get columns() {
      return stream.isTTY ? stream.columns : undefined
    },
    get rows() {
      return stream.isTTY ? stream.rows : undefined
    },
    onResize(listener) {
      stream.on('resize', listener)
      return () => void stream.off('resize', listener)
    },
  }
}

async function readInput(): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of process.stdin) parts.push(Buffer.from(part))
  return Buffer.concat(parts).toString('utf8')
}
