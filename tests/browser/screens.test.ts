// Every screen in both languages: no complaint of WCAG 2.2 AA, no key where words should be, no
// scroll bar across, nothing said to the console; and its picture, to look at.
import type { Page } from 'playwright-core'
import { address, anybody, at, complaints, picture, type Wanted } from './kit'
import type { Role } from './people'

interface Seen {
  name: string
  path: string
  as: Role
  /** What is done before it is looked at. */
  then?: (page: Page) => Promise<void>
}
const overdue = 'FQ-2015-0002'

async function confirming(page: Page) {
  await page.getByRole('combobox').fill(overdue)
  await page.keyboard.press('Enter')
  await page.locator('dl.figures').waitFor()
  await page.locator('input[inputmode=decimal]:focus').waitFor()
  await page.keyboard.type('100')
  await page.keyboard.press('Enter')
  await page.locator('.strip button:focus').waitFor()
}

const screens: Seen[] = [
  { name: 'counter', path: '/c', as: 'officer' },
  { name: 'counter-confirm', path: '/c', as: 'officer', then: confirming },
  {
    name: 'counter-error',
    path: '/c',
    as: 'officer',
    then: async (page) => {
      await page.getByRole('combobox').fill(overdue)
      await page.keyboard.press('Enter')
      await page.locator('input[inputmode=decimal]:focus').waitFor()
      await page.keyboard.type('12O')
      await page.locator('[aria-invalid=true]').waitFor()
    },
  },
  { name: 'loans', path: '/c/loans', as: 'officer', then: (page) => page.locator('tbody tr').first().waitFor() },
  { name: 'loan', path: `/c/loan/${overdue}`, as: 'officer', then: (page) => page.locator('ol li').first().waitFor() },
  { name: 'loan-unknown', path: '/c/loan/FQ-1999-0001', as: 'officer' },
  { name: 'loan-why', path: `/c/loan/${overdue}/why`, as: 'officer', then: (page) => page.locator('tbody tr').first().waitFor() },
  { name: 'command-waive', path: `/c/loan/${overdue}/waive`, as: 'officer', then: (page) => page.locator('form').waitFor() },
  { name: 'command-propose', path: '/c/do/propose_loan', as: 'officer', then: (page) => page.locator('form').waitFor() },
  { name: 'command-fund', path: '/c/do/pay_into_fund', as: 'officer' },
  { name: 'others', path: '/c/do', as: 'officer' },
  { name: 'households', path: '/c/households', as: 'officer', then: (page) => page.locator('tbody tr').first().waitFor() },
  { name: 'household', path: '/c/household/N0001', as: 'officer', then: (page) => page.locator('ol li').first().waitFor() },
  { name: 'household-survey', path: '/c/household/N0001/record_survey', as: 'officer', then: (page) => page.locator('form').waitFor() },
  { name: 'no-right', path: '/c/loan/FQ-2015-0002/repay', as: 'auditor' },
  { name: 'pending-empty', path: '/c/pending', as: 'officer' },
  { name: 'entry', path: '/a/entry/2430', as: 'officer', then: (page) => page.locator('tfoot').waitFor() },
  { name: 'voucher', path: '/c/voucher/2430', as: 'officer' },
  { name: 'audit-entries', path: '/a/entries', as: 'auditor', then: (page) => page.locator('tbody tr').first().waitFor() },
  { name: 'audit-trial-balance', path: '/a/trial-balance', as: 'auditor', then: (page) => page.locator('tbody tr').first().waitFor() },
  { name: 'audit-drill', path: '/a/drill', as: 'auditor', then: (page) => page.locator('tbody tr').first().waitFor() },
  { name: 'audit-leading', path: '/a/leading', as: 'auditor', then: (page) => page.locator('tbody tr').first().waitFor() },
  { name: 'audit-explain', path: '/a/explain/lent', as: 'auditor', then: (page) => page.locator('tbody tr').first().waitFor() },
  { name: 'audit-trail', path: '/a/trail', as: 'auditor', then: (page) => page.locator('tbody tr').first().waitFor() },
  { name: 'audit-health', path: '/a/health', as: 'auditor', then: (page) => page.locator('tbody tr').first().waitFor() },
  { name: 'batch-empty', path: '/c/batch', as: 'officer', then: (page) => page.locator('[data-cell="0-0"]').waitFor() },
  {
    name: 'batch',
    path: '/c/batch',
    as: 'officer',
    then: async (page) => {
      const lines = ['FQ-2015-0002\t茶竹三\t100', 'FQ-2015-0002\t茶竹四\t200', 'FQ-2015-0018\t\t3O0', 'FQ-2099-0001\t李\t4']
      await page.locator('[data-cell="0-0"]').evaluate((field, text) => {
        const data = new DataTransfer()
        data.setData('text/plain', text)
        field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
      }, lines.join('\n'))
      await page.locator('tbody tr.is-bad').first().waitFor()
      await page.locator('.paper input').fill('100')
    },
  },
  { name: 'board', path: '/d', as: 'officer', then: (page) => page.locator('svg rect.lent').first().waitFor() },
  { name: 'people', path: '/m', as: 'administrator', then: (page) => page.locator('tbody tr').first().waitFor() },
  { name: 'nowhere', path: '/c/nothing/here/at/all', as: 'officer' },
]

const sizes: Wanted['viewport'][] = [
  { width: 1366, height: 768 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
]

describe.each(['zh-CN', 'en'] as const)('in %s', (language) => {
  it.each(screens)('$name', async ({ name, path, as, then }) => {
    const page = await at(path, as, { language })
    const said: string[] = []
    page.on('pageerror', (fault) => said.push(fault.message))
    page.on('console', (line) => {
      const isAnswer = line.text().startsWith('Failed to load resource') // a refusal, shown on the page
      if (line.type() === 'error' && !isAnswer) said.push(line.text())
    })
    await then?.(page)
    await page.waitForLoadState('networkidle')
    for (const size of sizes) {
      await page.setViewportSize(size!)
      const across = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(across, `${size!.width} wide`).toBe(0)
      if (size!.width !== 1024) await picture(page, `${name}-${language}-${size!.width}`)
    }
    expect(await complaints(page)).toEqual([])
    const text = await page.locator('body').innerText()
    const keys = /\b(shell|kit|counter|loan|batch|board|command|field|choice|figure|event|pending|entry|cause|audit)\.\w+/
    expect(text.match(keys)).toBeNull()
    if (language === 'en') expect(await page.locator('nav').first().innerText()).not.toMatch(/[\u4e00-\u9fff]/)
    expect(said).toEqual([])
  })
})

describe('at the door', () => {
  it('has no complaint, and nothing behind it can be reached', async () => {
    const page = await anybody()
    await page.goto(`${address}/c`)
    await page.locator('dialog input').first().waitFor()
    expect(await complaints(page)).toEqual([])
    await picture(page, 'sign-in')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await page.waitForTimeout(200)
    expect(await page.locator('dialog').isVisible()).toBe(true)
  })
})
