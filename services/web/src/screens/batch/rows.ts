// A batch of repayments as it is pasted from a spreadsheet: read, checked against the ledger, summed.
// Nothing here asks or books; what the service knows is handed in.
import { type Fen, fenOf, readTyped, shown } from '@/money/money'

export const columns = ['loan', 'name', 'amount', 'date', 'note'] as const
export type Column = (typeof columns)[number]
export type Cells = Record<Column, string>

/** What became of a row that was sent. */
export type Outcome =
  | { is: 'sent' } // the answer is not there: it may be booked
  | { is: 'booked'; entry: number; isReplay: boolean }
  | { is: 'refused'; zh: string; en: string }

export interface Row extends Cells {
  /** Its part of the idempotency key; never given twice within a batch. */
  number: number
  outcome?: Outcome
}

export interface KnownLoan {
  name: string
  status: string
  outstanding: Fen
  /** What settles it today, where somebody asked. */
  payoff?: Fen
}
export interface Ledger {
  loans: Map<string, KnownLoan>
  /** Loan and amount of what was collected today, as sameOf() writes them. */
  collected: Set<string>
  today: string
}

export type Verdict =
  | { is: 'empty' | 'good' }
  | { is: 'warn' | 'bad'; why: string; words: Record<string, string> }

/** The names that a column may have in a header, lower case. */
export type Headers = Record<Column, string[]>

