import { tmpdir } from 'node:os';
import { type Browser, chromium } from 'playwright-core';
import type { Chromium } from './find-chromium.ts';

/** WebGPU by SwiftShader, a Vulkan on the processor that Chromium brings: the same on every machine. */
export const SOFTWARE_GPU = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

export function launchChromium(
  { executable, env }: Chromium,
  graphics: readonly string[],
): Promise<Browser> {
  return chromium.launch({
    executablePath: executable,
    env: { PATH: process.env.PATH ?? '', HOME: tmpdir(), ...env },
    args: [
      '--no-sandbox',
      ...graphics,
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
