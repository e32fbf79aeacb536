// What the map of townships can show, and in which of five steps a township is.
import type { Schemas } from '@/api/client'
import { fenOf, shown } from '@/money/money'
import { minorOf } from '@/money/quantity'

export type Line = Schemas['PortfolioLine']
export const measures = ['overdue', 'outstanding', 'households'] as const
export type Measure = (typeof measures)[number]

/** Percent, in its ten-thousandth parts: 1.1568 is 11568. Nothing owed has no rate. */
export const rateOf = (line: Line): bigint | null => (line.par30_rate === null ? null : minorOf(line.par30_rate, 'percent'))
/** With two decimals, rounded to the nearest: "1.16%". */
export function percentOf(line: Line): string {
  const rate = rateOf(line)
  return rate === null ? '–' : `${shown((rate + 50n) / 100n)}%`
}

export function valueOf(line: Line, measure: Measure): bigint | null {
  if (measure === 'overdue') return rateOf(line)
  return measure === 'outstanding' ? fenOf(line.outstanding) : BigInt(line.households)
}

/** Where the steps of the rate begin: above nothing, 1 %, 3 %, 5 %. */
const rate_steps = [1n, 10_000n, 30_000n, 50_000n]

/** 0 to 4. Of the rate by fixed bounds, as they are judged; else by quarters of the largest. */
export function stepOf(value: bigint | null, measure: Measure, largest: bigint): number {
  if (value === null || value === 0n) return 0
  if (measure === 'overdue') return rate_steps.filter((bound) => value >= bound).length
  const quarter = (value * 4n + largest - 1n) / largest // up to and with each quarter
  return parseInt(quarter.toString(), 10)
}

/** Of the townships as they lie, west to east and north to south; no borders. */
export const places: Record<string, { column: number; row: number }> = {
  '530921201': { column: 2, row: 1 },
  '530921102': { column: 4, row: 1 },
  '530921202': { column: 5, row: 1 },
  '530921204': { column: 1, row: 2 },
  '530921101': { column: 2, row: 2 },
  '530921108': { column: 3, row: 2 },
  '530921103': { column: 4, row: 2 },
  '530921206': { column: 5, row: 2 },
  '530921105': { column: 1, row: 3 },
  '530921106': { column: 2, row: 3 },
  '530921104': { column: 3, row: 3 },
  '530921207': { column: 2, row: 4 },
  '530921107': { column: 3, row: 4 },
}

/** How late what is owed is, from what is at risk at each bound. */
export function ageing(line: Line): { name: 'current' | 'd1' | 'd30' | 'd90' | 'd180'; fen: bigint }[] {
  const [all, p1, p30, p90, p180] = [line.outstanding, line.par1, line.par30, line.par90, line.par180].map(fenOf)
  return [
    { name: 'current', fen: all! - p1! },
    { name: 'd1', fen: p1! - p30! },
    { name: 'd30', fen: p30! - p90! },
    { name: 'd90', fen: p90! - p180! },
    { name: 'd180', fen: p180! },
  ]
}
