import type { Capabilities } from '../../client/definition.ts'
import { klineIntervals } from './tokens.ts'

export const capabilities: Capabilities = {
  triggerSources: ['MARK', 'LAST'],
  timeInForce: ['GTC', 'IOC', 'FOK', 'GTX'],
  klineIntervals,
  positionModes: ['ONE_WAY', 'HEDGE'],
  marginModes: ['CROSS', 'ISOLATED'],
  marginModeScope: 'symbol',
  amend: { plain: ['quantity', 'price'], conditional: [] },
  stopSizing: 'bridge',
  batch: { maxOrders: 5, oneSymbol: false },
  // 0.1 % to 20 %, any decimals (docs/wire/binance.md 4.6); a step has to be named nevertheless.
  trailing: {
    minCallbackRate: '0.001',
    maxCallbackRate: '0.2',
    callbackRateStep: '0.000001',
    triggerSources: ['MARK', 'LAST'],
    activationPrice: true,
  },
  cancelAllAfter: {
    scope: 'symbol',
    minMs: 1_000,
    maxMs: 86_400_000,
    stepMs: 1,
    includesConditional: false,
  },
  unsupported: {
    getKeyPermissions:
      'The futures host tells what the account may do, not what the key may; only the wallet host does (GET /sapi/v1/account/apiRestrictions).',
  },
  emulated: {},
  testnet: true,
  orderAnswer: 'state',
  clientOrderIdUnique: 'whileOpen',
  notes: [
    'The answer to a new order has its status and executed quantity, but no average price: read it with getOrder.',
    'Conditional orders are kept apart from plain ones: their ids begin with algo:, and a client order id may stand once in each.',
    'A conditional order reserves no margin; margin and position are checked when it triggers.',
    'Reduce-only conditional orders stay when the position is closed, until they are cancelled; one that closes the whole position expires with it.',
    'A conditional order that closes the whole position needs an open position when it is placed; there is one stop and one take-profit of the kind a side, and its quantity reads 0.',
    'A reduce-only order larger than the position is cut to it: its quantity comes back smaller. In hedge mode a closing order larger than the position is refused.',
    'The callback rate and activation price of a trailing stop come with the answer to it; looked up, they are missing until it has triggered.',
    'Leverage and margin mode are settings of a symbol; the margin mode cannot be changed while the symbol has orders or a position, and isolated margin is refused in multi-assets mode.',
    'The position mode is one setting of the whole account, its coin-margined contracts included, and cannot be changed while anything is open.',
    'Only limit orders can be amended. They lose their place in the queue; a quantity that is executed already, or a post-only price that would trade, cancels the order.',
    'Cancel-all-after is armed for each symbol by itself and takes plain orders alone: stops and take-profits stay.',
    'Orders without an execution that were cancelled or expired can be looked up for 3 days, all others for 90; fills for three months.',
    'Order history goes by the time an order was created.',
    "Good-till-date orders are reported as GTC, and retail-price-improvement orders as GTX; see the order's raw.",
    'Order books have at most 1000 levels a side, and getTrades reaches back 1000 trades.',
  ],
}
