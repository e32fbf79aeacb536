// The flow as a table: from each stage, by each thing that may happen, to where.
import { describe, expect, it } from 'vitest'
import { type Happened, type LoanLine, next, type Preview, type Stage } from './machine'

const loan = { loan: 'L-1' } as LoanLine
const other = { loan: 'L-2' } as LoanLine
const preview = { command: 'repay' } as Preview
const stages: Record<Stage['at'], Stage> = {
  find: { at: 'find' },
  amount: { at: 'amount', loan, key: 'k' },
  asking: { at: 'asking', loan, key: 'k', amount: 5n },
  confirm: { at: 'confirm', loan, key: 'k', amount: 5n, preview },
  posting: { at: 'posting', loan, key: 'k', amount: 5n, preview },
}
const events: Record<Happened['is'], Happened> = {
  picked: { is: 'picked', loan: other, key: 'n' },
  amount: { is: 'amount', amount: 5n },
  previewed: { is: 'previewed', preview },
  refused: { is: 'refused' },
  confirmed: { is: 'confirmed' },
  posted: { is: 'posted' },
  back: { is: 'back' },
}

describe('the flow', () => {
  it.each<[Stage['at'], Happened['is'], Stage['at']]>([
    ['find', 'picked', 'amount'],
    ['find', 'amount', 'find'],
    ['find', 'confirmed', 'find'],
    ['find', 'posted', 'find'],
    ['find', 'back', 'find'],
    ['amount', 'amount', 'asking'],
    ['amount', 'confirmed', 'amount'],
    ['amount', 'previewed', 'amount'],
    ['amount', 'back', 'find'],
    ['asking', 'previewed', 'confirm'],
    ['asking', 'confirmed', 'asking'],
    ['asking', 'amount', 'asking'],
    ['asking', 'refused', 'amount'],
    ['asking', 'back', 'amount'],
    ['confirm', 'confirmed', 'posting'],
    ['confirm', 'amount', 'confirm'],
    ['confirm', 'posted', 'confirm'],
    ['confirm', 'back', 'amount'],
    ['posting', 'confirmed', 'posting'],
    ['posting', 'posted', 'find'],
    ['posting', 'refused', 'amount'],
    ['posting', 'back', 'posting'],
    ['posting', 'picked', 'posting'],
  ])('%s, %s: %s', (from, by, to) => {
    expect(next(stages[from], events[by]).at).toBe(to)
  })

  it('keeps the key of a payment that was refused or is in doubt, and takes a new one for another', () => {
    expect(next(stages.posting, events.refused)).toEqual(stages.amount)
    expect(next(stages.amount, events.picked)).toEqual({ at: 'amount', loan: other, key: 'n' })
  })
})
