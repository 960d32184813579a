import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = `http://127.0.0.1:${process.env.KIZASHI_PORT ?? '4700'}`;

export default defineConfig({
  plugins: [react()],
  // The server puts a fresh value in place of this on every reply; scripts and styles carry it.
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    target: 'es2023',
    // Fonts and pictures stay files: `data:` addresses are not allowed by the content policy.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  server: {
    proxy: {
      '/api': { target: server, ws: true },
      '/health': { target: server },
    },
  },
});
