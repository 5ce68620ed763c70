// SPDX-License-Identifier: Apache-2.0
import { defineConfig } from 'vitest/config';

import { fixture } from './dev/fixture.ts';

export default defineConfig({
  // The fixture answers in place of the platform while developing; it is part of the dev servers only, never of a build.
  plugins: [fixture()],
  server: { host: '127.0.0.1', port: 5180 },
  preview: { host: '127.0.0.1', port: 5181 },
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    // What is shipped carries the licences of what it contains.
    license: { fileName: 'licences.md' },
    // MapLibre is one indivisible file of about 1 MB; it is loaded beside the first paint, not before it.
    chunkSizeWarningLimit: 1200,
  },
  test: { include: ['test/**/*.test.ts'], environment: 'node' },
});
