// `npm run stand-in`: CivitAI and the Hugging Face hub on this machine, for trying Downloads without a network and for making
// recordings. Prints what to set and what there is; Ctrl-C ends it.
import { parseArgs } from 'node:util';
import { CIVITAI_TOKENS } from '../packages/server/src/workspaces/downloads/testing/stand-in/civitai.ts';
import { HUB_TOKEN } from '../packages/server/src/workspaces/downloads/testing/stand-in/hub.ts';
import { startStandIn } from '../packages/server/src/workspaces/downloads/testing/stand-in/stand-in.ts';

const USAGE = `npm run stand-in [-- options]
  --port N            CivitAI here, the hub at N+1, the storage at N+2. Default 8100.
  --anonymous         Files without a token; at the site nearly all want one.
  --rate BYTES        Bytes per second of one connection.
  --signed SECONDS    How long signed addresses hold. Default a day or an hour, as at the sources.
`;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8100' },
    anonymous: { type: 'boolean', default: false },
    rate: { type: 'string' },
    signed: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(USAGE);
  process.exit();
}
const port = Number(values.port);
const standIn = await startStandIn({
  ports: [port, port + 1, port + 2],
  anonymous: values.anonymous,
  ...(values.rate !== undefined && { rate: Number(values.rate) }),
  ...(values.signed !== undefined && { signedSeconds: Number(values.signed) }),
}).catch((error: NodeJS.ErrnoException) => {
  if (error.code !== 'EADDRINUSE') throw error;
  process.stderr.write(`${error.message}\nChoose other ports: npm run stand-in -- --port 8200\n`);
  process.exit(2);
});
const settings = {
  ...standIn.environment,
  KIZASHI_DOWNLOADS_CIVITAI_TOKEN: Object.keys(CIVITAI_TOKENS)[0],
  KIZASHI_DOWNLOADS_HUGGING_FACE_TOKEN: HUB_TOKEN,
};
process.stdout.write(`Start Kizashi with:
${Object.entries(settings)
  .map(([name, value]) => `  export ${name}=${value}`)
  .join('\n')}

CivitAI: models 600001 to 600014 and 600101 (48 MB), creator example_maker, collection 104.
  ${standIn.civitai.url}/models/600001
  ${standIn.civitai.url}/collections/104
  ${standIn.civitai.url}/models/600003?modelVersionId=800032   (a pickle that names os.system: quarantine)
Hugging Face: example-org/paper-lantern, example-org/gated, collection example-org/lanterns-0123456789abcdef01234567.
  ${standIn.hub.url}/example-org/paper-lantern
`);
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void standIn.close().then(() => process.exit()));
