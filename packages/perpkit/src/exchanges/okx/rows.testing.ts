import { refused } from './script.testing.ts'

// For the tests of this folder: rows of docs/wire/okx.md 4.3 and 4.4, and the requests that bring them.

export const plain = {
  instId: 'BTC-USDT-SWAP',
  ordId: '2497956918703120384',
  clOrdId: 'lab1',
  px: '85000.5',
  sz: '0.12',
  ordType: 'limit',
  side: 'buy',
  state: 'live',
  accFillSz: '0',
  avgPx: '',
  reduceOnly: 'false',
  cancelSource: '',
  algoId: '',
  cTime: '1795334400001',
  uTime: '1795334400002',
}
export const stop = {
  instId: 'BTC-USDT-SWAP',
  algoId: '361',
  algoClOrdId: 'sl1',
  ordId: '',
  ordIdList: [],
  ordType: 'conditional',
  state: 'live',
  side: 'sell',
  sz: '0.12',
  closeFraction: '',
  reduceOnly: 'true',
  slTriggerPx: '83000',
  slOrdPx: '-1',
  tpTriggerPx: '',
  triggerTime: '',
  cTime: '1795334400003',
  uTime: '1795334400004',
}
export const fired = {
  ...stop,
  state: 'effective',
  ordId: '88',
  ordIdList: ['88'],
  actualSide: 'sl',
  triggerTime: '1795334400400',
}
export const child = {
  ...plain,
  ordId: '88',
  clOrdId: '',
  algoId: '361',
  algoClOrdId: 'sl1',
  source: '7',
  px: '',
  ordType: 'market',
  side: 'sell',
  sz: '0.1',
  state: 'filled',
  accFillSz: '0.1',
  avgPx: '82990.1',
  uTime: '1795334400499',
}

export const unknown = refused('51603', 'Order does not exist')

export function ofOrder(ordId: string): string {
  return `GET trade/order?instId=BTC-USDT-SWAP&ordId=${ordId}`
}
export function ofClient(id: string): string {
  return `GET trade/order?instId=BTC-USDT-SWAP&clOrdId=${id}`
}
export function ofAlgo(algoId: string): string {
  return `GET trade/order-algo?algoId=${algoId}`
}
export function ofAlgoClient(id: string): string {
  return `GET trade/order-algo?algoClOrdId=${id}`
}

export function ofKind(ordType: string, scope = '&instId=BTC-USDT-SWAP', after = ''): string {
  return `GET trade/orders-algo-pending?ordType=${ordType}&instType=SWAP${scope}${after}&limit=100`
}
export function ofBook(scope = '&instId=BTC-USDT-SWAP', after = ''): string {
  return `GET trade/orders-pending?instType=SWAP${scope}${after}&limit=100`
}

export function many(row: object, idName: string, count: number, from: number): object[] {
  return Array.from({ length: count }, (_, index) => ({ ...row, [idName]: String(from - index) }))
}
