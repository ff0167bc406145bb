import { defineConfig } from 'vite';

// The loader runs on other people's pages: one file with a fixed name, no module, nothing on `window`
// but its guard. It is built first and empties `dist`; the rest is built into what it leaves.
export default defineConfig({
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: true,
    minify: true,
    lib: { entry: 'src/loader/chat.ts', formats: ['iife'], name: 'hypercareChat', fileName: () => 'chat.js' },
  },
});
