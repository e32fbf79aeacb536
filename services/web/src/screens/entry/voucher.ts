// What a voucher is for.
import type { Schemas } from '@/api/client'
import type { Fen } from '@/money/money'
import { minorOf } from '@/money/quantity'

type Posting = Schemas['Posting']
const bank = '1002' // the programme's account

/**
 * The money that changed hands: what came into the bank account or left it. Where none did, the
 * entry's debits in yuan.
 */
export function moneyOf(postings: readonly Posting[]): Fen {
  const yuan = postings.filter((one) => one.unit === 'CNY')
  const sum = (of: readonly Posting[]) => of.reduce((all, one) => all + minorOf(one.amount, 'CNY'), 0n)
  const on = (side: string) => yuan.filter((one) => one.side === side)
  const moved = sum(on('debit').filter((one) => one.account === bank)) - sum(on('credit').filter((one) => one.account === bank))
  if (moved !== 0n) return moved < 0n ? -moved : moved
  return sum(on('debit'))
}

/** In a page of its own, so that what is printed is what its address shows. */
export function printVoucher(entry: number): void {
  window.open(`/c/voucher/${entry}?print`, '_blank', 'noopener')
}
