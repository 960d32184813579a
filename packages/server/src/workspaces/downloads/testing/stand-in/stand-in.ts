import type { FaultPlan } from '../faults.ts';
import { type CivitaiStandIn, startCivitai } from './civitai.ts';
import { readCivitaiData } from './civitai-data.ts';
import type { CollectionManner } from './civitai-lists.ts';
import { type HubStandIn, startHub } from './hub.ts';
import { makeHubData } from './hub-data.ts';
import { type Storage, startStorage } from './storage.ts';

export interface StandInOptions {
  /** Of CivitAI, the hub and the storage; 0 chooses. */
  readonly ports?: readonly [number, number, number];
  /** Files of CivitAI without a token. Default false, as at the site since 2024. */
  readonly anonymous?: boolean;
  readonly collections?: CollectionManner;
  /** How long signed addresses hold; default as at the sources: a day, an hour. */
  readonly signedSeconds?: number;
  /** Bytes per second of one connection to the storage. */
  readonly rate?: number;
  /** Entries of one page of a repository's files. */
  readonly treePage?: number;
}

export interface StandIn {
  readonly civitai: CivitaiStandIn;
  readonly hub: HubStandIn;
  readonly storage: Storage;
  /** Faults of the bytes' host. Those of the APIs: `civitai.interrupt`, `hub.interrupt`. */
  setFaults(plan: FaultPlan | undefined): void;
  /** What to set so that the product asks here. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** CivitAI, the Hugging Face hub and the storage behind them, on three ports of this machine. */
export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const [civitaiPort, hubPort, storagePort] = options.ports ?? [0, 0, 0];
  const data = await readCivitaiData();
  const storage = await startStorage({ port: storagePort, rate: options.rate });
  const civitai = await startCivitai(data, storage, {
    port: civitaiPort,
    anonymous: options.anonymous ?? false,
    collections: options.collections ?? 'listed',
    signedSeconds: options.signedSeconds,
  });
  const hub = await startHub(await makeHubData(data), storage, {
    port: hubPort,
    treePage: options.treePage ?? 1000,
    signedSeconds: options.signedSeconds,
  });
  return {
    civitai,
    hub,
    storage,
    setFaults: storage.setFaults,
    environment: {
      KIZASHI_DOWNLOADS_CIVITAI_URL: civitai.url,
      KIZASHI_DOWNLOADS_HUGGING_FACE_URL: hub.url,
    },
    async close() {
      await Promise.all([civitai.close(), hub.close(), storage.close()]);
    },
  };
}
