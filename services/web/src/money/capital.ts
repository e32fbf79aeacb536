// An amount in Chinese capitals, as vouchers bear it (支付结算办法, 银发〔1997〕393号, annex 1):
// 人民币叁仟贰佰元整. The ledger and this page pass the same vectors.
import type { Fen } from './money'

const digits = '零壹贰叁肆伍陆柒捌玖'
const places = ['', '拾', '佰', '仟']
/** Of groups of four digits, from the lowest; 亿 closes the third and the fourth together. */
const groups = ['', '万', '', '万']

/** Four digits, without zeros at their ends: 1,009 is 壹仟零玖. */
function group(value: string): string {
  let words = ''
  let isGap = false
  for (const [at, digit] of [...value].entries()) {
    if (digit === '0') {
      isGap = words !== ''
      continue
    }
    words += (isGap ? '零' : '') + digits['0123456789'.indexOf(digit)]! + places[3 - at]!
    isGap = false
  }
  return words
}

function yuanWords(yuan: string): string {
  const padded = yuan.padStart(Math.ceil(yuan.length / 4) * 4, '0')
  const parts = padded.match(/.{4}/g) ?? []
  let words = ''
  let isGap = false
  for (const [at, part] of parts.entries()) {
    const place = parts.length - 1 - at
    if (part === '0000') {
      isGap = words !== ''
    } else {
      if (words !== '' && (isGap || part.startsWith('0'))) words += '零'
      words += group(part) + groups[place]!
      isGap = false
    }
    if (place === 2) words += '亿'
  }
  return words
}

/** Of an amount that is not less than nothing. */
export function capitals(fen: Fen): string {
  const padded = fen.toString().padStart(3, '0')
  const yuan = padded.slice(0, -2).replace(/^0+/, '')
  const [jiao, cents] = [padded.slice(-2, -1), padded.slice(-1)]
  const word = (digit: string) => digits['0123456789'.indexOf(digit)]!
  if (fen === 0n) return '人民币零元整'
  let words = yuan === '' ? '' : `${yuanWords(yuan)}元`
  if (jiao === '0' && cents === '0') return `人民币${words}整`
  if (jiao !== '0') words += `${word(jiao)}角`
  else if (words !== '') words += '零'
  return `人民币${words}${cents === '0' ? '整' : `${word(cents)}分`}`
}
