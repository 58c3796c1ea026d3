// Where programs are that are put together of many files; it uses nothing but Node, for it is read before anything is installed.
import { join } from 'node:path';
import { root } from './step.mjs';

export const bundledPackages = ['gateway', 'network'];

/** The programs of a package, each beside the others, one folder below `dist`. */
export const bundledOf = (name) => join(root, name, 'dist', 'bundled');

/** Written when all of them are there. */
export const sealOf = (name) => join(bundledOf(name), '.made');
