import { expect, test } from 'vitest'
import { endedStatus, openStatus } from './statuses.ts'

test('default: an open order by what is done', () => {
  expect(openStatus('0')).toBe('NEW')
  expect(openStatus('0.1')).toBe('PARTIALLY_FILLED')
})

// docs/wire/kraken.md 5.3, in the spellings of each surface.
test.each([
  ['CONTRACT_EXPIRED', 'EXPIRED', 'EXPIRED'],
  ['contract_expired', 'EXPIRED', 'EXPIRED'],
  ['EXPIRED', 'EXPIRED', 'EXPIRED'],
  ['IOC_WOULD_NOT_EXECUTE', 'EXPIRED', 'EXPIRED'],
  ['IOC_WOULD_NOT_EXECUTE_REASON', 'EXPIRED', 'EXPIRED'],
  ['ioc_order_failed_because_it_would_not_be_executed', 'EXPIRED', 'EXPIRED'],
  ['POST_WOULD_EXECUTE', 'REJECTED', 'CANCELLED'],
  ['POST_WOULD_EXECUTE_REASON', 'REJECTED', 'CANCELLED'],
  ['post_order_failed_because_it_would_filled', 'REJECTED', 'CANCELLED'],
  ['post_order_failed_because_it_would_be_filled', 'REJECTED', 'CANCELLED'],
  ['NOT_ENOUGH_MARGIN', 'REJECTED', 'CANCELLED'],
  ['not_enough_margin', 'REJECTED', 'CANCELLED'],
  ['INSUFFICIENT_MARGIN', 'REJECTED', 'CANCELLED'],
  ['market_inactive', 'REJECTED', 'CANCELLED'],
  ['WOULD_NOT_REDUCE_POSITION', 'REJECTED', 'CANCELLED'],
  ['CANCELLED_BY_USER', 'CANCELLED', 'CANCELLED'],
  ['cancelled_by_admin', 'CANCELLED', 'CANCELLED'],
  ['DEAD_MAN_SWITCH', 'CANCELLED', 'CANCELLED'],
  ['CANCELLED_BY_SELF_TRADE', 'CANCELLED', 'CANCELLED'],
  ['would_execute_self', 'CANCELLED', 'CANCELLED'],
  ['unknown', 'CANCELLED', 'CANCELLED'],
])('behavior: cancelled because of %s is %s, with executions %s', (reason, without, having) => {
  expect(endedStatus('CANCELLED', [reason], '0')).toBe(without)
  expect(endedStatus('CANCELLED', [undefined, reason], '0.1')).toBe(having)
})

test('default: without a reason, as it is told', () => {
  expect(endedStatus('CANCELLED', [undefined], '0')).toBe('CANCELLED')
  expect(endedStatus('REJECTED', [], '0')).toBe('REJECTED')
  expect(endedStatus('REJECTED', [], '0.1')).toBe('CANCELLED')
})
