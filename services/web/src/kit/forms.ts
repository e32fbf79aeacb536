// The commands that have a preview, each with the fields that the API's description gives it.
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
  fields: FormField[]
}

export const forms = list as Form[]
export const loanForms = forms.filter((form) => form.path.startsWith('/v1/loans/'))
export const householdForms = forms.filter((form) => form.path.startsWith('/v1/households/'))

export function formOf(operation: string): Form | undefined {
  return forms.find((form) => form.operation === operation)
}
