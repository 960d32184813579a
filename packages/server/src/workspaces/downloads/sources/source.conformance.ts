import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../core/errors.ts';
import { listAll, never, type SourceWorld, startSourceWorld } from '../testing/source-world.ts';
import { sourceErrors } from './errors.ts';
import type { Source, SourceInput } from './source.ts';

export interface ConformanceCase {
  readonly pick: (world: SourceWorld) => Source;
  /** A token it accepts; undefined for a source without any. */
  readonly token: string | undefined;
  /** Something with at least one file that can be had with the token. */
  readonly input: (world: SourceWorld) => SourceInput;
  /** Links: those that are its own, and those that are not. */
  readonly links: (world: SourceWorld) => { own: string[]; others: string[] };
}

/** What holds for every source. */
export function describeSource(name: string, given: ConformanceCase): void {
  describe(`${name} as a source`, () => {
    let world: SourceWorld;
    let source: Source;
    beforeAll(async () => {
      world = await startSourceWorld();
      source = given.pick(world);
      if (given.token !== undefined) world.tokens[source.name] = given.token;
    });
    afterAll(() => world.close());

    it('knows its own links and no others', () => {
      const { own, others } = given.links(world);
      for (const link of own) expect(source.recognise(link), link).toBeDefined();
      for (const link of others) expect(source.recognise(link), link).toBeUndefined();
    });

    it('lists files that can be kept as JSON and found again', async () => {
      const files = await listAll(source, given.input(world));
      expect(files.length).toBeGreaterThan(0);
      for (const file of files) {
        expect(JSON.parse(JSON.stringify(file))).toEqual(file);
        expect(world.sources.ofRef(file.ref)).toBe(source.name);
        const [again] = await listAll(source, { kind: 'file', ref: file.ref });
        expect(again!.ref).toBe(file.ref);
        expect(again!.name).toBe(file.name);
        expect(again!.hashes).toEqual(file.hashes);
      }
    });

    it('gives addresses of the web, and keeps no secret in what is stored', async () => {
      const files = await listAll(source, given.input(world));
      for (const file of files) {
        const address = await source.locate(file.ref, 'start', never());
        expect(new URL(address.url).protocol).toMatch(/^https?:$/);
        const stored = JSON.stringify(file);
        if (given.token !== undefined) expect(stored).not.toContain(given.token);
        expect(stored).not.toMatch(/signature|authorization|X-Amz|Expires=/i);
      }
    });

    it('ends when it is told to, with the reason it was given', async () => {
      const reason = new Error('enough');
      const signal = AbortSignal.abort(reason);
      const [file] = await listAll(source, given.input(world));
      for (const call of [
        () => source.list(given.input(world), null, signal),
        () => source.locate(file!.ref, 'start', signal),
      ]) {
        // What needs no exchange may well be done.
        await call().then(undefined, (error: unknown) => expect(error).toBe(reason));
      }
    });

    it('throws errors of its catalogue for references and inputs that are not its own', async () => {
      for (const call of [
        () => source.list({ kind: 'file', ref: 'nobody:1' }, null, never()),
        () => source.list({ kind: 'model', source: source.name, id: '../../etc' }, null, never()),
        () => source.locate('nobody:1', 'start', never()),
        () => source.locate('', 'start', never()),
      ]) {
        const error: unknown = await call().then(
          () => null,
          (thrown: unknown) => thrown,
        );
        expect(error).toBeInstanceOf(AppError);
        expect(Object.keys(sourceErrors.catalogue)).toContain((error as AppError).code);
      }
    });

    it('lets bytes of a file pass and stops words in their place', () => {
      const facts = { name: 'model.safetensors', contentType: null, host: 'host.example' };
      source.inspectHead(Uint8Array.of(120, 0, 0, 0, 0, 0, 0, 0, 123, 34), facts);
      source.inspectHead(new Uint8Array(), facts);
      for (const words of [
        '<!doctype html><html>',
        '<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>',
        `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 1\n`,
      ])
        expect(() => source.inspectHead(Buffer.from(words), facts)).toThrow(AppError);
    });
  });
}
