// Amounts of any unit of the ledger: yuan have two decimals, households and persons four, because
// the shares of one household are exact.
import { fenOf, shown } from './money'

/** In the unit's smallest part. */
export function minorOf(text: string, unit: string): bigint {
  if (unit === 'CNY') return fenOf(text)
  const parts = /^(-?)(\d+)(?:\.(\d{1,4}))?$/.exec(text)
  if (!parts) throw new Error(`not a quantity: ${text}`)
  const minor = BigInt(parts[2]! + (parts[3] ?? '').padEnd(4, '0'))
  return parts[1] ? -minor : minor
}

export function shownMinor(minor: bigint, unit: string): string {
  if (unit === 'CNY') return shown(minor)
  const digits = (minor < 0n ? -minor : minor).toString().padStart(5, '0')
  const short = `${digits.slice(0, -4)}.${digits.slice(-4)}`.replace(/\.?0+$/, '')
  return minor < 0n ? `-${short}` : short
}
