import { target, web } from './shared.js';

/** The loader runs in other people's pages: one classic script, no imports, no globals but `Parley`. */
export default {
  root: web,
  publicDir: false,
  build: {
    target,
    outDir: `${web}dist`,
    emptyOutDir: false,
    reportCompressedSize: false,
    lib: { entry: `${web}widget/loader/index.ts`, formats: ['iife'], name: '_', fileName: () => 'parley.js' },
  },
};
