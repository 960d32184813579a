import { AsyncLocalStorage } from 'node:async_hooks';

const scope = new AsyncLocalStorage<{ open: boolean }>();

/** Runs the body of a transaction, remembering for everything it awaits that it is inside one. */
export async function inTransactionScope<R>(work: () => Promise<R>): Promise<R> {
  const state = { open: true };
  try {
    return await scope.run(state, work);
  } finally {
    state.open = false;
  }
}

/**
 * A second connection wanted inside a transaction is a mistake on every engine: SQLite would wait for itself
 * forever, the others would lock themselves out or write outside the transaction. Found here, at the first call.
 */
export function assertOutsideTransaction(): void {
  if (scope.getStore()?.open) {
    throw new Error('inside db.transaction(): use the transaction it passes, not db.query');
  }
}
