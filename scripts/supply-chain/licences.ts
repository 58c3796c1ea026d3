/** A package as the lock file has it. */
export interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
}

/** Licences under which a package may be shipped with PledgeOnce, or used to build and test it. */
const allowed: ReadonlySet<string> = new Set([
  ...[
    'MIT',
    'ISC',
    '0BSD',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'Apache-2.0',
    'BlueOak-1.0.0',
    'Unlicense',
    'CC0-1.0',
  ],
  ...['Python-2.0', 'PSF-2.0', 'WTFPL'],
  // A font that the PDF library brings: it may be given on, and is not sold by itself.
  'OFL-1.1',
]);

/** Licences for what is only used to build or to test: they ask something of whoever gives the package on, and nobody does. */
const allowedForTools: ReadonlySet<string> = new Set(['MPL-2.0', 'CC-BY-3.0', 'CC-BY-4.0', 'CC BY-SA 4.0']);

/** Packages whose lock entry does not say it, or says what is not on the lists, and why they may stay. */
const reasons: Readonly<Record<string, string>> = {
  callsite: 'MIT, as its Readme says',
  cycle: 'public domain, as its source says',
  eyes: 'MIT, in its package.json under an old name of the field',
  only: 'MIT, as its Readme says',
  lightningcss: 'MPL-2.0: builds the style sheets of the console and is not part of them',
};

/** One line of the list. */
export interface Licence {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly isTool: boolean;
  /** Undefined where it may not stay. */
  readonly because: string | undefined;
}

/** What each package that the lock file names is under. */
export function licencesOf(packages: Readonly<Record<string, LockedPackage>>): readonly Licence[] {
  return Object.entries(packages).flatMap(([path, { version = '', license = '', dev = false, link }]) => {
    const at = path.lastIndexOf('node_modules/');
    if (at < 0 || link === true) return [];
    const name = path.slice(at + 'node_modules/'.length);
    return [
      {
        name,
        version,
        licence: license || 'not stated',
        isTool: dev,
        because: becauseOf(name, license, dev),
      },
    ];
  });
}

function becauseOf(name: string, licence: string, isTool: boolean): string | undefined {
  if (isAllowed(licence, isTool)) return 'on the list';
  // The library has one package for each kind of machine.
  return reasons[name.startsWith('lightningcss-') ? 'lightningcss' : name];
}

/** Of several licences one is chosen, or all hold. */
function isAllowed(licence: string, isTool: boolean): boolean {
  const bare = licence.replace(/^\((.*)\)$/, '$1');
  if (bare.includes(' OR ')) return bare.split(' OR ').some((one) => isAllowed(one, isTool));
  return bare.split(' AND ').every((one) => allowed.has(one) || (isTool && allowedForTools.has(one)));
}
