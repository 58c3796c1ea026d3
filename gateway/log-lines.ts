import { write, writeSync } from 'node:fs';

/** Lines that wait for a slow or full disk, characters; what comes beyond is dropped, and counted. */
const mostWaiting = 4 * 1024 * 1024;
/** How long a disk that took nothing is left alone. */
const patienceMs = 1_000;

/** An open file; it is told how much it has taken after whole lines, when nothing is being written to it. */
export interface LogDestination {
  readonly fd: number;
  written(bytes: number): void;
}

/**
 * Where log lines go: written beside the main thread and in order, so that a disk that is full or slow keeps nobody from
 * being answered. The usual destination of pino tries for ever on such a disk, with the whole process waiting.
 */
export class LogLines {
  readonly #to: LogDestination;
  #waiting = '';
  #writing = '';
  #dropped = 0;
  /** Of the lines that are being written, bytes. */
  #taken = 0;
  #isBusy = false;

  constructor(to: number | LogDestination) {
    this.#to = typeof to === 'number' ? { fd: to, written: () => undefined } : to;
  }

  write(line: string): void {
    if (this.#waiting.length + line.length > mostWaiting) this.#dropped += 1;
    else this.#waiting += line;
    this.#next();
  }

  /** What is left goes out as far as the disk takes it at once: the process is about to end. */
  flushSync(): void {
    try {
      // What is being written at this moment is not written twice.
      if (this.#waiting !== '') writeSync(this.#to.fd, this.#waiting);
      this.#waiting = '';
    } catch {
      // There is no other place to complain to.
    }
  }

  #next(): void {
    if (this.#isBusy || (this.#writing === '' && this.#waiting === '')) return;
    this.#isBusy = true;
    if (this.#writing === '') {
      this.#writing = this.#waiting;
      this.#waiting = '';
    }
    const bytes = Buffer.from(this.#writing);
    write(this.#to.fd, bytes, (error, written) => {
      if (error !== null) {
        setTimeout(() => {
          this.#isBusy = false;
          this.#next();
        }, patienceMs).unref();
        return;
      }
      this.#isBusy = false;
      this.#taken += written;
      this.#writing = bytes.subarray(written).toString();
      if (this.#writing === '') {
        this.#to.written(this.#taken);
        this.#taken = 0;
        this.#tellOfLoss();
      }
      this.#next();
    });
  }

  #tellOfLoss(): void {
    if (this.#dropped === 0) return;
    const line = {
      level: 40,
      time: Date.now(),
      lines: this.#dropped,
      msg: 'lines were lost: the disk did not take them',
    };
    this.#dropped = 0;
    this.#waiting += `${JSON.stringify(line)}\n`;
  }
}
