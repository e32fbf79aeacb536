// The door: a first password is changed, a telephone set up, and then it opens; what is wrong is said.
import { address, anybody, at } from './kit'
import { chosenPassword, codeOf } from './people'

const initial = JSON.parse(process.env.DAIFU_PEOPLE!) as Record<string, string>

async function entering(user: string, password: string) {
  const page = await anybody()
  await page.goto(`${address}/c`)
  const dialog = page.locator('dialog')
  await dialog.locator('input[autocomplete=username]').fill(user)
  await dialog.locator('input[type=password]').fill(password)
  await page.keyboard.press('Enter')
  return { page, dialog }
}

describe('the door', () => {
  it('says that name or password is wrong, and keeps the name', async () => {
    const { page, dialog } = await entering('yaojie', 'not the password')
    await page.getByRole('alert').waitFor()
    expect(await dialog.locator('input[autocomplete=username]').inputValue()).toBe('yaojie')
  })

  it('asks a new officer for a password of his own, refuses a poor one, and opens', async () => {
    const { page, dialog } = await entering('yaojie', initial.yaojie!)
    const wanted = dialog.locator('input[autocomplete=new-password]')
    await wanted.first().waitFor()
    const choose = async (password: string) => {
      await dialog.locator('input[autocomplete=current-password]').fill(initial.yaojie!)
      for (const at of [0, 1]) await wanted.nth(at).fill(password)
      await page.keyboard.press('Enter')
    }
    await choose('12345678')
    await page.getByRole('alert').waitFor()
    await choose(chosenPassword)
    await dialog.waitFor({ state: 'hidden' })
    await page.getByText('演示腰街经办员').waitFor()
    await page.getByRole('combobox').waitFor()
  })

  it('lets a new administrator set up his telephone, and asks for its code the next time', async () => {
    const { page, dialog } = await entering('administrator2', initial.administrator2!)
    await dialog.locator('input[autocomplete=new-password]').first().waitFor()
    await dialog.locator('input[autocomplete=current-password]').fill(initial.administrator2!)
    for (const at of [0, 1]) await dialog.locator('input[autocomplete=new-password]').nth(at).fill(chosenPassword)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: '开始绑定' }).click()
    const secret = (await dialog.locator('code').first().textContent())!.trim()
    expect(await dialog.locator('img').evaluate((it: HTMLImageElement) => it.naturalWidth)).toBeGreaterThan(100)
    await dialog.locator('input').fill(codeOf(secret))
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'hidden' })

    // One administrator asks, the other confirms, and he alone sees the first password.
    const asks = await at('/m', 'administrator')
    await asks.getByRole('button', { name: '添加人员' }).click()
    await asks.getByLabel('用户名').fill('wang.wu')
    await asks.getByLabel('名称或姓名').fill('王五')
    await asks.getByLabel('经办员').check()
    await asks.getByRole('button', { name: '提交，等另一名管理员' }).click()
    await asks.getByText('已提交，等另一名管理员确认').waitFor()
    expect(await asks.getByRole('button', { name: '确认', exact: true }).count()).toBe(0)
    await page.goto(`${address}/m`)
    await page.getByRole('button', { name: '确认', exact: true }).first().click()
    const first = (await page.locator('.note code').textContent())!
    const entered = await entering('wang.wu', first)
    await entered.dialog.locator('input[autocomplete=new-password]').first().waitFor()

    await page.getByRole('button', { name: '退出' }).click()
    await dialog.locator('input[autocomplete=username]').waitFor()
    await dialog.locator('input[autocomplete=username]').fill('administrator2')
    await dialog.locator('input[type=password]').fill(chosenPassword)
    await page.keyboard.press('Enter')
    await dialog.locator('input[autocomplete=one-time-code]').waitFor()
  })

  it('shows a screen to nobody without the right, and says who can give it', async () => {
    const { page, dialog } = await entering('yaojie', chosenPassword)
    await dialog.waitFor({ state: 'hidden' })
    await page.goto(`${address}/c/nothing`)
    await page.getByText('没有这一页').first().waitFor()
  })
})
