// Money is whole fen in a bigint: never a JavaScript number, which has no exact fen. On the wire it
// is yuan as decimal text ("3200.00").

/** Fen. */
export type Fen = bigint

/** One amount, as the ledger bounds it: 10 000 billion yuan. */
export const largest: Fen = 1_000_000_000_000_000n

export type AmountRefusal = 'amount_malformed' | 'amount_too_large'
export type Parsed = { fen: Fen } | { refusal: AmountRefusal }

/** The form of the wire: yuan with at most two decimals, no sign but a minus, no blanks. */
export function parse(text: string): Parsed {
  const parts = /^(-?)(0|[1-9]\d*)(?:\.(\d{1,2}))?$/.exec(text)
  if (!parts) return { refusal: 'amount_malformed' }
  const [, sign, yuan, decimals] = parts
  const fen = BigInt(yuan! + (decimals ?? '').padEnd(2, '0'))
  if (fen > largest) return { refusal: 'amount_too_large' }
  return { fen: sign ? -fen : fen }
}

/** An amount that the service sent. Throws where it is none: that is a fault, not an input. */
export function fenOf(text: string): Fen {
  const parsed = parse(text)
  if ('refusal' in parsed) throw new Error(`not an amount: ${text}`)
  return parsed.fen
}

/** As it is sent: "3200.00". */
export function textOf(fen: Fen): string {
  const digits = (fen < 0n ? -fen : fen).toString().padStart(3, '0')
  return `${fen < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** As it is read: "3,200.00". */
export function shown(fen: Fen): string {
  const [yuan, decimals] = textOf(fen).split('.')
  return `${yuan!.replace(/\B(?=(\d{3})+$)/g, ',')}.${decimals}`
}

/** What the service sent, as it is read. */
export function shownText(text: string): string {
  return shown(fenOf(text))
}

const fullWidth = '０１２３４５６７８９．，'
const halfWidth = '0123456789.,'

/** Full-width digits and Chinese stops, as an input method leaves them. */
function halved(text: string): string {
  const half = [...text].map((c) => {
    const at = fullWidth.indexOf(c)
    return at < 0 ? c : halfWidth[at]!
  })
  return half.join('').replace(/[。]/g, '.').replace(/[、]/g, ',')
}

export type TypedRefusal = AmountRefusal | 'amount_not_positive' | 'amount_empty'
export type Typed =
  | { fen: Fen }
  | {
      refusal: TypedRefusal
      /** The first character that no amount has, where one is to blame. */
      culprit?: string
    }

/**
 * What somebody typed for an amount that must be more than nothing: "3,200", "３２００", "3200。5",
 * "3.2万", "¥3200", "3200元". Thousands commas must stand where they belong.
 */
export function readTyped(text: string): Typed {
  let rest = halved(text).replace(/\s/g, '')
  if (rest === '') return { refusal: 'amount_empty' }
  rest = rest.replace(/^[¥￥]/, '').replace(/元$/, '')
  const isTenThousands = rest.endsWith('万')
  if (isTenThousands) rest = rest.slice(0, -1)
  const culprit = /[^\d.,-]/.exec(rest)?.[0]
  if (culprit) return { refusal: 'amount_malformed', culprit }
  if (rest.includes(',')) {
    if (!/^\d{1,3}(,\d{3})+(\.\d*)?$/.test(rest)) return { refusal: 'amount_malformed', culprit: ',' }
    rest = rest.replace(/,/g, '')
  }
  if (isTenThousands) {
    const moved = /^(\d+)(?:\.(\d{0,6}))?$/.exec(rest)
    if (!moved) return { refusal: 'amount_malformed' }
    const decimals = (moved[2] ?? '').padEnd(6, '0')
    rest = `${moved[1]}${decimals.slice(0, 4)}.${decimals.slice(4)}`
  }
  rest = rest.replace(/\.$/, '').replace(/^0+(?=\d)/, '').replace(/^\./, '0.')
  const parsed = parse(rest)
  if ('refusal' in parsed) return parsed
  if (parsed.fen <= 0n) return { refusal: 'amount_not_positive' }
  return parsed
}
