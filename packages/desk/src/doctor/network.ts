import type { Clock } from 'perpkit'
import { isLoopback } from '../place.ts'
import { type Finding, finding, ok } from './finding.ts'
import { clockOffsetOf, medianLatency, type Sample } from './measure.ts'

// Name, certificate, latency, clock.

const DNS_REMEDY =
  'Check the network and the name server; behind a proxy, give its address with --base-url.'
const CLOCK_REMEDY =
  'Set the clock of this machine by NTP (timedatectl set-ntp true). perpkit corrects for it, other programs with this key may not.'
const TLS_TIMEOUT_MS = 5_000

export async function checkName(origin: string): Promise<Finding> {
  const { hostname } = new URL(origin)
  if (isLoopback(origin)) return ok('dns', `${hostname} is this machine`)
  const { lookup } = await import('node:dns/promises')
  try {
    const addresses = await lookup(hostname, { all: true })
    return ok('dns', `${hostname} has ${addresses.length} addresses`)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return finding('BAD', 'dns', `${hostname} has no address: ${why}`, DNS_REMEDY)
  }
}

export async function checkCertificate(origin: string, clock: Clock): Promise<Finding> {
  const { protocol, hostname, port } = new URL(origin)
  if (protocol !== 'https:') {
    if (isLoopback(origin)) return ok('tls', 'none needed on this machine')
    return finding('BAD', 'tls', `${origin} is not encrypted`, 'Use an https address.')
  }
  const { connect } = await import('node:tls')
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) || 443, servername: hostname })
    const end = (found: Finding): void => {
      socket.destroy()
      resolve(found)
    }
    socket.setTimeout(TLS_TIMEOUT_MS, () => {
      end(finding('BAD', 'tls', `no handshake with ${hostname} in 5 s`, DNS_REMEDY))
    })
    socket.once('error', (error: NodeJS.ErrnoException) => {
      const isAboutTrust = /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO/.test(error.code ?? '')
      const remedy = isAboutTrust
        ? 'Something between here and there may read along: do not trade from here.'
        : DNS_REMEDY
      end(finding('BAD', 'tls', `${hostname}: ${error.message}`, remedy))
    })
    socket.once('secureConnect', () => {
      const { valid_to } = socket.getPeerCertificate()
      const days = Math.floor((Date.parse(valid_to) - clock.now()) / 86_400_000)
      end(ok('tls', `${socket.getProtocol()}, certificate good for ${days} days`))
    })
  })
}

export function judgeLatency(samples: readonly Sample[]): Finding {
  const latency = medianLatency(samples) ?? 0
  const found = `${latency} ms (median of ${samples.length} answers)`
  if (latency < 500) return ok('latency', found)
  const remedy = 'Orders are refused when they are under way for 2 s: run nearer to the exchange.'
  return finding(latency < 1500 ? 'WARN' : 'BAD', 'latency', found, remedy)
}

export function judgeClock(samples: readonly Sample[]): Finding {
  const offset = clockOffsetOf(samples)
  if (!offset) {
    return finding('UNKNOWN', 'clock', 'the server tells no usable time', CLOCK_REMEDY)
  }
  const { least, most } = offset
  const found =
    least <= 0 && most >= 0
      ? `right within ${Math.max(-least, most)} ms`
      : `${most < 0 ? 'ahead' : 'behind'} by ${Math.min(Math.abs(least), Math.abs(most))} to ${Math.max(Math.abs(least), Math.abs(most))} ms`
  const certain = least > 0 ? least : most < 0 ? -most : 0
  if (certain < 500) return ok('clock', found)
  return finding(certain < 5_000 ? 'WARN' : 'BAD', 'clock', found, CLOCK_REMEDY)
}
