// Tests the tests: misspells every wire word of an exchange's client folder or venue folder, one
// letter at a time, and runs that exchange's suites. What nobody noticed is printed.
//
//   npx tsc -p scripts && node scripts/dist/mutateWire.js bybit client --file orders.ts
//
// It works in copies of the repository: the sources here are never touched.

import { type ChildProcess, spawn } from 'node:child_process'
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { misspell, type WireWord, wireWords } from './wireLiterals.ts'

const USAGE = `usage: node scripts/dist/mutateWire.js <exchange> <client|venue>
  [--file NAME]   only this file, may be repeated
  [--literals]    string literals only, without bare object keys
  [--line N]      only the words of this line
  [--jobs N]      copies at work side by side, default 2
`

const TIMEOUT_MS = 180_000
const running = new Set<ChildProcess>()

const root = fileURLToPath(new URL('../..', import.meta.url))

interface Mutant {
  file: string
  word: WireWord
}

type End = 'noticed' | 'survived' | 'timed out'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    file: { type: 'string', multiple: true },
    literals: { type: 'boolean', default: false },
    line: { type: 'string' },
    tests: { type: 'string', multiple: true },
    jobs: { type: 'string', default: '2' },
  },
})
const [exchange = '', hand = ''] = positionals
const suites = suitesOf(exchange, hand)
if (suites === undefined) {
  process.stderr.write(USAGE)
  process.exitCode = 2
} else {
  process.exitCode = await run({ ...suites, tests: values.tests ?? suites.tests })
}

interface Suites {
  folder: string
  tests: string[]
}

function suitesOf(name: string, side: string): Suites | undefined {
  if (!/^[a-z]+$/.test(name)) return undefined
  if (side === 'client') {
    const folder = `packages/perpkit/src/exchanges/${name}`
    return { folder, tests: [folder, 'test/wire/wire.test.ts'] }
  }
  if (side !== 'venue') return undefined
  const folder = `packages/perpkit/src/simulator/venues/${name}`
  return { folder, tests: [folder, 'test/wire/answers.test.ts'] }
}

async function run({ folder, tests }: Suites): Promise<number> {
  const first = copyOf(root)
  const copies = [first]
  const clear = (): void => {
    for (const copy of copies) rmSync(copy, { recursive: true, force: true })
  }
  // Ended from outside, it takes its own copies along: others' runs have theirs beside them.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      killRunning()
      clear()
      process.exit(1)
    })
  }
  try {
    if ((await test(first, tests)) !== 'survived') {
      process.stderr.write(`the suites fail without any change: ${tests.join(' ')}\n`)
      return 1
    }
    while (copies.length < Number(values.jobs)) copies.push(copyOf(first))
    const mutants = collect(first, folder)
    const survivors = await tryAll(mutants, copies, tests)
    for (const survivor of survivors) process.stdout.write(`survived ${describe(survivor)}\n`)
    process.stdout.write(`${mutants.length} mutants, ${survivors.length} survived\n`)
    return 0
  } finally {
    clear()
  }
}

/** Every mutant in one of the copies; returns those nobody noticed. */
async function tryAll(
  mutants: readonly Mutant[],
  copies: readonly string[],
  tests: string[],
): Promise<Mutant[]> {
  const survivors: Mutant[] = []
  const queue = [...mutants]
  let done = 0
  await Promise.all(
    copies.map(async (copy) => {
      for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
        const end = await tryMutant(copy, mutant, tests)
        if (end === 'survived') survivors.push(mutant)
        done++
        process.stderr.write(`${done}/${mutants.length} ${end}: ${describe(mutant)}\n`)
      }
    }),
  )
  return survivors
}

function collect(copy: string, folder: string): Mutant[] {
  const names = readdirSync(join(copy, folder)).filter(
    (name) => name.endsWith('.ts') && !/\.(test|testing|fixture)\.ts$/.test(name),
  )
  const wanted = values.file ? names.filter((name) => values.file?.includes(name)) : names
  return wanted.flatMap((name) => {
    const file = join(folder, name)
    return wireWords(readFileSync(join(copy, file), 'utf8'))
      .filter(({ kind }) => kind === 'literal' || !values.literals)
      .filter(({ line }) => values.line === undefined || line === Number(values.line))
      .map((word) => ({ file, word }))
  })
}

async function tryMutant(copy: string, { file, word }: Mutant, tests: string[]): Promise<End> {
  const path = join(copy, file)
  const source = readFileSync(path, 'utf8')
  const end = word.start + word.text.length
  writeFileSync(path, source.slice(0, word.start) + misspell(word.text) + source.slice(end))
  try {
    return await test(copy, tests)
  } finally {
    writeFileSync(path, source)
  }
}

/** Runs the suites in a copy; `survived` means that all passed. */
function test(copy: string, tests: readonly string[]): Promise<End> {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const options = ['run', '--bail', '1', '--reporter', 'dot', ...tests]
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [vitest, ...options], {
      cwd: copy,
      stdio: 'ignore',
      // A group of its own, so that its workers end with it.
      detached: true,
    })
    running.add(child)
    const timer = setTimeout(() => {
      kill(child)
      resolve('timed out')
    }, TIMEOUT_MS)
    child.on('error', reject)
    child.on('exit', (code) => {
      clearTimeout(timer)
      running.delete(child)
      resolve(code === 0 ? 'survived' : 'noticed')
    })
  })
}

function killRunning(): void {
  for (const child of running) kill(child)
}

/** Ends a run of tests with its workers. */
function kill({ pid }: ChildProcess): void {
  if (pid !== undefined) process.kill(-pid, 'SIGKILL')
}

/** A copy of a repository, or of a copy, that shares the installed packages. */
function copyOf(source: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'perpkit-mutants-'))
  const left = new Set(['node_modules', 'dist', '.git', 'coverage'])
  cpSync(source, copy, {
    recursive: true,
    filter: (path) =>
      !relative(source, path)
        .split(sep)
        .some((part) => left.has(part)),
  })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  return copy
}

function describe({ file, word }: Mutant): string {
  return `${file}:${word.line} ${word.kind} '${word.text}' as '${misspell(word.text)}'`
}
