import type { CommittedBlock, TransactionStatus } from './ledger.js';

type Waiter = (status: TransactionStatus) => void;

/** Those who wait for a block or a transaction. One block wakes them all; nobody polls. */
export class CommitWaiters {
  readonly #listeners = new Set<(block: CommittedBlock) => void>();
  readonly #byTxId = new Map<string, Set<Waiter>>();
  readonly #forBlock = new Set<(open: boolean) => void>();
  readonly #closed = new AbortController();

  listen(listener: (block: CommittedBlock) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Resolves with true at the next block, with false when the signal is aborted or the ledger closes. */
  async forBlock(signal?: AbortSignal): Promise<boolean> {
    if (signal?.aborted === true || this.#closed.signal.aborted) return false;
    return new Promise((resolve) => {
      const abort = (): void => {
        finish(false);
      };
      const finish = (open: boolean): void => {
        this.#forBlock.delete(finish);
        signal?.removeEventListener('abort', abort);
        resolve(open);
      };
      this.#forBlock.add(finish);
      signal?.addEventListener('abort', abort, { once: true });
    });
  }

  /** @throws the reason of the signal, or of the ledger's closing. */
  async forTransaction(txId: string, signal?: AbortSignal): Promise<TransactionStatus> {
    const either =
      signal === undefined ? this.#closed.signal : AbortSignal.any([signal, this.#closed.signal]);
    either.throwIfAborted();
    return new Promise((resolve, reject) => {
      const waiters = this.#byTxId.get(txId) ?? new Set();
      this.#byTxId.set(txId, waiters);
      const leave = (): void => {
        waiters.delete(waiter);
        if (waiters.size === 0) this.#byTxId.delete(txId);
        either.removeEventListener('abort', abort);
      };
      const waiter: Waiter = (status) => {
        leave();
        resolve(status);
      };
      const abort = (): void => {
        leave();
        reject(either.reason as Error);
      };
      waiters.add(waiter);
      either.addEventListener('abort', abort, { once: true });
    });
  }

  announce(block: CommittedBlock): void {
    for (const listener of this.#listeners) {
      try {
        listener(block);
      } catch (error) {
        // The block is durable whatever a listener thinks of it; the fault is the listener's own to report.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
    for (const { txId, index, code } of block.transactions) {
      const waiters = this.#byTxId.get(txId);
      for (const waiter of [...(waiters ?? [])]) waiter({ block: block.number, index, code });
    }
    for (const wake of [...this.#forBlock]) wake(true);
  }

  close(): void {
    this.#closed.abort(new Error('The ledger is closed'));
    for (const wake of [...this.#forBlock]) wake(false);
  }
}
