import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import capitalRows from '../../../../tests/vectors/capital.json'
import moneyRows from '../../../../tests/vectors/money.json'
import { capitals } from './capital'
import { fenOf, largest, parse, readTyped, shown, textOf } from './money'

describe('an amount of the wire', () => {
  it.each(moneyRows.parse)('$text', (row) => {
    const parsed = parse(row.text)
    expect('fen' in parsed ? { yuan: textOf(parsed.fen) } : parsed).toEqual(
      row.yuan === undefined ? { refusal: row.refusal } : { yuan: row.yuan },
    )
  })

  it('is read as it was written, whatever its fen', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -largest, max: largest }), (fen) => {
        expect(fenOf(textOf(fen))).toBe(fen)
        expect(shown(fen).replace(/,/g, '')).toBe(textOf(fen))
      }),
    )
  })
})

describe('an amount that somebody types', () => {
  it.each([
    ['3200', '3200.00'],
    ['3,200', '3200.00'],
    ['3,200.5', '3200.50'],
    ['３２００', '3200.00'],
    ['3200。5', '3200.50'],
    ['3.2万', '32000.00'],
    ['0.00015万', '1.50'],
    ['1万', '10000.00'],
    ['¥3200', '3200.00'],
    ['3200元', '3200.00'],
    ['  12 345.60 ', '12345.60'],
    ['.5', '0.50'],
    ['5.', '5.00'],
    ['007', '7.00'],
    ['1.09', '1.09'],
  ])('%s is %s', (typed, yuan) => {
    expect(readTyped(typed)).toEqual({ fen: fenOf(yuan) })
  })

  it.each([
    ['', { refusal: 'amount_empty' }],
    ['1666.7O', { refusal: 'amount_malformed', culprit: 'O' }],
    ['12,34', { refusal: 'amount_malformed', culprit: ',' }],
    ['1,2,3', { refusal: 'amount_malformed', culprit: ',' }],
    ['3200.005', { refusal: 'amount_malformed' }],
    ['1.2.3', { refusal: 'amount_malformed' }],
    ['1e3', { refusal: 'amount_malformed', culprit: 'e' }],
    ['0', { refusal: 'amount_not_positive' }],
    ['0.00', { refusal: 'amount_not_positive' }],
    ['-5', { refusal: 'amount_not_positive' }],
    ['0.0000001万', { refusal: 'amount_malformed' }],
    ['10000000000001', { refusal: 'amount_too_large' }],
  ])('%s is refused', (typed, refusal) => {
    expect(readTyped(typed)).toEqual(refusal)
  })

  it('never becomes another amount: what is shown reads as itself', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: largest }), (fen) => {
        expect(readTyped(shown(fen))).toEqual({ fen })
        expect(readTyped(textOf(fen))).toEqual({ fen })
      }),
    )
  })
})

describe('an amount in capitals', () => {
  it.each(capitalRows.written)('$yuan', ({ yuan, capitals: words }) => {
    expect(capitals(fenOf(yuan))).toBe(words)
  })
})
