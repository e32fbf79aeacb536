// 收回贷款 as an officer does it: by keyboard, with a queue, on a bad line.
import type { Page } from 'playwright-core'
import { at, books, entries } from './kit'
import { chosenPassword } from './people'

const overdue = 'FQ-2015-0002'

async function searchBox(page: Page) {
  const box = page.getByRole('combobox')
  await box.waitFor()
  return box
}
/** Finds the loan and stands in the amount. */
async function atAmount(page: Page) {
  await (await searchBox(page)).fill(overdue)
  await page.keyboard.press('Enter')
  await page.locator('input[inputmode=decimal]:focus').waitFor()
  await page.locator('dl.figures').waitFor()
}
async function atConfirm(page: Page, amount: string) {
  await atAmount(page)
  await page.keyboard.type(amount)
  await page.keyboard.press('Enter')
  await page.locator('.strip button:focus').waitFor()
}
const done = (page: Page) => page.locator('.note[role=status]')

describe('the counter', () => {
  it('takes a repayment by keyboard alone, and the cursor is back in the search', async () => {
    const page = await at('/c', 'officer')
    const before = await entries()
    await atConfirm(page, '12.34')
    expect(await page.locator('.strip').textContent()).toContain('人民币壹拾贰元叁角肆分')
    expect(await entries()).toBe(before)
    await page.keyboard.press('Enter')
    await done(page).waitFor()
    expect(await done(page).textContent()).toContain('12.34')
    expect(await entries()).toBe(before + 1)
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('combobox')
    await page.getByText('今天已收').first().waitFor()
    await expect.poll(() => page.locator('section li').first().textContent()).toContain('12.34')
    const { entries: list } = await books<{ entries: { bank: string; actor: string }[] }>('/v1/entries?limit=1')
    expect(list[0]).toMatchObject({ bank: '12.34', actor: 'officer' })
  })

  it('never chooses between two people: both are shown, and Enter waits', async () => {
    const page = await at('/c', 'officer')
    const { loans } = await books<{ loans: { loan: string; status: string }[] }>('/v1/loans?limit=500')
    const ends = loans.filter((one) => one.status === 'active').map((one) => one.loan.slice(-2))
    await (await searchBox(page)).fill(ends.find((end, at) => ends.indexOf(end) !== at)!)
    await expect.poll(() => page.getByRole('option').count()).toBeGreaterThan(1)
    await page.keyboard.press('Enter')
    await page.waitForTimeout(300)
    expect(await page.locator('input[inputmode=decimal]').count()).toBe(0)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.locator('input[inputmode=decimal]:focus').waitFor()
  })

  it('offers what is due, selected, so that typing replaces it', async () => {
    const page = await at('/c', 'officer')
    await atAmount(page)
    const { payoff } = await books<{ payoff: string }>(`/v1/loans/${overdue}`)
    await expect.poll(() => page.locator('input[inputmode=decimal]').inputValue()).toBe(payoff)
    await page.keyboard.type('5')
    expect(await page.locator('input[inputmode=decimal]').inputValue()).toBe('5')
  })

  it('books nothing for one Enter however long it is held, and once for the second', async () => {
    const page = await at('/c', 'officer')
    const before = await entries()
    await atAmount(page)
    await page.keyboard.type('1')
    for (let i = 0; i < 20; ++i) await page.keyboard.down('Enter') // the first presses, others repeat
    await page.locator('.strip button').waitFor()
    await page.waitForTimeout(300)
    expect(await entries()).toBe(before)
    await page.keyboard.up('Enter')
    await page.locator('.strip button:focus').waitFor()
    for (let i = 0; i < 12; ++i) await page.keyboard.down('Enter')
    await page.keyboard.up('Enter')
    await done(page).waitFor()
    expect(await entries()).toBe(before + 1)
  })

  it('takes an Enter that confirms a candidate of an input method for no Enter', async () => {
    const page = await at('/c', 'officer')
    await atAmount(page)
    for (const how of [{ isComposing: true }, { keyCode: 229 }]) {
      await page.locator('input[inputmode=decimal]').evaluate((field, init) => {
        field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, ...init }))
      }, how)
    }
    await page.waitForTimeout(300)
    expect(await page.locator('.strip').count()).toBe(0)
  })

  it('books a double click once', async () => {
    const page = await at('/c', 'officer')
    const before = await entries()
    await atConfirm(page, '2')
    await page.locator('.strip button').dblclick()
    await done(page).waitFor()
    expect(await entries()).toBe(before + 1)
  })

  it('says what is no amount, and keeps what was typed', async () => {
    const page = await at('/c', 'officer')
    await atAmount(page)
    await page.keyboard.type('1666.7O')
    await page.keyboard.press('Enter')
    await page.getByText('“1666.7O”不是金额，问题在“O”').waitFor()
    expect(await page.locator('input[inputmode=decimal]').inputValue()).toBe('1666.7O')
    expect(await page.locator('.strip').count()).toBe(0)
  })

  it('loses nothing and doubles nothing when the line breaks after it was booked', async () => {
    const page = await at('/c', 'officer')
    const before = await entries()
    await atConfirm(page, '3.21')
    let cuts = 0
    await page.route('**/repayments', async (route) => {
      if (cuts++ > 0) return route.continue()
      await route.fetch() // the service booked it
      await route.abort() // and nobody heard
    })
    await page.keyboard.press('Enter')
    await page.getByText('不等于没有记账').waitFor()
    expect(await entries()).toBe(before + 1)
    await page.keyboard.press('Enter') // the same amount, the same key
    await page.locator('.strip button:focus').waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('没有重复入账').waitFor()
    expect(await entries()).toBe(before + 1)
  })

  it('keeps the draft when the session is over, and goes on after signing in again', async () => {
    const page = await at('/c', 'officer')
    const before = await entries()
    await atAmount(page)
    await page.keyboard.type('4.56')
    await page.context().clearCookies()
    await page.keyboard.press('Enter')
    await page.locator('dialog input[type=password]').waitFor()
    await page.locator('dialog input[autocomplete=username]').fill('officer')
    await page.locator('dialog input[type=password]').fill(chosenPassword)
    await page.keyboard.press('Enter')
    await page.locator('.strip button:focus').waitFor()
    await page.keyboard.press('Enter')
    await done(page).waitFor()
    expect(await done(page).textContent()).toContain('4.56')
    expect(await entries()).toBe(before + 1)
  })

  it('lets two officers serve one loan: both are booked, each once', async () => {
    const [one, other] = [await at('/c', 'officer'), await at('/c', 'officer')]
    const before = await entries()
    await atConfirm(one, '5')
    await atConfirm(other, '5')
    await Promise.all([one.keyboard.press('Enter'), other.keyboard.press('Enter')])
    await Promise.all([done(one).waitFor(), done(other).waitFor()])
    expect(await entries()).toBe(before + 2)
  })

  it('steps back by Escape, one step at a time', async () => {
    const page = await at('/c', 'officer')
    await atConfirm(page, '6')
    await page.keyboard.press('Escape')
    await page.locator('input[inputmode=decimal]:focus').waitFor()
    expect(await page.locator('.strip').count()).toBe(0)
    await page.keyboard.press('Escape')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('combobox')
  })
})
