import { createTransferEngine } from '../transfer/engine.ts';

// A process that fetches one file and is killed while it does. `node transfer-victim.ts URL PART PIECE_BYTES CONNECTIONS [SHA256]`

const [url = '', partPath = '', pieceBytes, connections, sha256] = process.argv.slice(2);
const engine = createTransferEngine();
engine.onSample(([sample]) => process.stdout.write(`${JSON.stringify(sample)}\n`));
const result = await engine.start({
  id: 'victim',
  locate: async () => ({ url, headers: {} }),
  partPath,
  expected: { hashes: sha256 ? { sha256 } : {} },
  alsoHash: [],
  limits: { connections: Number(connections), pieceBytes: Number(pieceBytes) },
}).done;
process.stdout.write(`${JSON.stringify({ result })}\n`);
await engine.stop();
