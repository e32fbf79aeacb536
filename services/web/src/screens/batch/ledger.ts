// What the check of a batch needs of the books: every loan with its borrower and what is owed, and
// what was collected today already.
import { useQuery } from '@tanstack/vue-query'
import { computed, reactive } from 'vue'
import { api, ask, type Schemas } from '@/api/client'
import { fenOf } from '@/money/money'
import { today } from '@/words/dates'
import { knownOf, type Ledger, sameOf } from './rows'

const most = 500 // the service's largest page

async function allLoans(): Promise<Schemas['LoanLine'][]> {
  const all: Schemas['LoanLine'][] = []
  for (let after: string | null = ''; after !== null; ) {
    const query: { limit: number; after?: string } = { limit: most, ...(after ? { after } : {}) }
    const page: Schemas['Loans'] = await ask(() => api.GET('/v1/loans', { params: { query } }))
    all.push(...page.loans)
    after = page.next ?? null
  }
  return all
}
async function collectedToday(): Promise<Set<string>> {
  const all = new Set<string>()
  for (let before: number | null = 0; before !== null; ) {
    const query: { booked_on: string; limit: number; before?: number } = { booked_on: today(), limit: most, ...(before ? { before } : {}) }
    const page: Schemas['Entries'] = await ask(() => api.GET('/v1/entries', { params: { query } }))
    for (const one of page.entries)
      if (one.cause === 'repayment') all.add(sameOf(one.subject, fenOf(one.bank)))
    before = page.next ?? null
  }
  return all
}

export function useLedger() {
  const books = useQuery({
    queryKey: ['batch', 'ledger'],
    queryFn: async () => {
      const [loans, collected] = [await allLoans(), await collectedToday()]
      payoffs.clear()
      return { loans: new Map(loans.map((one) => [one.loan, knownOf(one)])), collected }
    },
    staleTime: 60_000,
    refetchOnWindowFocus: false, // it is long; what is booked here asks for it anew
  })
  const payoffs = reactive(new Map<string, bigint>())
  const ledger = computed<Ledger | null>(() => {
    if (!books.data.value) return null
    const loans = new Map(books.data.value.loans)
    for (const [loan, payoff] of payoffs) loans.set(loan, { ...loans.get(loan)!, payoff })
    return { loans, collected: books.data.value.collected, today: today() }
  })
  async function askPayoff(loan: string) {
    const answer = await ask(() => api.GET('/v1/loans/{loan}/payoff', { params: { path: { loan }, query: { on: today() } } }))
    payoffs.set(loan, fenOf(answer.payoff))
  }
  return { books, ledger, askPayoff }
}
