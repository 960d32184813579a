/** A thread that computes the share of a matrix profile that it is sent. */
import { parentPort } from 'node:worker_threads';
import type { PreparedProfile } from '../../packages/series/src/features/matrix-profile/prepare.ts';
import {
  type DiagonalRange,
  matrixProfileSlice,
} from '../../packages/series/src/features/matrix-profile/slice.ts';

parentPort!.on(
  'message',
  ({ prepared, from, to }: DiagonalRange & { prepared: PreparedProfile }) => {
    parentPort!.postMessage(matrixProfileSlice(prepared, from, to));
  },
);
