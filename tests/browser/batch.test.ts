// 批量还款 as it is done: three hundred rows from a spreadsheet, twenty of them wrong, mended, the
// paper's total, and the line cut in the middle.
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { address, at, books, entries, picture } from './kit'

interface Loan {
  loan: string
  borrower_name: string
  status: string
  outstanding: string
}
const open = async () => {
  const { loans } = await books<{ loans: Loan[] }>('/v1/loans?limit=500')
  const more = await books<{ loans: Loan[] }>(`/v1/loans?limit=500&after=${loans[loans.length - 1]!.loan}`)
  return [...loans, ...more.loans].filter((one) => one.status === 'active' && one.outstanding.length > 7)
}
const yuan = (fen: number) => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`

async function opened() {
  const page = await at('/c/batch', 'officer')
  await page.locator('[data-cell="0-0"]').waitFor()
  return page
}
async function paste(page: Page, text: string) {
  const first = page.locator('[data-cell="0-0"]')
  await first.focus()
  await first.evaluate((field, what) => {
    const data = new DataTransfer()
    data.setData('text/plain', what)
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  }, text)
}
const post = (page: Page) => page.locator('button.main')
const rows = (page: Page) => page.locator('tbody tr')
/** The county's day. */
const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date())
async function collected() {
  const all: { entry_number: number; subject: string; bank: string; cause: string }[] = []
  for (let before = ''; ; ) {
    const page = await books<{ entries: typeof all; next: number | null }>(`/v1/entries?limit=500&actor=officer&booked_on=${today}${before}`)
    all.push(...page.entries.filter((one) => one.cause === 'repayment'))
    if (page.next === null || page.next === undefined) return all
    before = `&before=${page.next}`
  }
}
const clear = (page: Page) => page.evaluate(() => indexedDB.deleteDatabase('daifu.batch'))

describe('a batch of repayments', () => {
  it('names what is wrong, takes what is mended, and books each once over a broken line', async () => {
    const loans = await open()
    const lines = Array.from({ length: 300 }, (_, at) => {
      const { loan, borrower_name } = loans[at % loans.length]!
      return [borrower_name, loan, yuan(100 + at)]
    })
    const right = lines.map((line) => [...line])
    const wrong = Array.from({ length: 20 }, (_, at) => at * 15)
    wrong.forEach((at, n) => {
      if (n % 4 === 0) lines[at]![0] = '王不对'
      if (n % 4 === 1) lines[at]![1] = `FQ-2099-00${10 + n}`
      if (n % 4 === 2) lines[at]![2] = '1666.7O'
      if (n % 4 === 3) lines[at]![2] = '9999999'
    })
    const before = await entries()
    const page = await opened()
    await paste(page, ['姓名\t贷款编号\t金额（元）', ...lines.map((line) => line.join('\t'))].join('\r\n'))
    await expect.poll(() => rows(page).count()).toBe(300)
    await expect.poll(() => page.locator('tbody tr.is-bad').count()).toBe(20)
    const says = await page.locator('tbody tr.is-bad .says').allInnerTexts()
    expect(says.filter((one) => one.includes('台账姓名是')).length).toBe(5)
    expect(says.filter((one) => one.includes('没有 FQ-2099')).length).toBe(5)
    expect(says.filter((one) => one.includes('问题在“O”')).length).toBe(5)
    expect(says.filter((one) => one.includes('超过还清要的')).length).toBe(5)
    await picture(page, 'batch-problems')

    // F8 goes from one to the next; what is typed there is checked at once.
    await page.keyboard.press('F8')
    expect(await page.evaluate(() => (document.activeElement as HTMLElement).dataset.cell)).toBe('0-2')
    for (const at of wrong)
      for (const [column, text] of [[0, right[at]![1]!], [1, right[at]![0]!], [2, right[at]![2]!]] as const)
        await page.locator(`[data-cell="${at}-${column}"]`).fill(text)
    await page.keyboard.press('Enter')
    await expect.poll(() => page.locator('tbody tr.is-bad').count()).toBe(0)

    const total = yuan(right.reduce((sum, line) => sum + Math.round(Number(line[2]) * 100), 0))
    expect(await post(page).isDisabled()).toBe(true)
    await page.getByLabel('纸面合计').fill(yuan(100))
    await page.getByText('✗ 表里是').waitFor()
    expect(await post(page).isDisabled()).toBe(true)
    await page.getByLabel('纸面合计').fill(total)
    await page.getByText('✓ 与入账合计相符').waitFor()
    expect(await entries()).toBe(before)

    // The hundredth answer is lost though it was booked, and then the line is gone.
    let sent = 0
    await page.route('**/repayments', async (route) => {
      sent += 1
      if (sent < 100) return route.continue()
      if (sent === 100) await route.fetch()
      await route.abort('connectionfailed')
    })
    await post(page).click()
    await page.getByText('停在这里').waitFor({ timeout: 60_000 })
    await picture(page, 'batch-broken')
    const context = page.context()
    await page.close()
    expect(await entries()).toBe(before + 100)

    const again = await context.newPage()
    await again.goto(`${address}/c/batch`)
    await again.getByText('没有收到回音').waitFor()
    await post(again).click()
    await expect.poll(() => again.locator('td.says a').count(), { timeout: 90_000 }).toBe(300)
    expect(await entries()).toBe(before + 300)
    const booked = (await collected()).slice(0, 300).map((one) => `${one.subject} ${one.bank}`)
    expect(booked.sort()).toEqual(right.map((line) => `${line[1]} ${line[2]}`).sort())
  }, 240_000)

  it('goes on in the same browser after the tab was closed: nothing is lost, nothing doubled', async () => {
    const loans = await open()
    const before = (await collected()).length
    const page = await opened()
    await clear(page)
    await page.goto(`${address}/c/batch`)
    await page.locator('[data-cell="0-0"]').waitFor()
    const lines = Array.from({ length: 30 }, (_, at) => [loans[at % loans.length]!.loan, loans[at % loans.length]!.borrower_name, yuan(50_000 + at)])
    await paste(page, lines.map((line) => line.join('\t')).join('\n'))
    await expect.poll(() => rows(page).count()).toBe(30)
    const total = yuan(30 * 50_000 + (29 * 30) / 2)
    await page.getByLabel('纸面合计').fill(total)
    await page.getByText('✓ 与入账合计相符').waitFor()
    let sent = 0
    await page.route('**/repayments', async (route) => {
      sent += 1
      if (sent < 12) return route.continue()
      if (sent === 12) await route.fetch()
      await route.abort('connectionfailed')
    })
    await post(page).click()
    await page.getByText('停在这里').waitFor()
    const context = page.context()
    await page.close()

    const again = await context.newPage()
    await again.goto(`${address}/c/batch`)
    await again.getByText('没有收到回音').waitFor()
    expect(await rows(again).count()).toBe(30)
    await again.getByText('✓ 与入账合计相符').waitFor()
    await post(again).click()
    await expect.poll(() => again.locator('td.says a').count(), { timeout: 60_000 }).toBe(30)
    expect(await again.getByText('已入账（没有重复）').count()).toBe(1)
    await picture(again, 'batch-done')

    const mine = (await collected()).slice(0, -before || undefined)
    expect(mine.length).toBe(30)
    const told = await again.locator('td.says a').evaluateAll((all) => all.map((one) => one.getAttribute('href')!.split('/').pop()!))
    expect(told.map((one) => parseInt(one, 10)).sort((a, b) => a - b)).toEqual(mine.map((one) => one.entry_number).sort((a, b) => a - b))
    expect(mine.map((one) => `${one.subject} ${one.bank}`).sort()).toEqual(lines.map((line) => `${line[0]} ${line[2]}`).sort())

    const [download] = await Promise.all([again.waitForEvent('download'), again.getByRole('button', { name: '下载结果' }).click()])
    const table = readFileSync(await download.path(), 'utf8')
    expect(table.trim().split('\r\n').length).toBe(31)
    expect(table).toContain(`"凭证 ${told[0]}"`)
  }, 120_000)

  it('resumes by itself when the line is back, and keeps a formula from the table', async () => {
    const loans = await open()
    const before = await entries()
    const page = await opened()
    const { loan, borrower_name } = loans[0]!
    const lines = [1, 2, 3].map((at) => `${loan}\t${borrower_name}\t${yuan(60_000 + at)}\t2026-01-0${at}x\t=1+${at}`)
    await paste(page, ['贷款编号\t姓名\t金额\t日期\t备注', ...lines].join('\n'))
    await expect.poll(() => page.locator('tbody tr.is-bad').count()).toBe(3)
    for (const at of [0, 1, 2]) await page.locator(`[data-cell="${at}-3"]`).fill('')
    await page.keyboard.press('Enter')
    await page.getByLabel('纸面合计').fill(yuan(180_006))
    await page.getByText('✓ 与入账合计相符').waitFor()
    let isCut = true
    await page.route('**/repayments', (route) => (isCut ? route.abort('connectionfailed') : route.continue()))
    await post(page).click()
    await page.getByText('停在这里').waitFor()
    isCut = false
    await expect.poll(() => page.locator('td.says a').count(), { timeout: 30_000 }).toBe(3)
    expect(await entries()).toBe(before + 3)
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '下载结果' }).click()])
    expect(readFileSync(await download.path(), 'utf8')).toContain(`"'=1+1"`)
    await page.getByRole('button', { name: '做下一批' }).click()
    await expect.poll(() => page.locator('td.says a').count()).toBe(0)
  }, 60_000)
})
