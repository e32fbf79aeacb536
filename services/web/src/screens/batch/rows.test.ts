import { describe, expect, it } from 'vitest'
import {
  aboveOutstanding, cellsOf, check, csvOf, dayOf, harmless, type Headers, type Ledger, parse, type Row, sameOf, sumsOf,
} from './rows'

const headers: Headers = {
  loan: ['贷款编号', 'loan'],
  name: ['姓名', 'name'],
  amount: ['金额', '金额（元）', 'amount'],
  date: ['日期', 'date'],
  note: ['备注', 'note'],
}
const ledger = (): Ledger => ({
  loans: new Map([
    ['FQ-1', { name: '李国华', status: 'active', outstanding: 100_000n }],
    ['FQ-2', { name: '罗先贵', status: 'active', outstanding: 100_000n, payoff: 120_000n }],
    ['FQ-3', { name: '杨正明', status: 'settled', outstanding: 0n }],
  ]),
  collected: new Set([sameOf('FQ-1', 700n)]),
  today: '2026-11-28',
})
let number = 0
const row = (loan: string, name: string, amount: string, more: Partial<Row> = {}): Row => ({
  number: (number += 1), loan, name, amount, date: '', note: '', ...more,
})

describe('what is pasted', () => {
  it.each([
    ['a\tb\r\nc\td\r\n', [['a', 'b'], ['c', 'd']]],
    ['"a ""x"""\t"b\nc"\n', [['a "x"', 'b c']]],
    ['\t\n\na\t\n', [['a', '']]],
    ['"open\tb', [['"open', 'b']]],
    ['', []],
  ])('%j is cells', (text, cells) => expect(cellsOf(text)).toEqual(cells))

  it.each([
    ['by its header', '姓名\t序号\t金额（元）\t贷款编号\n李国华\t1\t12.50\tFQ-2015-0001'],
    ['by what the cells look like', 'FQ-2015-0001\t李国华\t12.50'],
    ['in another order', '12.50\t李国华\tFQ-2015-0001\nabc\t罗先贵\tFQ-2015-0002'],
    ['with full width', 'ＦＱ-2015-0001\t李国华\t12.50'],
  ])('finds its columns %s', (_, text) => {
    const cells = parse(text, headers)[0]!
    expect({ ...cells, loan: cells.loan.normalize('NFKC') }).toMatchObject({ loan: 'FQ-2015-0001', name: '李国华', amount: '12.50' })
  })

  it('tells a day from an amount, and a note from a name', () => {
    const text = '2026/3/5\tFQ-2015-0001\t80\t李国华\t村干部代交的钱款，收据后补，共一张纸'
    expect(parse(text, headers)[0]).toEqual({
      date: '2026/3/5', loan: 'FQ-2015-0001', amount: '80', name: '李国华', note: '村干部代交的钱款，收据后补，共一张纸',
    })
  })

  it.each([
    ['2026-3-5', '2026-03-05'], ['2026年3月5日', '2026-03-05'], ['2026.03.05', '2026-03-05'],
    ['2026-02-30', null], ['2026-13-01', null], ['5/3/2026', null],
  ])('%s is the day %s', (text, day) => expect(dayOf(text)).toBe(day))
})

describe('the check', () => {
  it.each<[string, Row[], string]>([
    ['agrees', [row('fq-1', '李 国华', '3,00')], 'culprit'],
    ['agrees with the name with blanks', [row(' fq-1', '李 国华', '300')], 'good'],
    ['no loan', [row('', '李国华', '300')], 'noLoan'],
    ['unknown', [row('FQ-9', '李国华', '300')], 'unknown'],
    ['another name', [row('FQ-1', '李国花', '300')], 'name'],
    ['no name', [row('FQ-1', '', '300')], 'noName'],
    ['not an amount', [row('FQ-1', '李国华', '1666.7O')], 'culprit'],
    ['nothing', [row('FQ-1', '李国华', '0')], 'amount_not_positive'],
    ['no day', [row('FQ-1', '李国华', '3', { date: 'x' })], 'date'],
    ['tomorrow', [row('FQ-1', '李国华', '3', { date: '2026-11-29' })], 'future'],
    ['settled', [row('FQ-3', '杨正明', '3')], 'closed'],
    ['above', [row('FQ-2', '罗先贵', '1200.01')], 'above'],
    ['as much as settles it', [row('FQ-2', '罗先贵', '1200')], 'good'],
    ['above together', [row('FQ-2', '罗先贵', '700'), row('FQ-2', '罗先贵', '500.01')], 'above'],
    ['the same row', [row('FQ-2', '罗先贵', '7'), row('FQ-2', '罗先贵', '7.00')], 'twice'],
    ['collected today', [row('FQ-1', '李国华', '7')], 'again'],
    ['an empty row', [row('', '', ' ')], 'empty'],
  ])('%s', (_, rows, expected) => {
    const last = check(rows, ledger()).pop()!
    expect('why' in last ? last.why : last.is).toBe(expected)
  })

  it('asks what settles a loan only where its rows are more than its principal', () => {
    expect(aboveOutstanding([row('FQ-1', '', '600'), row('FQ-1', '', '400')], ledger())).toEqual([])
    expect(aboveOutstanding([row('FQ-1', '', '600'), row('FQ-1', '', '401')], ledger())).toEqual(['FQ-1'])
    expect(aboveOutstanding([row('FQ-2', '', '5000')], ledger())).toEqual([])
  })

  it('sums what is ready apart from what is booked and what is wrong', () => {
    const rows = [
      row('FQ-1', '李国华', '1', { outcome: { is: 'booked', entry: 1, isReplay: false } }),
      row('FQ-1', '李国华', '2', { outcome: { is: 'sent' } }),
      row('FQ-1', '李国华', '4'),
      row('FQ-1', '李国华', '8', { outcome: { is: 'refused', zh: '', en: '' } }),
      row('FQ-9', '', '16'),
      row('', '', ''),
    ]
    expect(sumsOf(rows, check(rows, ledger()))).toEqual({
      filled: 5, ready: 2, problems: 2, booked: 1, readyFen: 600n, allFen: 700n,
    })
  })
})

describe('the table that is taken away', () => {
  it.each([
    ['=1+1', "'=1+1"], ['+1', "'+1"], ['-1', "'-1"], ['@x', "'@x"], ['\tx', "'\tx"], ['\rx', "'\rx"], ['李=1', '李=1'],
  ])('%j is written %j', (text, safe) => expect(harmless(text)).toBe(safe))
  it('quotes each cell', () => expect(csvOf([['a"b', '=x']])).toBe('\ufeff"a""b","\'=x"\r\n'))
})
