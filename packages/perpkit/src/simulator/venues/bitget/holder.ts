import type { Engine } from '../../engine/types.ts'

/** An account, and the engine that keeps it. */
export interface Holder {
  accountId: string
  engine: Engine
}
