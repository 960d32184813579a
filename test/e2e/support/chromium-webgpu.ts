/**
 * WebGPU for Node out of Chromium, where npm's `webgpu` is too large to install: KIZASHI_FEATURES_GPU_MODULE can be this file.
 * Calls are written down and done in a page; only those whose answer is awaited wait for it. As much of the standard as
 * packages/series/src/gpu uses.
 */
import type { Page } from 'playwright-core';
import { CHROMIUM_NEEDS, findChromium } from './find-chromium.ts';
import { launchChromium, SOFTWARE_GPU } from './launch-chromium.ts';

/** A call of a method, or the reading of a property where there are no arguments. */
interface Call {
  readonly of: number;
  readonly name: string;
  readonly args: readonly unknown[] | null;
  /** What later calls know the result by. */
  readonly id: number;
}

const AWAITED = new Set([
  'requestAdapter',
  'requestDevice',
  'createComputePipelineAsync',
  'mapAsync',
  'popErrorScope',
]);
const GPU = 0;

/** In the page: does the calls, and answers with what is plain of the last result. */
const PAGE = `
  const things = new Map([[${GPU}, navigator.gpu]]);
  const revive = (value) => {
    if (Array.isArray(value)) return value.map(revive);
    if (typeof value !== 'object' || value === null) return value;
    if ('$thing' in value) return things.get(value.$thing);
    if ('$bytes' in value) return Uint8Array.from(atob(value.$bytes), (c) => c.charCodeAt(0));
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, revive(part)]));
  };
  const base64 = (buffer) => {
    let text = '';
    for (const byte of new Uint8Array(buffer)) text += String.fromCharCode(byte);
    return btoa(text);
  };
  window.perform = async (calls) => {
    let last, result, thing;
    for (const { of, name, args, id } of calls) {
      thing = things.get(of);
      last = name;
      result = args === null ? thing[name] : await thing[name](...args.map(revive));
      things.set(id, result);
    }
    if (last === 'mapAsync') return { bytes: base64(thing.getMappedRange()) };
    if (last === 'popErrorScope') return result && { message: result.message };
    const { info = {}, limits = {} } = result ?? {};
    const plain = (object, names) => Object.fromEntries(names.map((name) => [name, object[name]]));
    return result && {
      info: plain(info, ['vendor', 'architecture', 'device', 'description', 'isFallbackAdapter']),
      limits: plain(limits, ['maxStorageBufferBindingSize', 'maxComputeWorkgroupsPerDimension']),
    };
  };
  window.lost = async (id) => {
    const { reason, message } = await things.get(id).lost;
    return { reason, message };
  };`;

class Remote {
  readonly #page: Promise<Page>;
  #calls: Call[] = [];
  #free = GPU + 1;
  #device = GPU;
  #submissionsLeft: number;

  constructor(page: Promise<Page>, lostAfter: number) {
    this.#page = page;
    this.#submissionsLeft = lostAfter;
  }

  /** Something in the page, as if it were here. `own` is known without asking. */
  thing(id: number, own: object = {}): object {
    return new Proxy(own, {
      get: (_, name) => {
        if (typeof name === 'symbol' || name === 'then') return undefined;
        if (name === '$thing') return id;
        if (name in own) return Reflect.get(own, name);
        if (name === 'queue') return this.thing(this.#write(id, name, null));
        return (...args: unknown[]) => this.#call(id, name, args, own);
      },
    });
  }

  #write(of: number, name: string, args: readonly unknown[] | null): number {
    const id = this.#free++;
    this.#calls.push({ of, name, args: args?.map(toPlain) ?? null, id });
    return id;
  }

  #call(of: number, name: string, args: readonly unknown[], own: object): unknown {
    if (name === 'submit' && this.#submissionsLeft-- === 0)
      this.#write(this.#device, 'destroy', []);
    const id = this.#write(of, name, args);
    if (AWAITED.has(name)) return this.#answer(id, name, own);
    const [options] = args as [{ size?: number }?];
    return this.thing(id, name === 'createBuffer' ? { size: options?.size } : {});
  }

  async #answer(id: number, name: string, own: object): Promise<unknown> {
    const calls = this.#calls;
    this.#calls = [];
    const page = await this.#page;
    const answer = await page.evaluate(`window.perform(${JSON.stringify(calls)})`);
    const plain = answer as { bytes: string; limits: object } | null;
    if (name === 'popErrorScope' || plain === null) return plain;
    if (name === 'mapAsync') {
      const bytes = new Uint8Array(Buffer.from(plain.bytes, 'base64'));
      Object.assign(own, { getMappedRange: () => bytes.buffer });
      return undefined;
    }
    if (name !== 'requestDevice') return this.thing(id, plain);
    this.#device = id;
    // Never answered while the device is there; the page's end is none of its own.
    const lost = page.evaluate(`window.lost(${id})`).catch(() => new Promise(() => {}));
    return this.thing(id, { limits: plain.limits, lost });
  }
}

function toPlain(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) {
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    return { $bytes: bytes.toString('base64') };
  }
  if (Array.isArray(value)) return value.map(toPlain);
  if (typeof value !== 'object' || value === null) return value;
  const { $thing } = value as { $thing?: number };
  if ($thing !== undefined) return { $thing };
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, toPlain(part)]));
}

/** As npm's `webgpu` has it. TEST_GPU_LOST_AFTER: its devices go after so many submissions. */
export function create(): object {
  const after = Number(process.env.TEST_GPU_LOST_AFTER ?? Number.POSITIVE_INFINITY);
  return new Remote(openPage(), after).thing(GPU);
}

async function openPage(): Promise<Page> {
  const found = await findChromium();
  if (found === undefined) throw new Error(CHROMIUM_NEEDS);
  const browser = await launchChromium(found, SOFTWARE_GPU);
  const page = await browser.newPage();
  // WebGPU is for pages of trusted origins; this one needs no server.
  await page.route('http://localhost/', (route) =>
    route.fulfill({ contentType: 'text/html', body: `<script>${PAGE}</script>` }),
  );
  await page.goto('http://localhost/');
  return page;
}
