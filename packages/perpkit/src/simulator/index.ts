export type { Simulator } from './assemble.ts'
export type {
  LiquidateResult,
  MarketStatus,
  RunPathResult,
  VenuesResult,
} from './control/actions.ts'
export { ControlError } from './control/body.ts'
export type { Control } from './control/control.ts'
export type {
  BalanceRow,
  FillRow,
  OrderRow,
  PositionRow,
  StateOrderStatus,
  StateOrderType,
  VenueState,
} from './control/state.ts'
export type { CoverRow, UncoveredRow, Verdict, VerdictFigures } from './control/verdict.ts'
export { createSimulator } from './createSimulator.ts'
export { type Candle, loadCandles } from './market/replay.ts'
export { OptionError, type SimulatorOptions } from './options.ts'
export type { RunningSimulator } from './serve.ts'
export type {
  Fault,
  FaultEffect,
  FaultKind,
  FaultSelector,
  FaultStage,
  SocketEffect,
  SocketStage,
} from './server/faults.ts'
export type { LedgerEntry } from './server/ledger.ts'
export type { LocalSocket } from './server/localSocket.ts'
export type { RequestRow } from './server/requestLog.ts'
export type {
  Answer,
  KeyPermissions,
  Operation,
  RawRequest,
  RejectReason,
  VenueCredentials,
  VenueName,
} from './server/types.ts'
export { startSimulator } from './startSimulator.ts'
