// The rules of the pages' code. Money never becomes a floating number: what would make one of a
// text is forbidden everywhere; a count is read by parseInt.
import vue from 'eslint-plugin-vue'
import accessibility from 'eslint-plugin-vuejs-accessibility'
import typescript from 'typescript-eslint'

const floats = [
  ['CallExpression[callee.name="parseFloat"]', 'no floating numbers: money/money.ts reads amounts'],
  ['CallExpression[callee.name="Number"]', 'no floating numbers: money/money.ts reads amounts'],
  ['CallExpression[callee.property.name="toFixed"]', 'no floating numbers: shown() writes amounts'],
  ['UnaryExpression[operator="+"]', 'no floating numbers: a text is not turned into one by +'],
].map(([selector, message]) => ({ selector, message }))

export default typescript.config(
  { ignores: ['src/api/schema.d.ts', 'node_modules'] },
  ...typescript.configs.strict,
  ...vue.configs['flat/recommended'],
  ...accessibility.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: typescript.parser } },
  },
  {
    rules: {
      'no-restricted-syntax': ['error', ...floats],
      '@typescript-eslint/no-non-null-assertion': 'off', // what the line before has made sure of
      'vue/multi-word-component-names': 'off',
      'vue/require-default-prop': 'off',
      // How lines are broken is not worth a rule.
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/attributes-order': 'off',
      // A label around or before its control is one; the checker of the running page sees the rest.
      'vuejs-accessibility/label-has-for': ['error', { required: { some: ['nesting', 'id'] } }],
    },
  },
  {
    files: ['src/kit/scale.ts'], // pixels are numbers; nothing that is read comes from there
    rules: { 'no-restricted-syntax': 'off' },
  },
)
