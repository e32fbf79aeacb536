import { describe, expect, it } from 'vitest'
import { lengthOf, marksOf } from './scale'

describe('a picture', () => {
  it.each([[0n, 10n, 0], [5n, 10n, 50], [10n, 10n, 100], [-3n, 10n, 0], [3n, 0n, 0]])(
    '%s of %s is %s of a hundred pixels', (part, whole, pixels) => expect(lengthOf(part, whole, 100)).toBe(pixels),
  )
  it.each([0n, 1n, 7n, 8n, 9n, 100n, 532_770_000n, 10n ** 16n])('has an axis that %s fits on', (largest) => {
    const marks = marksOf(largest)
    expect(marks[0]).toBe(0n)
    expect(marks[marks.length - 1]! >= largest).toBe(true)
    expect(marks.length).toBeLessThanOrEqual(10)
  })
})
