// What is typed into a form, and what of it is sent. A draft is texts; what cannot be read stays
// in the field and is said beside it.
import type { Form, FormField } from '@/kit/forms'
import { readTyped, textOf } from '@/money/money'

export type Draft = Record<string, unknown>
export type Faults = Record<string, string>

function money(value: unknown): { sent: unknown } | { fault: string } {
  const typed = readTyped(String(value))
  return 'fen' in typed ? { sent: textOf(typed.fen) } : { fault: typed.refusal }
}
function whole(value: unknown, least: number): { sent: unknown } | { fault: string } {
  const text = String(value).trim()
  const isWhole = /^\d{1,9}$/.test(text) && BigInt(text) >= BigInt(least)
  return isWhole ? { sent: parseInt(text, 10) } : { fault: 'integer' }
}
function rate(value: unknown): { sent: unknown } | { fault: string } {
  const text = String(value).trim().replace(/%$/, '')
  return /^\d{1,3}(\.\d{1,4})?$/.test(text) ? { sent: text } : { fault: 'rate' }
}
function isEmpty(value: unknown): boolean {
  if (value === undefined || value === '' || value === false) return true
  if (Array.isArray(value)) return value.every(isEmpty)
  return typeof value === 'object' && value !== null && Object.values(value).every(isEmpty)
}

function read(field: FormField, value: unknown): { sent: unknown } | { fault: string } {
  switch (field.kind) {
    case 'money':
      return money(value)
    case 'integer':
      return whole(value, field.least ?? 0)
    case 'rate':
      return rate(value)
    case 'frequency': {
      const { count = '', unit = '' } = value as { count?: string; unit?: string }
      const read = whole(count, 1)
      return 'sent' in read ? { sent: { count: read.sent, unit } } : read
    }
    case 'group': {
      const inner = bodyOf(field.fields ?? [], value as Draft)
      const first = Object.values(inner.faults)[0]
      return first ? { fault: first } : { sent: inner.body }
    }
    case 'list': {
      const rows = (value as Draft[]).map((row) => bodyOf(field.fields ?? [], row))
      const bad = rows.find((row) => Object.keys(row.faults).length > 0)
      return bad ? { fault: Object.values(bad.faults)[0]! } : { sent: rows.map((row) => row.body) }
    }
    default:
      return { sent: typeof value === 'string' ? value.trim() : value }
  }
}

/** The body to send, and by field the name of what is wrong ("required", "amount_malformed"). */
export function bodyOf(fields: FormField[], draft: Draft): { body: Draft; faults: Faults } {
  const body: Draft = {}
  const faults: Faults = {}
  for (const field of fields) {
    const value = draft[field.field]
    if (isEmpty(value) && field.kind !== 'truth') {
      if (field.isRequired) faults[field.field] = 'required'
      continue
    }
    if (isEmpty(value) && !field.isRequired) continue
    const result = read(field, value)
    if ('sent' in result) body[field.field] = result.sent
    else faults[field.field] = result.fault
  }
  return { body, faults }
}

/** What a form begins with. */
export function emptyDraft(form: Form, given: Draft = {}): Draft {
  const draft: Draft = { ...given }
  for (const field of form.fields) {
    if (field.field in draft) continue
    if (field.kind === 'choices') draft[field.field] = []
    if (field.kind === 'truth') draft[field.field] = false
    if (field.kind === 'frequency' && field.isRequired) draft[field.field] = { unit: 'month' }
    if (field.kind === 'list') draft[field.field] = [{}]
    if (field.kind === 'group') draft[field.field] = {}
  }
  return draft
}
