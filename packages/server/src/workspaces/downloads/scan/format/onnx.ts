import { leavesFolder } from '../archive/member-name.ts';
import type { PartContext } from '../part.ts';
import { fieldsOf, NotProtobuf } from './protobuf.ts';

/** Where a message may hold others that matter, by field: onnx.proto and TensorFlow's graph.proto. */
interface Shape {
  readonly fields: Readonly<Record<number, string>>;
}

const SHAPES: Readonly<Record<string, Shape>> = {
  model: { fields: { 7: 'graph', 20: 'training', 25: 'function' } },
  training: { fields: { 1: 'graph', 2: 'graph' } },
  function: { fields: { 7: 'node' } },
  graph: { fields: { 1: 'node', 5: 'tensor', 15: 'sparse' } },
  node: { fields: { 4: 'operator', 5: 'attribute' } },
  attribute: {
    fields: { 5: 'tensor', 6: 'graph', 10: 'tensor', 11: 'graph', 22: 'sparse', 23: 'sparse' },
  },
  sparse: { fields: { 1: 'tensor', 2: 'tensor' } },
  tensor: { fields: { 13: 'external' } },

  savedModel: { fields: { 2: 'metaGraph' } },
  metaGraph: { fields: { 2: 'graphDef' } },
  graphDef: { fields: { 1: 'nodeDef', 2: 'library' } },
  library: { fields: { 1: 'functionDef' } },
  functionDef: { fields: { 3: 'nodeDef' } },
  nodeDef: { fields: { 2: 'operator' } },
};
/** Operators that run Python, read or write files. */
const OPERATORS = new Set(
  'PyOp PyFunc PyFuncStateless EagerPyFunc ReadFile WriteFile MatchingFiles'.split(' '),
);
const MAX_DEPTH = 64;
/** Shorter than any graph. */
const SMALLEST = 16;

/** @returns false when it is no such message */
export function scanModelMessage(
  context: PartContext,
  root: 'model' | 'savedModel' | 'graphDef',
): boolean {
  const { part, findings, budget } = context;
  const { source } = part;
  if (source.size < SMALLEST) return false;
  let known = 0;
  const visit = (shape: string, from: number, to: number, depth: number): void => {
    if (depth > MAX_DEPTH) {
      findings.add('scan.limit');
      return;
    }
    for (const field of fieldsOf(source, from, to)) {
      budget.spend(1);
      const child = SHAPES[shape]?.fields[field.number];
      if (child === undefined || !field.isBytes) continue;
      known++;
      const end = field.position + field.length;
      if (child === 'operator') {
        if (
          field.length < 64 &&
          OPERATORS.has(source.read(field.position, field.length).toString('latin1'))
        ) {
          findings.add('tensorflow.operator');
        }
      } else if (child === 'external') {
        externalData(field.position, end);
      } else visit(child, field.position, end, depth + 1);
    }
  };
  const externalData = (from: number, to: number): void => {
    let key = '';
    let value = '';
    for (const field of fieldsOf(source, from, to)) {
      if (!field.isBytes || field.length > 65_536) continue;
      const text = source.read(field.position, field.length).toString('utf8');
      if (field.number === 1) key = text;
      if (field.number === 2) value = text;
    }
    if (key === 'location' && leavesFolder(value)) findings.add('onnx.external-path');
  };
  try {
    visit(root, 0, source.size, 0);
  } catch (error) {
    if (!(error instanceof NotProtobuf)) throw error;
    return false;
  }
  return known > 0;
}

/** Whether the whole content is one message, as models of sentencepiece and Core ML are. */
export function isMessage({ part: { source }, budget }: PartContext): boolean {
  let fields = 0;
  try {
    for (const field of fieldsOf(source, 0, source.size)) {
      budget.spend(1);
      if (field.number > 10_000) return false;
      fields++;
    }
  } catch (error) {
    if (!(error instanceof NotProtobuf)) throw error;
    return false;
  }
  return fields > 0;
}
