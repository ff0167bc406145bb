import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

const server = process.env.HYPERCARE_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [sveltekit()],
  server: { proxy: { '/api': server, '/chat': server } },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
