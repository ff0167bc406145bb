import { defineConfig } from 'vite';

// The page inside the frame. Files with a hash in their name lie under `immutable/`, which the server
// lets browsers keep for ever. Addresses are relative, so that the product also works below a path.
export default defineConfig({
  base: './',
  publicDir: false,
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: false,
    minify: true,
    cssMinify: true,
    assetsInlineLimit: 0,
    modulePreload: false,
    rolldownOptions: {
      input: 'index.html',
      output: {
        entryFileNames: 'immutable/panel-[hash].js',
        // A language, loaded by those who speak it.
        chunkFileNames: 'immutable/[name]-[hash].js',
        assetFileNames: 'immutable/panel-[hash][extname]',
      },
    },
  },
});
