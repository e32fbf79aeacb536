// What a loan's card says about paying: what is due by today, what comes next. Sums of what the
// service answered; no interest is computed here.
import type { Schemas } from '@/api/client'
import { type Fen, fenOf } from '@/money/money'

export type LoanCard = Schemas['LoanCard']
export type LoanState = Schemas['LoanState']
type Instalment = LoanState['instalments'][number]

export interface Due {
  /** Instalments up to today, penalty, compound interest and costs, less what is held for them. */
  now: Fen
  /** The first instalment after today that is not paid. */
  next: { on: string; amount: Fen } | null
  /** What settles everything today. */
  payoff: Fen
}

export function unpaid(one: Instalment): Fen {
  return (
    fenOf(one.principal_due) - fenOf(one.principal_paid) +
    (fenOf(one.interest_due) - fenOf(one.interest_paid) - fenOf(one.interest_waived))
  )
}

export function dueOf(card: Pick<LoanState, 'as_of' | 'instalments' | 'owed' | 'payoff'>): Due {
  const open = card.instalments.filter((one) => unpaid(one) > 0n)
  const late = open.filter((one) => one.due_on <= card.as_of)
  const next = open.find((one) => one.due_on > card.as_of)
  const extra = fenOf(card.owed.cost) + fenOf(card.owed.penalty) + fenOf(card.owed.compound)
  const payoff = fenOf(card.payoff)
  const now = late.reduce((sum, one) => sum + unpaid(one), extra)
  return {
    now: now < payoff ? now : payoff,
    next: next ? { on: next.due_on, amount: unpaid(next) } : null,
    payoff,
  }
}

/** What is put into the amount's field: what is due, or else the next instalment. */
export function prefill(due: Due): Fen | null {
  if (due.now > 0n) return due.now
  if (due.next) return due.next.amount < due.payoff ? due.next.amount : due.payoff
  return due.payoff > 0n ? due.payoff : null
}
