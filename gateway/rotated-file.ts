import { closeSync, fstatSync, mkdirSync, openSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import type { LogDestination } from './log-lines.js';
import { isMissing } from './people/private-file.js';

export interface Rotation {
  /** From how many bytes on another file is begun. */
  readonly bytes: number;
  /** How many are kept, the present one among them. */
  readonly files: number;
}

const usual: Rotation = { bytes: 50 * 1024 * 1024, files: 10 };

/**
 * A log file that is followed by another when it is full: `gateway.log`, and before it `gateway.log.1`, `.2` and so on. A line
 * stands whole in one of them, and what a former process has written stays.
 */
export class RotatedFile implements LogDestination {
  readonly #file: string;
  readonly #rotation: Rotation;
  #fd: number;
  #size: number;

  private constructor(file: string, rotation: Rotation) {
    this.#file = file;
    this.#rotation = rotation;
    this.#fd = openSync(file, 'a', 0o640);
    this.#size = fstatSync(this.#fd).size;
  }

  /** @throws Error when it cannot be written. */
  static open(file: string, rotation: Rotation = usual): RotatedFile {
    mkdirSync(dirname(file), { recursive: true });
    return new RotatedFile(file, rotation);
  }

  get fd(): number {
    return this.#fd;
  }

  written(bytes: number): void {
    this.#size += bytes;
    if (this.#size >= this.#rotation.bytes) this.#begin();
  }

  /** On a disk that does not let it, the present file goes on. */
  #begin(): void {
    try {
      for (let number = this.#rotation.files - 1; number > 0; number--) this.#move(number - 1, number);
      const next = openSync(this.#file, 'a', 0o640);
      closeSync(this.#fd);
      this.#fd = next;
      this.#size = 0;
    } catch {
      this.#size = 0;
    }
  }

  #move(from: number, to: number): void {
    const name = (number: number) => (number === 0 ? this.#file : `${this.#file}.${number}`);
    try {
      renameSync(name(from), name(to));
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }
}
