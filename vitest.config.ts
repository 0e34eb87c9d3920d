import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const source = (path: string): string =>
  fileURLToPath(new URL(`./packages/perpkit/src/${path}`, import.meta.url))

// Tests import the package by its public names; the alias only saves a build before each run.
export default defineConfig({
  resolve: {
    alias: [
      {
        find: /^@perpkit\/store$/,
        replacement: fileURLToPath(new URL('./packages/store/src/index.ts', import.meta.url)),
      },
      { find: /^perpkit$/, replacement: source('index.ts') },
      { find: /^perpkit\/simulator$/, replacement: source('simulator/index.ts') },
      {
        find: /^perpkit\/(binance|bybit|okx|bitget|htx|kraken)$/,
        replacement: source('doors/$1.ts'),
      },
    ],
  },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'test/**/*.test.ts'],
    retry: 0,
    // Much of the time is spent waiting for sockets and child processes.
    maxWorkers: 2,
    // Starting a process for each file took longer than the tests; none of them leaves anything behind.
    isolate: false,
    reporters: ['default', './test/conformance/tableReporter.ts'],
    testTimeout: 20_000,
  },
})
