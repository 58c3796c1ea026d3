import type { ReactNode } from 'react';

export interface Column<T> {
  /** The heading is the text `field.` and this. */
  readonly name: string;
  readonly show: (item: T) => ReactNode;
  /** What stands in an exported file. */
  readonly text: (item: T) => string;
  readonly isNumber?: boolean;
}

export interface PageOfItems<T> {
  readonly items: readonly T[];
  readonly next?: string | undefined;
}
