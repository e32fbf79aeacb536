import { describe, expect, it } from 'vitest'
import { textOf } from '@/money/money'
import { moneyOf } from './voucher'

const posting = (account: string, side: 'debit' | 'credit', amount: string, unit: 'CNY' | 'HOUSEHOLD' = 'CNY') => ({
  account, subkey: null, side, unit, amount,
})

describe('the money of a voucher', () => {
  it.each([
    ['a repayment, also of off-book interest', [posting('1002', 'debit', '100.00'), posting('9099', 'debit', '100.00'), posting('6011.02', 'credit', '100.00'), posting('9001', 'credit', '100.00')], '100.00'],
    ['a payout, whose fund moves beside it', [posting('1303.01', 'debit', '54000.00'), posting('2314.02', 'debit', '54000.00'), posting('1002', 'credit', '54000.00'), posting('2314.03', 'credit', '54000.00')], '54000.00'],
    ['an accrual, where no money moves', [posting('1132.01', 'debit', '5.00'), posting('6011.01', 'credit', '5.00')], '5.00'],
    ['a household, which is no money', [posting('9101', 'debit', '1.0000', 'HOUSEHOLD'), posting('9199', 'credit', '1.0000', 'HOUSEHOLD')], '0.00'],
  ])('%s', (_, postings, yuan) => {
    expect(textOf(moneyOf(postings))).toBe(yuan)
  })
})