/** Tab-separated, as a spreadsheet copies: a cell with a break or a quote in it is quoted. */
export function cellsOf(text: string): string[][] {
  const lines: string[][] = []
  let line: string[] = []
  const cell = /(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/y
  for (let at = 0; at <= text.length; at = cell.lastIndex) {
    cell.lastIndex = at
    const found = cell.exec(text)
    if (!found) {
      // A quote that is never closed, or followed by more: the cell is what it looks like.
      const [plain] = /[^\t\r\n]*/.exec(text.slice(at))!
      line.push(plain)
      cell.lastIndex = at + plain.length
      if (text[cell.lastIndex] === '\t') cell.lastIndex += 1
      continue
    }
    const [, quoted, plain, end] = found
    line.push((quoted?.replace(/""/g, '"').replace(/\s*[\r\n]+\s*/g, ' ') ?? plain!).trim())
    if (end === '\t') continue
    lines.push(line)
    line = []
    if (end === '') break
  }
  return lines.filter((one) => one.some((text) => text !== ''))
}

const day = /^(\d{4})[-/.\u5e74](\d{1,2})[-/.\u6708](\d{1,2})\u65e5?$/

/** "2026/3/5" → "2026-03-05"; null: no day. */
export function dayOf(text: string): string | null {
  const parts = day.exec(text.normalize('NFKC').replace(/\s/g, ''))
  if (!parts) return null
  const [year, month, date] = parts.slice(1).map((part) => parseInt(part, 10))
  const real = new Date(Date.UTC(year!, month! - 1, date!))
  if (real.getUTCMonth() !== month! - 1) return null
  return real.toISOString().slice(0, 10)
}
/** Full-width letters and blanks are the input method's, not the number's. */
export const loanOf = (text: string) => text.normalize('NFKC').replace(/\s/g, '').toUpperCase()
const nameOf = (text: string) => text.normalize('NFKC').replace(/\s/g, '')

const looks: [Column, (text: string) => boolean][] = [
  ['date', (text) => dayOf(text) !== null],
  ['loan', (text) => /^(?=.*\d)(?=.*[A-Z])[A-Z0-9-]{5,}$/.test(loanOf(text))],
  ['amount', (text) => /\d/.test(text) && !/[A-Za-z]{2}/.test(text) && text.length < 20],
  ['name', (text) => /^[\p{Script=Han}\u00b7]{2,12}$/u.test(nameOf(text))],
  ['note', (text) => text !== ''],
]

/** Which column of what was pasted is which, by the header or else by what the cells look like. */
export function orderOf(lines: string[][], headers: Headers): { order: Column[]; hasHeader: boolean } {
  const named = (lines[0] ?? []).map((text) =>
    columns.find((column) => headers[column].includes(text.toLowerCase().replace(/\s/g, ''))),
  )
  if (named.filter(Boolean).length >= 2) return { order: named as Column[], hasHeader: true }
  const width = Math.max(0, ...lines.map((line) => line.length))
  const order: Column[] = []
  for (const [column, isLike] of looks) {
    const votes = Array.from({ length: width }, (_, at) =>
      order[at] ? 0 : lines.filter((line) => isLike(line[at] ?? '')).length,
    )
    const most = Math.max(0, ...votes)
    if (most > 0) order[votes.indexOf(most)] = column
  }
  return { order, hasHeader: false }
}

/** What was pasted, as cells of ours; columns that are none of ours are left out. */
export function parse(text: string, headers: Headers): Cells[] {
  const lines = cellsOf(text)
  const { order, hasHeader } = orderOf(lines, headers)
  return lines.slice(hasHeader ? 1 : 0).map((line) => {
    const cells: Cells = { loan: '', name: '', amount: '', date: '', note: '' }
    order.forEach((column, at) => column && (cells[column] = line[at] ?? ''))
    return cells
  })
}

export const isEmpty = (row: Cells) => columns.every((column) => row[column].trim() === '')
export const sameOf = (loan: string, fen: Fen) => `${loan} ${fen}`
export function fenOfRow(row: Cells): Fen | null {
  const typed = readTyped(row.amount)
  return 'fen' in typed ? typed.fen : null
}

function judged(row: Row, ledger: Ledger, above: { sums: Map<string, Fen>; seen: Map<string, number> }, at: number): Verdict {
  const bad = (why: string, words: Record<string, string> = {}): Verdict => ({ is: 'bad', why, words })
  if (isEmpty(row)) return { is: 'empty' }
  const loan = loanOf(row.loan)
  if (!loan) return bad('noLoan')
  const known = ledger.loans.get(loan)
  if (!known) return bad('unknown', { loan })
  if (nameOf(row.name) !== nameOf(known.name)) return bad(row.name ? 'name' : 'noName', { name: known.name })
  const typed = readTyped(row.amount)
  if ('refusal' in typed)
    return bad(typed.culprit ? 'culprit' : typed.refusal, { text: row.amount, culprit: typed.culprit ?? '' })
  if (row.date) {
    const on = dayOf(row.date)
    if (!on) return bad('date', { text: row.date })
    if (on > ledger.today) return bad('future', { text: row.date })
  }
  if (known.status !== 'active') return bad('closed', { status: known.status })
  const same = sameOf(loan, typed.fen)
  const twin = above.seen.get(same)
  if (twin !== undefined) return bad('twice', { line: `${twin + 1}` })
  above.seen.set(same, at)
  // Rows of one loan come one after the other: together they must not be more than settles it.
  const sum = (above.sums.get(loan) ?? 0n) + typed.fen
  const limit = known.payoff ?? known.outstanding
  if (sum > limit) return bad('above', { limit: shown(limit) })
  above.sums.set(loan, sum)
  if (ledger.collected.has(same)) return { is: 'warn', why: 'again', words: { amount: shown(typed.fen) } }
  return { is: 'good' }
}

/** Of each row, whether it may be booked, and if not, why. Rows that were booked are not judged. */
export function check(rows: Row[], ledger: Ledger): Verdict[] {
  const above = { sums: new Map<string, Fen>(), seen: new Map<string, number>() }
  return rows.map((row, at) => {
    if (row.outcome?.is === 'booked') {
      const fen = fenOfRow(row)
      if (fen !== null) above.seen.set(sameOf(loanOf(row.loan), fen), at)
      return { is: 'good' }
    }
    return judged(row, ledger, above, at)
  })
}

/** Loans whose rows are together more than their principal: what settles them has to be asked. */
export function aboveOutstanding(rows: Row[], ledger: Ledger): string[] {
  const sums = new Map<string, Fen>()
  for (const row of rows) {
    if (row.outcome?.is === 'booked') continue
    const loan = loanOf(row.loan)
    sums.set(loan, (sums.get(loan) ?? 0n) + (fenOfRow(row) ?? 0n))
  }
  return [...sums].filter(([loan, sum]) => {
    const known = ledger.loans.get(loan)
    return known?.status === 'active' && known.payoff === undefined && sum > known.outstanding
  }).map(([loan]) => loan)
}

export interface Sums {
  filled: number
  ready: number
  problems: number
  booked: number
  /** Of what is ready. */
  readyFen: Fen
  /** Of what is booked, sent or ready: what the paper must say. */
  allFen: Fen
}
export function sumsOf(rows: Row[], verdicts: Verdict[]): Sums {
  const sums: Sums = { filled: 0, ready: 0, problems: 0, booked: 0, readyFen: 0n, allFen: 0n }
  rows.forEach((row, at) => {
    const { is } = verdicts[at]!
    if (is === 'empty') return
    sums.filled += 1
    const fen = fenOfRow(row) ?? 0n
    if (row.outcome?.is === 'booked') sums.booked += 1
    else if (row.outcome?.is === 'sent' || (is !== 'bad' && row.outcome?.is !== 'refused')) {
      sums.ready += 1
      sums.readyFen += fen
    } else {
      sums.problems += 1
      return
    }
    sums.allFen += fen
  })
  return sums
}

/** A cell that a spreadsheet would take for a formula gets an apostrophe before it. */
export function harmless(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
}
/** With a byte order mark, without which a spreadsheet takes Chinese for something else. */
export function csvOf(lines: string[][]): string {
  const cell = (text: string) => `"${harmless(text).replace(/"/g, '""')}"`
  return `\ufeff${lines.map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`
}

/** What the service lists of a loan. */
export function knownOf(line: { borrower_name: string; status: string; outstanding: string }): KnownLoan {
  return { name: line.borrower_name, status: line.status, outstanding: fenOf(line.outstanding) }
}
