import { alias, plugins, web } from './shared.js';

export default {
  root: web,
  resolve: { alias },
  plugins: plugins(),
  test: {
    include: ['{client,kit,widget,console}/**/*.test.ts'],
    environment: 'node',
    restoreMocks: true,
  },
};
