const noHtml = ['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'setHTMLUnsafe', 'write'];

export default [
  { ignores: ['vendor/', 'node_modules/'] },
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'array-callback-return': 'error',
      'consistent-return': 'error',
      curly: ['error', 'multi-line'],
      eqeqeq: 'error',
      'max-len': ['error', { code: 120 }],
      'max-lines': ['error', 300],
      'no-console': 'error',
      'no-eval': 'error',
      'no-implicit-globals': 'error',
      'no-restricted-globals': ['error', { name: 'localStorage', message: 'A killed page loses it; use js/db.js.' }],
      'no-restricted-properties': ['error', ...noHtml.map((property) => ({ property, message: 'Use a template.' }))],
      'no-shadow': 'error',
      'no-undef': 'off', // tsc knows the names better
      'no-unused-vars': 'error',
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      'require-await': 'error',
    },
  },
];
