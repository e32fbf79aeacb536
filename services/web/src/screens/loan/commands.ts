// Which commands a loan's state offers. What the rules forbid beyond that, the service says.
import { type Form, loanForms } from '@/kit/forms'
import type { LoanState } from './due'

type Status = LoanState['status']

const before: Partial<Record<Status, string[]>> = {
  proposed: ['approve_loan'],
  approved: ['disburse', 'approve_loan', 'expire_approval', 'reverse'],
  settled: ['refund_overpayment', 'claim_subsidy', 'receive_subsidy', 'reverse'],
  written_off: ['recover', 'compensate', 'reverse'],
}
/** What only a loan that has something to repay knows; collecting has a screen of its own. */
const notOfActive = new Set(['approve_loan', 'repay', 'recover', 'expire_approval'])

export function commandsFor(status: Status): Form[] {
  const named = before[status]
  return named
    ? loanForms.filter((form) => named.includes(form.operation))
    : loanForms.filter((form) => !notOfActive.has(form.operation))
}
