// What is due, as a table.
import { describe, expect, it } from 'vitest'
import { fenOf, textOf } from '@/money/money'
import { dueOf, type LoanState, prefill } from './due'

type Part = Pick<LoanState, 'as_of' | 'instalments' | 'owed' | 'payoff'>
const nothing = { cost: '0.00', penalty: '0.00', compound: '0.00', interest: '0.00', principal: '0.00' }

function instalment(number: number, due_on: string, principal: string, interest: string, paid = '0.00') {
  return {
    number, due_on, from: due_on, until: due_on, days: 90,
    planned_principal: principal, planned_interest: interest, principal_due: principal, interest_due: interest,
    principal_paid: paid, interest_paid: '0.00', interest_waived: '0.00', paid_on: null,
  }
}
const two = (paid = '0.00') => [
  instalment(1, '2026-11-01', '1000.00', '50.00', paid),
  instalment(2, '2026-12-20', '1000.00', '40.00'),
]

describe('what is due', () => {
  it.each<[string, Part, string, string | null, string]>([
    ['the late instalment, and what comes next',
      { as_of: '2026-11-28', instalments: two(), owed: nothing, payoff: '2070.00' }, '1050.00', '1040.00', '1050.00'],
    ['with penalty and costs',
      { as_of: '2026-11-28', instalments: two(), owed: { ...nothing, penalty: '3.00', cost: '5.00' }, payoff: '2078.00' }, '1058.00', '1040.00', '1058.00'],
    ['less what is paid of it',
      { as_of: '2026-11-28', instalments: two('400.00'), owed: nothing, payoff: '1670.00' }, '650.00', '1040.00', '650.00'],
    ['nothing before the first day: the next instalment is offered',
      { as_of: '2026-10-01', instalments: two(), owed: nothing, payoff: '2010.00' }, '0.00', '1050.00', '1050.00'],
    ['on the day itself it is due',
      { as_of: '2026-11-01', instalments: two(), owed: nothing, payoff: '2050.00' }, '1050.00', '1040.00', '1050.00'],
    ['never more than settles everything',
      { as_of: '2027-01-01', instalments: two(), owed: nothing, payoff: '1500.00' }, '1500.00', null, '1500.00'],
  ])('%s', (_, state, now, next, offered) => {
    const due = dueOf(state)
    expect(textOf(due.now)).toBe(now)
    expect(due.next && textOf(due.next.amount)).toBe(next)
    expect(prefill(due)).toBe(fenOf(offered))
  })

  it('offers nothing where nothing is owed', () => {
    expect(prefill(dueOf({ as_of: '2026-11-28', instalments: [], owed: nothing, payoff: '0.00' }))).toBeNull()
  })
})
