import { describe, expect, it } from 'vitest'
import { type FormField, formOf } from '@/kit/forms'
import { bodyOf, emptyDraft } from './draft'
import { differences } from './differences'

const field = (kind: FormField['kind'], more: Partial<FormField> = {}): FormField => ({
  field: 'it',
  isRequired: true,
  kind,
  ...more,
})

describe('what is typed into a form', () => {
  it.each([
    ['money', '3.2万', '32000.00'],
    ['money', '1,000', '1000.00'],
    ['rate', '4.35%', '4.35'],
    ['integer', ' 12 ', 12],
    ['text', ' 受灾 ', '受灾'],
    ['truth', false, false],
    ['choices', ['illness'], ['illness']],
    ['frequency', { count: '3', unit: 'month' }, { count: 3, unit: 'month' }],
  ] as const)('%s %j is sent as %j', (kind, typed, sent) => {
    expect(bodyOf([field(kind)], { it: typed })).toEqual({ body: { it: sent }, faults: {} })
  })

  it.each([
    ['money', '12O', 'amount_malformed'],
    ['money', '', 'required'],
    ['rate', '4.35678', 'rate'],
    ['integer', '1.5', 'integer'],
    ['integer', '-1', 'integer'],
    ['choices', [], 'required'],
    ['frequency', { unit: 'month' }, 'integer'],
    ['frequency', {}, 'required'],
  ] as const)('%s %j is blamed: %s', (kind, typed, fault) => {
    expect(bodyOf([field(kind)], { it: typed })).toEqual({ body: {}, faults: { it: fault } })
  })

  it('leaves out what may be left out', () => {
    const optional = (kind: FormField['kind']) => field(kind, { isRequired: false, fields: [field('money')] })
    for (const kind of ['money', 'date', 'truth', 'group', 'list'] as const)
      expect(bodyOf([optional(kind)], emptyDraft({ operation: '', path: '', hasPreview: false, fields: [optional(kind)] })).body).toEqual({})
  })

  it('makes the body of a loan that is applied for', () => {
    const form = formOf('propose_loan')!
    const draft = emptyDraft(form, {
      loan: 'FQ-1',
      borrower: 'B0001',
      fund: 'F-2015',
      purpose: '养牛',
      industry: 'cattle',
      terms: { principal: '5万', annual_rate: '4.75', method: 'at_maturity', matures_on: '2027-11-28', grace: {} },
    })
    expect(bodyOf(form.fields, draft)).toEqual({
      faults: {},
      body: {
        loan: 'FQ-1',
        borrower: 'B0001',
        fund: 'F-2015',
        purpose: '养牛',
        industry: 'cattle',
        terms: { principal: '50000.00', annual_rate: '4.75', method: 'at_maturity', matures_on: '2027-11-28' },
      },
    })
  })
})

describe('two states of a loan', () => {
  it('differ in the figures that changed, groups opened, tables left out', () => {
    const before = { status: 'active', owed: { interest: '5.00', penalty: '0.00' }, positions: { bank: '1.00' }, payoff: '5.00' }
    const after = { status: 'settled', owed: { interest: '0.00', penalty: '0.00' }, positions: { bank: '6.00' }, payoff: null }
    expect(differences(before, after)).toEqual([
      { name: 'status', before: 'active', after: 'settled' },
      { name: 'owed_interest', before: '5.00', after: '0.00' },
      { name: 'payoff', before: '5.00', after: '' },
    ])
  })
})
