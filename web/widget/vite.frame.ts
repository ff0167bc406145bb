import { defineConfig } from 'vite';

// What the loader imports on the first click, and the banner where there is one: modules with fixed names, since they are named elsewhere.
export default defineConfig({
  publicDir: false,
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: false,
    minify: true,
    modulePreload: false,
    rolldownOptions: { input: { frame: 'src/loader/frame.ts', banner: 'src/loader/banner.ts' }, preserveEntrySignatures: 'strict', output: { format: 'es', entryFileNames: '[name].js' } },
  },
});
