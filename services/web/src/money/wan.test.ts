import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { largest } from './money'
import { wan } from './wan'

describe('ten thousands of yuan', () => {
  it.each([
    [0n, '0.00'], [4_210_000_000n, '4,210.00'], [70_405_017n, '70.41'], [4_999n, '0.00'],
    [5_000n, '0.01'], [-5_000n, '-0.01'], [14_999n, '0.01'], [123_456_789_012n, '123,456.79'],
  ])('%s fen are %s', (fen, text) => expect(wan(fen)).toBe(text))

  it('is never further from the amount than half of its last place', () => {
    fc.assert(fc.property(fc.bigInt({ min: -largest, max: largest }), (fen) => {
      const back = BigInt(wan(fen).replace(/[.,]/g, '')) * 10_000n
      const apart = fen - back
      return apart <= 5_000n && apart >= -5_000n
    }))
  })
})
