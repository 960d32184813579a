import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compressed } from './compressed.config.ts';

const server = `http://127.0.0.1:${process.env.KIZASHI_PORT ?? '4700'}`;

export default defineConfig({
  plugins: [react(), compressed()],
  // The server puts a fresh value in place of this on every reply; scripts and styles carry it.
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    target: 'es2023',
    // Fonts and pictures stay files: `data:` addresses are not allowed by the content policy.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // ECharts, loaded only where a chart is drawn.
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        // Merged files can need each other in a circle: without this, which page came first decided what was still undefined.
        strictExecutionOrder: true,
        // Shared files would otherwise be called after every page that uses them.
        chunkFileNames: (chunk) =>
          chunk.name.startsWith('shared~') ? 'assets/shared-[hash].js' : 'assets/[name]-[hash].js',
        codeSplitting: {
          groups: [
            // Everything the first paint needs, in one file instead of thirty.
            { name: 'start', tags: ['$initial'], priority: 2 },
            // What several pages share, in few files: on a slow line each request costs more than its bytes.
            {
              name: 'shared',
              minShareCount: 2,
              entriesAware: true,
              entriesAwareMergeThreshold: 30_000,
              priority: 1,
            },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '/api': { target: server, ws: true },
      '/health': { target: server },
    },
  },
});
