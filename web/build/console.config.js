import { readFileSync } from 'node:fs';
import { page, web } from './shared.js';

/** What makes the console an app that can be put on a home screen: its manifest and icons, at addresses that stay. */
function installable() {
  const app = `${web}console/app/`;
  return {
    name: 'parley:installable',
    generateBundle() {
      for (const file of ['app.webmanifest', 'icon-192.png', 'icon-512.png']) this.emitFile({ type: 'asset', fileName: file, source: readFileSync(app + file) });
    },
    transformIndexHtml: {
      order: 'post',
      handler: (html, { path }) => (path.endsWith('door.html') ? html : [
        { tag: 'link', attrs: { rel: 'manifest', href: '/console/app.webmanifest' }, injectTo: 'head' },
        { tag: 'link', attrs: { rel: 'apple-touch-icon', href: '/console/icon-192.png' }, injectTo: 'head' },
      ]),
    },
  };
}

const config = page('console', 'console');
config.plugins.push(installable());
// Two pages of one build: the console, and the door before it (set-up, invitations, forgotten passwords); and what runs while it is closed, at an address that stays.
config.build.rolldownOptions = {
  ...config.build.rolldownOptions,
  input: { index: `${web}console/index.html`, door: `${web}console/door.html`, worker: `${web}console/worker.js` },
  output: { entryFileNames: (chunk) => (chunk.name === 'worker' ? 'worker.js' : 'assets/[name]-[hash].js') },
};

export default config;
