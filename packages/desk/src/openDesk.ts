import type { Desk } from './desk.ts'

/** The desk with its way to the exchanges, which is loaded when a command takes it. */
export function openDesk(parts: Omit<Desk, 'connect'>): Desk {
  return {
    ...parts,
    async connect(options) {
      const { connect } = await import('./connection.ts')
      return connect(parts, options)
    },
  }
}
