import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  bytesOf,
  global,
  HOSTILE,
  type Piece,
  proto,
  REDUCE,
  STOP,
  shortBytes,
  shortText,
  stackGlobal,
  TUPLE_1,
  uint32,
  uint64,
} from '../testing/pickle-assembler.ts';
import { scanBytes } from '../testing/scan-bytes.ts';

const verdict = (...pieces: Piece[]) => scanBytes(bytesOf(...pieces), 'a.pkl').verdict;
const imports = (...pieces: Piece[]) =>
  scanBytes(bytesOf(...pieces), 'a.pkl').imports.map(
    ({ module, name, level }) => `${module}.${name} ${level}`,
  );

describe('names', () => {
  it('are found whichever opcode brings them', () => {
    const found = ['os.system dangerous'];
    expect(imports(proto(2), global('os', 'system'), STOP)).toEqual(found);
    expect(imports("(S'true'\nios\nsystem\n.")).toEqual(found);
    expect(imports('(', global('os', 'system'), "S'true'\no.")).toEqual(found);
    expect(imports(proto(4), stackGlobal('os', 'system'), STOP)).toEqual(found);
    expect(imports(proto(4), stackGlobal('os', 'system'), ')}', 0x92, STOP)).toEqual(found);
    expect(imports('Vo\\u0073\nVsyst\\u0065m\n', 0x93, STOP)).toEqual(found);
    expect(imports("S'\\x6fs'\nS'system'\n", 0x93, STOP)).toEqual(found);
    expect(
      imports(
        proto(4),
        shortText('os'),
        0x94,
        '0',
        shortText('system'),
        0x94,
        '0h\0h',
        1,
        0x93,
        STOP,
      ),
    ).toEqual(found);
    expect(
      imports(
        shortText('os'),
        'p5\n0',
        shortText('system'),
        'r',
        uint32(300),
        '0g5\nj',
        uint32(300),
        0x93,
        STOP,
      ),
    ).toEqual(found);
  });

  it('that are computed or missing are dangerous, because nobody can tell what they are', () => {
    const computed = bytesOf(
      global('builtins', 'str'),
      shortBytes(Buffer.from('os')),
      shortText('ascii'),
      0x86,
      REDUCE,
    );
    expect(verdict(proto(4), computed, shortText('system'), 0x93, STOP)).toBe('dangerous');
    expect(verdict(proto(4), 'h', 9, shortText('system'), 0x93, STOP)).toBe('dangerous');
    expect(verdict(proto(4), 'K', 1, shortText('system'), 0x93, STOP)).toBe('dangerous');
  });

  it.each([
    ['os', 'system', 'dangerous'],
    ['__builtin__', 'eval', 'dangerous'],
    ['cPickle', 'loads', 'dangerous'],
    ['posixpath', 'os.system', 'dangerous'],
    ['json', 'codecs.sys.modules', 'dangerous'],
    ['builtins', 'str.__class__', 'dangerous'],
    ['torch', 'serialization.os.system', 'dangerous'],
    ['pathlib', 'Path.write_text', 'dangerous'],
    ['ｏｓ', 'system', 'dangerous'],
    ['os ', 'system', 'dangerous'],
    ['my.models', 'Outer.Inner', 'suspicious'],
    ['argparse', 'Namespace', 'suspicious'],
    ['mport os', 'system("x")', 'suspicious'],
    ['collections', 'OrderedDict', 'allowed'],
    ['copy_reg', '_reconstructor', 'allowed'],
    ['numpy.core.multiarray', '_reconstruct', 'allowed'],
    ['numpy._core.multiarray', 'scalar', 'allowed'],
    ['torch._utils', '_rebuild_tensor_v2', 'allowed'],
    ['torch.nn.modules.linear', 'Linear', 'allowed'],
    ['torch.storage', '_load_from_bytes', 'suspicious'],
  ])('%s %s is %s', (module, name, level) => {
    expect(scanBytes(bytesOf(proto(4), stackGlobal(module, name), STOP), 'a.pkl').imports).toEqual([
      { module, name, level },
    ]);
  });
});

describe('a broken pickle', () => {
  it('stays dangerous when the dangerous part came before the fault', () => {
    expect(verdict(HOSTILE.subarray(0, -1))).toBe('dangerous');
    expect(verdict(HOSTILE.subarray(0, -1), 0xff)).toBe('dangerous');
    expect(verdict(proto(4), 0x95, uint64(2n ** 40n), HOSTILE.subarray(2))).toBe('dangerous');
    expect(verdict(proto(2), '0000', HOSTILE.subarray(2))).toBe('dangerous');
  });

  it('is malformed when nothing else is wrong with it', () => {
    expect(verdict(proto(4), shortText('abc'))).toBe('malformed');
    expect(verdict(proto(5), 0x96, uint64(2n ** 62n), 'abc.')).toBe('malformed');
    expect(verdict(proto(2), 'T', uint32(2 ** 31 - 1), 'abc.')).toBe('malformed');
  });
});

describe('bytes around and inside', () => {
  it('are looked through: stacked pickles, what follows STOP, what lies in front, pickles as constants', () => {
    const benign = bytesOf(proto(2), '}', STOP);
    expect(verdict(benign, HOSTILE)).toBe('dangerous');
    expect(verdict(benign, Buffer.alloc(100), HOSTILE)).toBe('dangerous');
    expect(verdict(Buffer.alloc(64, 0xfe), HOSTILE)).toBe('dangerous');
    expect(verdict(proto(4), shortBytes(HOSTILE), STOP)).toBe('dangerous');
    expect(verdict(proto(4), shortBytes(gzipSync(HOSTILE)), STOP)).toBe('dangerous');
  });

  it('do not make data dangerous that only look like names', () => {
    expect(verdict(proto(4), shortText('os.system'), STOP)).toBe('clean');
    expect(verdict(proto(4), shortText('cos\nsystem'), STOP)).toBe('clean');
  });

  it('of a joblib array are read as numbers and as opcodes, for either reader may come', () => {
    const dtype = bytesOf(global('numpy', 'dtype'), shortText('i1'), 0x89, 0x88, 0x87, REDUCE);
    const wrapper = (data: Buffer) =>
      bytesOf(
        proto(4),
        global('joblib.numpy_pickle', 'NumpyArrayWrapper'),
        ')',
        0x81,
        '}(',
        shortText('shape'),
        bytesOf('K', data.length, TUPLE_1),
        shortText('dtype'),
        dtype,
        'ub',
        data,
        STOP,
      );
    expect(verdict(wrapper(Buffer.from([1, 2, 3, 0xff])))).toBe('clean');
    expect(verdict(wrapper(HOSTILE.subarray(2)))).toBe('dangerous');
  });
});

describe('resources', () => {
  it('are told when a few bytes would take gigabytes', () => {
    const reasons = (...pieces: Piece[]) => scanBytes(bytesOf(...pieces), 'a.pkl').reasons;
    expect(reasons(proto(2), '}r', uint32(2 ** 32 - 1), STOP)).toContain('pickle.resource');
    const large = bytesOf(0x8a, 6, uint64(2n ** 40n).subarray(0, 6));
    expect(
      reasons(proto(2), global('builtins', 'bytearray'), large, TUPLE_1, REDUCE, STOP),
    ).toContain('pickle.resource');
    const deep = bytesOf(proto(2), 'N', Buffer.alloc(20_000, TUPLE_1), STOP);
    expect(reasons(deep)).toContain('pickle.resource');
  });
});
