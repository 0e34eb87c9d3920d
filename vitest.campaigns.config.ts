import { defineConfig, mergeConfig } from 'vitest/config'
import base from './vitest.config.ts'

// Long seeded runs, each with a short slice in `npm test`.
export default mergeConfig(
  defineConfig({ ...base, test: { ...base.test, include: [], reporters: ['default'] } }),
  defineConfig({
    test: {
      include: ['test/campaigns/**/*.campaign.ts'],
      testTimeout: 3_600_000,
    },
  }),
)
