import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT, TEST_FILE } from './source.ts'

// The compiler's half of the wall: each hand builds with the other one gone.

const CLIENT = ['index.ts', 'doors', 'client', 'exchanges', 'model', 'transport']
const SIMULATOR = ['simulator']

test('default: the client compiles with the simulator deleted', async () => {
  expect(await compileWithout(SIMULATOR, 'tsconfig.client.json')).toBe('')
})

test('default: the simulator compiles with the client deleted', async () => {
  expect(await compileWithout(CLIENT, 'tsconfig.simulator.json')).toBe('')
})

test('error: the client does not compile with a part of it deleted', async () => {
  expect(await compileWithout(['model'], 'tsconfig.client.json')).toContain('error TS2307')
})

/** What the compiler says of a copy of the package without some of its source; `''` is success. */
async function compileWithout(deleted: readonly string[], project: string): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'perpkit-deletion-'))
  try {
    const from = join(ROOT, 'packages/perpkit')
    const to = join(copy, 'packages/perpkit')
    await cp(join(ROOT, 'tsconfig.base.json'), join(copy, 'tsconfig.base.json'))
    await cp(from, to, {
      recursive: true,
      filter: (path) => !/[\\/](node_modules|dist)$/.test(path) && !TEST_FILE.test(path),
    })
    await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
    await symlink(join(from, 'node_modules'), join(to, 'node_modules')).catch(() => undefined)
    for (const path of deleted) await rm(join(to, 'src', path), { recursive: true })
    return await compile(join(to, project))
  } finally {
    await rm(copy, { recursive: true })
  }
}

function compile(project: string): Promise<string> {
  const compiler = join(ROOT, 'node_modules/.bin/tsc')
  return new Promise((resolve) => {
    execFile(compiler, ['-b', project], (error, stdout, stderr) =>
      resolve(error ? stdout + stderr || error.message : ''),
    )
  })
}
