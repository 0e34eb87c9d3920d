export { getAccountInfo, getLeverage, getPositions, setLeverage } from './account.ts'
export { cancelAllOrders, cancelOrder, getOpenOrders, getOrder } from './books.ts'
export { createOrder } from './orders.ts'
export { createConditionalOrder } from './triggers.ts'
