// The commands, each with the fields that the API's description gives it.
import list from '@/api/forms.json'

export type FieldKind =
  | 'money' | 'rate' | 'date' | 'integer' | 'text' | 'truth'
  | 'choice' | 'choices' | 'frequency' | 'list' | 'group'

export interface FormField {
  field: string
  isRequired: boolean
  kind: FieldKind
  choices?: string[]
  fields?: FormField[]
  least?: number
  most?: number
}
export interface Form {
  /** As rights are named: "approve_loan". */
  operation: string
  path: string
  /** Whether the service can say beforehand what it would change. */
  hasPreview: boolean
  fields: FormField[]
}

export const forms = list as Form[]
export const loanForms = forms.filter((form) => form.path.startsWith('/v1/loans/'))
export const householdForms = forms.filter((form) => form.path.startsWith('/v1/households/'))
/** Of no loan and no household that is there already. */
export const otherForms = forms.filter((form) => !form.hasPreview)

/** {names} of an address that somebody must give: "/v1/funds/{fund}/payments" has "fund". */
export function pathFieldsOf(form: Form): string[] {
  return [...form.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!)
}

export function formOf(operation: string): Form | undefined {
  return forms.find((form) => form.operation === operation)
}
