import { createHash } from 'node:crypto'
import { SLICES, SLICES_KEPT } from './slices.ts'

// The whole of a shared budget's arithmetic, in the one place all processes share. One call is
// atomic, and its clock is the server's. Each bucket is a hash: `p` when its debt is paid, `c` until
// when it is closed, `g` the newest slice counted and `0` to `16` the units taken in each.

/**
 * ARGV: what to do, then six numbers for each key: amount, units wanted besides, milliseconds a
 * unit, units of debt allowed, milliseconds of the window, the most debt there can be.
 *
 * `take` answers the wait of each key (all 0: taken) and what was got besides; `report` counts at
 * least `amount` in the window that ended so many milliseconds ago as the second number says; `close` closes for `amount` milliseconds; `empty` takes what
 * may go at once.
 */
export const SCRIPT: string = `
local t = redis.call('TIME')
local now = t[1] * 1000 + t[2] / 1000
local what = ARGV[1]
local SLICES = ${SLICES}
local KEPT = ${SLICES_KEPT}

local function arg(i, n) return tonumber(ARGV[1 + (i - 1) * 6 + n]) end

local function paidAt(i)
  local p = tonumber(redis.call('HGET', KEYS[i], 'p'))
  return p and math.min(p, now + arg(i, 6))
end

local function turn(i)
  local key, slice = KEYS[i], math.floor(now * SLICES / arg(i, 5))
  local newest = tonumber(redis.call('HGET', key, 'g') or -1)
  for passed = math.max(newest + 1, slice - KEPT + 1), slice do
    redis.call('HDEL', key, passed % KEPT)
  end
  if slice > newest then redis.call('HSET', key, 'g', slice) end
  return slice % KEPT
end

local function keep(i, untilWhen)
  local ttl = math.max(untilWhen - now, 0) + 2 * arg(i, 5)
  if redis.call('PTTL', KEYS[i]) < ttl then redis.call('PEXPIRE', KEYS[i], math.ceil(ttl)) end
end

local function add(i, units)
  local p = math.min(math.max(paidAt(i) or now, now) + units * arg(i, 3), now + arg(i, 6))
  redis.call('HSET', KEYS[i], 'p', string.format('%.3f', p))
  redis.call('HINCRBY', KEYS[i], turn(i), units)
  keep(i, p)
end

local answer = {}
if what == 'take' then
  local isFree = true
  for i = 1, #KEYS do
    local wait = (tonumber(redis.call('HGET', KEYS[i], 'c')) or now) - now
    local p = paidAt(i)
    if arg(i, 1) > 0 and p then wait = math.max(wait, p - now + (arg(i, 1) - arg(i, 4)) * arg(i, 3)) end
    answer[i] = math.max(math.ceil(wait - 0.000001), 0)
    if answer[i] > 0 then isFree = false end
  end
  for i = 1, #KEYS do
    local besides = 0
    if isFree and arg(i, 1) > 0 then
      local owed = math.max((paidAt(i) or now) - now, 0) / arg(i, 3)
      besides = math.max(math.min(arg(i, 2), math.floor(arg(i, 4) - owed - arg(i, 1))), 0)
      add(i, arg(i, 1) + besides)
    end
    answer[#KEYS + i] = besides
  end
elseif what == 'report' then
  local own = 0
  turn(1)
  local newest = math.floor(now * SLICES / arg(1, 5))
  local first = math.floor((now - arg(1, 2)) * SLICES / arg(1, 5)) - SLICES
  for slice = math.max(first, newest - KEPT + 1), newest do
    own = own + (tonumber(redis.call('HGET', KEYS[1], slice % KEPT)) or 0)
  end
  if arg(1, 1) > own then add(1, arg(1, 1) - own) end
elseif what == 'close' then
  for i = 1, #KEYS do
    local untilWhen = math.max(tonumber(redis.call('HGET', KEYS[i], 'c')) or 0, now + arg(i, 1))
    redis.call('HSET', KEYS[i], 'c', string.format('%.3f', untilWhen))
    keep(i, untilWhen)
  end
elseif what == 'empty' then
  for i = 1, #KEYS do
    local p = math.max(paidAt(i) or now, now + arg(i, 4) * arg(i, 3))
    redis.call('HSET', KEYS[i], 'p', string.format('%.3f', p))
    keep(i, p)
  end
end
return answer
`

/** What `EVALSHA` knows it by. */
export const SCRIPT_SHA: string = createHash('sha1').update(SCRIPT).digest('hex')
