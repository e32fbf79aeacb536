// The audit desk: every screen shows what the API says, and a figure opens down to its papers.
import type { Page } from 'playwright-core'
import { at, seenBy } from './kit'

const books = <T>(path: string) => seenBy<T>('auditor', path)
const grouped = (text: string) => text.replace(/\B(?=(\d{3})+(?:\.|$))/g, ',')
const rows = (page: Page) => page.locator('tbody tr')
const filled = (page: Page) => rows(page).first().waitFor()

interface Line {
  key: string
  name: string
  lent: string
  outstanding: string
  overdue: string
}

describe('the journal', () => {
  it('shows the entries of the API, and goes on', async () => {
    const page = await at('/a/entries', 'auditor')
    await filled(page)
    const { entries } = await books<{ entries: { entry_number: number; debits: string; borrower_name: string }[] }>('/v1/entries?limit=50')
    expect(await rows(page).count()).toBe(entries.length)
    const first = await rows(page).first().innerText()
    expect(first).toContain(`${entries[0]!.entry_number}`)
    expect(first).toContain(grouped(entries[0]!.debits))
    await page.getByRole('button', { name: '再取一页' }).click()
    await expect.poll(() => rows(page).count()).toBe(100)
  })

  it('keeps its filters through a reload and Back', async () => {
    const page = await at('/a/entries', 'auditor')
    await filled(page)
    await page.getByLabel('贷款或农户编号').fill('FQ-2015-0002')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/a/entries?subject=FQ-2015-0002')
    await page.reload()
    await filled(page)
    expect(await page.getByLabel('贷款或农户编号').inputValue()).toBe('FQ-2015-0002')
    for (const row of await rows(page).all()) expect(await row.innerText()).toContain('FQ-2015-0002')
    await page.goBack()
    await page.waitForURL((url) => url.search === '')
    await expect.poll(() => rows(page).count()).toBe(50)
  })
})

describe('the trial balance', () => {
  it('has the lines of the API, feet that are equal, and says so', async () => {
    const page = await at('/a/trial-balance', 'auditor')
    await filled(page)
    const { lines, totals } = await books<{ lines: unknown[]; totals: { is_balanced: boolean }[] }>('/v1/trial-balance')
    expect(await rows(page).count()).toBe(lines.length)
    const feet = page.locator('tfoot tr')
    expect(await feet.count()).toBe(totals.length)
    for (const foot of await feet.all()) {
      const [debits, credits, says] = await foot.locator('td').allInnerTexts()
      expect(credits).toBe(debits)
      expect(says!.trim()).toBe('平')
    }
  })

  it('is asked for a day and an instant by its address', async () => {
    const page = await at('/a/trial-balance?as_of=2020-12-31&known_at=2026-11-01T09:00', 'auditor')
    await page.waitForLoadState('networkidle')
    expect(await page.locator('.note.red').count()).toBe(0)
    expect(await page.getByLabel('截至起息日').inputValue()).toBe('2020-12-31')
  })
})

describe('drilling', () => {
  it('goes from the county to an entry in four clicks, and each figure is the sum it opens', async () => {
    const page = await at('/a/drill', 'auditor')
    await filled(page)
    const { lines } = await books<{ lines: Line[] }>('/v1/statistics/portfolio?by=township')
    expect(await rows(page).count()).toBe(lines.length)
    await rows(page).first().locator('th a').click() // one: the township
    await page.waitForURL('**/a/drill?township=*')
    await page.locator('[aria-current=page]').last().waitFor()
    const cell = rows(page).first().locator('td a').first()
    await expect.poll(() => rows(page).first().locator('th a').count()).toBe(0)
    const figure = await cell.innerText()
    await cell.click() // two: a village's figure
    await page.waitForURL('**/a/explain/lent?*')
    await filled(page)
    await page.getByText(`合计 ${figure}，差 0.00`).waitFor()
    await page.locator('tbody a[href^="/c/loan/"]').first().click() // three: a loan
    await page.waitForURL('**/c/loan/*')
    await page.locator('a[href^="/a/entry/"]').first().click() // four: its entry
    await page.locator('tfoot').waitFor()
  })
})

describe('households led', () => {
  it('are shown as the API counts them, and open to themselves', async () => {
    const page = await at('/a/leading', 'auditor')
    await filled(page)
    const { county } = await books<{ county: { households_led: number } }>('/v1/statistics/leading?by=township')
    const foot = page.locator('tfoot td a').nth(1)
    expect(await foot.innerText()).toBe(`${county.households_led}`)
    expect(await page.locator('main').innerText()).toContain('不能相加')
    await foot.click()
    await page.getByRole('heading', { name: '带动农户', exact: true }).waitFor() // the table before it has rows too
    await filled(page)
    const more = page.getByRole('button', { name: '再取一页' })
    while (await more.isVisible()) {
      const before = await rows(page).count()
      await more.click()
      await expect.poll(() => rows(page).count()).toBeGreaterThan(before)
    }
    await page.getByText(`合计 ${county.households_led}，差 0`).waitFor()
  })
})

describe('the trail', () => {
  it('shows who looked, narrowed by its address', async () => {
    const page = await at('/a/trail?actor=auditor', 'auditor')
    await filled(page)
    for (const row of await rows(page).all()) expect(await row.locator('td').nth(1).innerText()).toBe('auditor')
  })
})

describe('the health check', () => {
  it('names every check and its finding', async () => {
    const page = await at('/a/health', 'auditor')
    await rows(page).first().waitFor({ timeout: 60_000 })
    const { checks } = await books<{ checks: { chinese: string; is_sound: boolean }[] }>('/v1/doctor')
    const texts = await rows(page).allInnerTexts()
    expect(texts.length).toBe(checks.length)
    checks.forEach((one, at) => {
      expect(texts[at]).toContain(one.chinese)
      if (one.is_sound) expect(texts[at]).toContain('正常')
    })
  })
})
