import { defineConfig } from 'vite';

// What the loader imports on the first click: a module with a fixed name, since the loader names it.
export default defineConfig({
  publicDir: false,
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: false,
    minify: true,
    modulePreload: false,
    rolldownOptions: { input: 'src/loader/frame.ts', preserveEntrySignatures: 'strict', output: { format: 'es', entryFileNames: 'frame.js' } },
  },
});
