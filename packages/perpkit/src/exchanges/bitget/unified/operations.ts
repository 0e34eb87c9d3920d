import type { PrivateOperations } from '../privateOperations.ts'
import { getAccountInfo, getFeeRates, getLeverage, getPositions, setLeverage } from './account.ts'
import { amendOrder } from './amend.ts'
import { createOrders } from './batch.ts'
import { cancelAllOrders, cancelOrder, getOpenOrders, getOrder } from './books.ts'
import { getFills, getOrderHistory } from './history.ts'
import { getKeyPermissions } from './keyPermissions.ts'
import {
  getMarginMode,
  getPositionMode,
  inMode,
  type Memory,
  setMarginMode,
  setPositionMode,
} from './modes.ts'
import { createOrder } from './orders.ts'
import { createConditionalOrder, createTrailingOrder } from './triggers.ts'

/** The operations of a unified account, with a memory of its modes. */
export function createUnifiedOperations(): PrivateOperations {
  const memory: Memory = { positionMode: undefined, marginModes: new Map() }
  return {
    getAccountInfo,
    getKeyPermissions,
    getPositions,
    getLeverage,
    setLeverage,
    getMarginMode: (call, params) => getMarginMode(call, params, memory),
    setMarginMode: (call, params) => setMarginMode(call, params, memory),
    getPositionMode: (call) => getPositionMode(call, memory),
    setPositionMode: (call, params) => setPositionMode(call, params, memory),
    getFeeRates,
    createOrder,
    createConditionalOrder,
    createTrailingOrder,
    createOrders,
    async amendOrder(call, intent) {
      const order = await amendOrder(call, intent)
      const [read] = await inMode(call, [order], memory)
      return read ?? order
    },
    async getOrder(call, key) {
      const order = await getOrder(call, key)
      const [read] = await inMode(call, [order], memory)
      return read ?? order
    },
    async getOpenOrders(call, params) {
      return inMode(call, await getOpenOrders(call, params), memory)
    },
    async getOrderHistory(call, query) {
      return inMode(call, await getOrderHistory(call, query), memory)
    },
    getFills,
    cancelOrder,
    cancelAllOrders,
  }
}
