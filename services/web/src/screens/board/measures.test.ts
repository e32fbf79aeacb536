import { describe, expect, it } from 'vitest'
import { ageing, type Line, places, stepOf } from './measures'

describe('the map of townships', () => {
  it.each([
    [null, 0], [0n, 0], [1n, 1], [9_999n, 1], [10_000n, 2], [29_999n, 2], [30_000n, 3], [50_000n, 4], [1_000_000n, 4],
  ])('a rate of %s is in step %s', (value, step) => expect(stepOf(value, 'overdue', 0n)).toBe(step))
  it.each([[0n, 0], [1n, 1], [25n, 1], [26n, 2], [50n, 2], [75n, 3], [76n, 4], [100n, 4]])(
    '%s of a hundred is in step %s', (value, step) => expect(stepOf(value, 'outstanding', 100n)).toBe(step),
  )
  it('has a place for each of the thirteen, and no two in one', () => {
    const all = Object.values(places).map(({ column, row }) => `${column} ${row}`)
    expect(new Set(all).size).toBe(13)
  })
})

it('splits what is owed by age, and loses nothing', () => {
  const line = { outstanding: '100.00', par1: '60.00', par30: '30.00', par90: '10.00', par180: '1.00' } as Line
  expect(ageing(line).map((one) => one.fen)).toEqual([4000n, 3000n, 2000n, 900n, 100n])
})
