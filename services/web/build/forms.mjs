// Takes from the API's description what each command wants to be told, so that every one of them
// has a form: a field that the description gains, the form gains. What bears an idempotency key is a
// command. Writes src/api/forms.json.
import yaml from 'js-yaml'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const spec = yaml.load(readFileSync(here('../../api/openapi.yaml'), 'utf8'))

function found(reference) {
  return reference
    .slice(2)
    .split('/')
    .reduce((at, step) => at[step], spec)
}

/** A schema without references and alternatives with null, with the name it was referred to by. */
function resolved(schema, name = '') {
  if (schema.$ref) return resolved(found(schema.$ref), schema.$ref.split('/').at(-1))
  const choices = schema.oneOf ?? schema.anyOf
  if (choices) return resolved(choices.find((one) => one.type !== 'null'), name)
  if (schema.allOf) return schema.allOf.map((one) => resolved(one, name)).reduce(merged)
  return { ...schema, name }
}
function merged(left, right) {
  return {
    ...left,
    ...right,
    properties: { ...left.properties, ...right.properties },
    required: [...(left.required ?? []), ...(right.required ?? [])],
  }
}

function kindOf(schema) {
  if (schema.enum) return { kind: 'choice', choices: schema.enum.filter((one) => one !== null) }
  if (schema.name === 'Money' || schema.name === 'PositiveMoney') return { kind: 'money' }
  if (schema.name === 'Rate') return { kind: 'rate' }
  if (schema.name === 'Frequency') return { kind: 'frequency' }
  if (schema.format === 'date') return { kind: 'date' }
  const type = Array.isArray(schema.type) ? schema.type.find((one) => one !== 'null') : schema.type
  if (type === 'integer') return { kind: 'integer', least: schema.minimum ?? 0 }
  if (type === 'boolean') return { kind: 'truth' }
  if (type === 'array') {
    const item = resolved(schema.items)
    if (item.enum) return { kind: 'choices', choices: item.enum }
    return { kind: 'list', fields: fieldsOf(item) }
  }
  if (type === 'object') return { kind: 'group', fields: fieldsOf(schema) }
  return { kind: 'text', most: schema.maxLength ?? 200 }
}

function fieldsOf(schema) {
  const required = new Set(schema.required ?? [])
  return Object.entries(schema.properties ?? {}).map(([field, of]) => ({
    field,
    isRequired: required.has(field),
    ...kindOf(resolved(of)),
  }))
}

const bearsKey = (post) =>
  (post?.parameters ?? []).some((one) => one.$ref?.endsWith('/IdempotencyKey'))

/** A photograph is no form. */
const bringsFile = (post) => !post.requestBody.$ref && !post.requestBody.content['application/json']

const forms = Object.entries(spec.paths)
  .filter(([, { post }]) => bearsKey(post) && !bringsFile(post))
  .map(([path, { post }]) => ({
    operation: snake(post.operationId),
    path,
    hasPreview: `${path}/preview` in spec.paths,
    fields: fieldsOf(bodyOf(post.requestBody)),
  }))

/** approveLoan → approve_loan, as rights are named. */
function snake(name) {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

function bodyOf(body) {
  const whole = body.$ref ? found(body.$ref) : body
  return resolved(whole.content['application/json'].schema)
}

writeFileSync(here('../src/api/forms.json'), `${JSON.stringify(forms, null, 1)}\n`)
