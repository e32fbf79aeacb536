// A loan's card, its commands, and the second person.
import type { Page } from 'playwright-core'
import { at, books, entries } from './kit'

const overdue = 'FQ-2015-0002'

async function filled(page: Page, fields: Record<string, string>) {
  for (const [label, value] of Object.entries(fields)) {
    const field = page.getByLabel(label, { exact: true }).first()
    if ((await field.evaluate((it) => it.tagName)) === 'SELECT') await field.selectOption(value)
    else await field.fill(value)
  }
}

describe('a loan', () => {
  it('shows what the API says of it', async () => {
    const page = await at(`/c/loan/${overdue}`, 'officer')
    const card = await books<{ principal_outstanding: string; instalments: unknown[]; events: unknown[] }>(`/v1/loans/${overdue}`)
    await page.locator('ol li').first().waitFor()
    const shown = card.principal_outstanding.replace(/\B(?=(\d{3})+\.)/g, ',')
    expect(await page.locator('.figures').innerText()).toContain(shown)
    expect(await page.locator('section table').first().locator('tbody tr').count()).toBe(card.instalments.length)
    expect(await page.locator('ol li').count()).toBe(card.events.length)
  })

  it('is found, opened and left by links, and Back works', async () => {
    const page = await at('/c/loans', 'officer')
    await page.getByRole('link', { name: overdue }).click()
    await page.waitForURL(`**/c/loan/${overdue}`)
    await page.getByRole('link', { name: '为什么是这个数' }).click()
    await page.waitForURL(`**/c/loan/${overdue}/why`)
    await page.locator('tbody tr').first().waitFor()
    await page.goBack()
    await page.waitForURL(`**/c/loan/${overdue}`)
    await page.locator('dl.figures').waitFor() // it is there, not only on its way
    await page.goBack()
    await page.waitForURL('**/c/loans')
  })

  it('offers every command that the API previews, and each form opens', async () => {
    const page = await at(`/c/loan/${overdue}`, 'officer')
    const links = await page.locator('section a.button').evaluateAll((all) => all.map((one) => one.getAttribute('href')!))
    const commands = links.filter((href) => !href.endsWith('/why') && href.startsWith('/c/loan/'))
    expect(commands.length).toBeGreaterThan(12)
    for (const href of commands) {
      await page.goto(new URL(href, page.url()).href)
      await page.locator('form button[type=submit]').waitFor()
      expect(await page.locator('h1').innerText()).not.toBe('')
    }
  })
})

describe('what two people do', () => {
  it('waits for the second, who sees the effect; then it is booked', async () => {
    const page = await at(`/c/loan/${overdue}/waive`, 'officer')
    const before = await entries()
    await page.locator('form').waitFor()
    await filled(page, { 减免哪一项: 'penalty', '金额（元）': '8.88', 原因: '受灾减免' })
    await page.getByRole('button', { name: '先看结果' }).click()
    await page.getByText('将记的凭证').waitFor()
    expect(await page.locator('form').innerText()).toContain('结清金额')
    await page.getByRole('button', { name: '确认减免' }).click()
    await page.getByText('等另一人复核').waitFor()
    expect(await entries()).toBe(before)
    const link = await page.getByRole('link', { name: '看这笔待复核业务' }).getAttribute('href')

    await page.goto(new URL(link!, page.url()).href)
    await page.getByText('本人经办，请另一位').waitFor()

    const other = await at(link!, 'checker')
    const approve = other.getByRole('button', { name: '复核通过' })
    await approve.waitFor()
    expect(await other.locator('main').innerText()).toContain('受灾减免')
    expect(await other.locator('main').innerText()).not.toContain('{')
    expect(await approve.isDisabled()).toBe(true)
    for (const box of await other.getByRole('checkbox').all()) await box.check()
    await approve.click()
    await other.getByText('已记账，凭证').waitFor()
    expect(await entries()).toBe(before + 1)
  })

  it('goes back to its maker with a reason, and nothing is booked', async () => {
    const page = await at(`/c/loan/${overdue}/charge_cost`, 'officer')
    const before = await entries()
    await page.locator('form').waitFor()
    await filled(page, { '金额（元）': '50', 原因: '诉讼费' })
    await page.getByRole('button', { name: '先看结果' }).click()
    await page.getByRole('button', { name: '确认垫付费用' }).click()
    const outcome = page.locator('.note[role=status]')
    await outcome.waitFor()
    if (!(await outcome.innerText()).includes('复核')) return expect(await entries()).toBe(before + 1)
    const link = await page.getByRole('link', { name: '看这笔待复核业务' }).getAttribute('href')
    const other = await at(link!, 'checker')
    await filled(other, { 退回或撤回的原因: '没有票据' })
    await other.getByRole('button', { name: '退回' }).click()
    await other.getByText('已退回').first().waitFor()
    expect(await entries()).toBe(before)
  })

  it('says at the field what is missing, and asks the service nothing', async () => {
    const page = await at(`/c/loan/${overdue}/waive`, 'officer')
    let asked = 0
    page.on('request', (request) => (asked += request.url().includes('/waivers') ? 1 : 0))
    await page.locator('form').waitFor()
    await page.getByRole('button', { name: '先看结果' }).click()
    await page.getByText('这一栏要填').first().waitFor()
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-invalid'))).toBe('true')
    expect(asked).toBe(0)
  })
})

describe('a household', () => {
  it('is listed by township, opened, and told something new', async () => {
    const page = await at('/c/households?township=530921206', 'officer')
    await page.getByRole('link', { name: 'N0001', exact: true }).click()
    await page.getByRole('link', { name: '人口变动' }).click()
    await page.locator('form').waitFor()
    const { persons } = await books<{ persons: number }>('/v1/households/N0001')
    await filled(page, { 人数: `${persons + 1}`, '原因（可不填）': '新生儿' })
    await page.getByRole('button', { name: '先看结果' }).click()
    await page.getByText('将记的凭证').waitFor()
    await page.getByRole('button', { name: '确认人口变动' }).click()
    await page.locator('.note[role=status]').waitFor()
    await expect.poll(async () => (await books<{ persons: number }>('/v1/households/N0001')).persons).toBe(persons + 1)
  })
})

describe('what belongs to no loan yet', () => {
  it('is applied for in a form, read back, and then is a loan that waits for approval', async () => {
    const page = await at('/c/do/propose_loan', 'officer')
    const number = `FQ-2026-${process.pid}`
    await page.locator('form').waitFor()
    await filled(page, {
      贷款编号: number,
      借款人编号: 'B0001',
      资金编号: 'F-2015',
      用途: '养牛',
      产业: 'cattle',
      '本金（元）': '2万',
      还款方式: 'equal_principal',
    })
    await page.getByText('更多选项').first().click()
    await page.getByLabel('年利率（%）（可不填）').first().fill('4.35')
    await page.getByLabel('期数（可不填）').first().fill('8')
    await page.getByLabel('数', { exact: true }).first().fill('1')
    await page.getByLabel('单位', { exact: true }).first().selectOption('quarter')
    await page.getByRole('button', { name: '核对一遍' }).click()
    await page.getByRole('button', { name: '确认贷款申请' }).click()
    await page.getByText('已登记').waitFor()
    expect(await books(`/v1/loans/${number}`)).toMatchObject({ status: 'proposed', terms: { principal: '20000.00' } })
    await page.goto(new URL(`/c/loan/${number}`, page.url()).href)
    await page.getByRole('link', { name: '审批…' }).waitFor()
  })
})
