import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';

/** The folder `web/`, whatever the working directory is. */
export const web = fileURLToPath(new URL('..', import.meta.url));

export const alias = [
  { find: /^\$client$/, replacement: `${web}client/index.ts` },
  { find: /^\$kit$/, replacement: `${web}kit/index.ts` },
  { find: /^\$kit\//, replacement: `${web}kit/` },
];

export const plugins = (compilerOptions = {}) => [svelte({ configFile: `${web}svelte.config.js`, compilerOptions })];

/** The browsers that are promised: two years of evergreen ones. */
export const target = ['chrome128', 'firefox130', 'safari18'];

/**
 * An application of its own page. Everything is a file of its own: the pages are served under `script-src 'self'; style-src 'self'`,
 * so nothing may be inlined into the HTML.
 */
export function page(name, root, compilerOptions = {}) {
  return {
    root: `${web}${root}`,
    base: `/${name}/`,
    configFile: false,
    publicDir: false,
    resolve: { alias },
    plugins: plugins(compilerOptions),
    server: { proxy: proxied() },
    build: {
      target,
      outDir: `${web}dist/${name}`,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      manifest: 'assets/manifest.json',
      reportCompressedSize: false,
      rolldownOptions: { checks: { pluginTimings: false } },
    },
  };
}

/** In development the pages talk to a Parley on this address. */
function proxied() {
  const parley = process.env.PARLEY_URL ?? 'http://127.0.0.1:5080';
  return { '/v1': { target: parley, ws: true, changeOrigin: false }, '/parley.js': parley };
}
