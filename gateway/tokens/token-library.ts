import type * as pkcs11js from 'pkcs11js';

/** The package that speaks PKCS#11, and the library of a token that it has loaded. */
export interface LoadedLibrary {
  readonly names: typeof pkcs11js;
  readonly calls: pkcs11js.PKCS11;
}

/** A token cannot be used; the message says what of it. */
export class TokenError extends Error {
  override readonly name = 'TokenError';
}

/** A process loads and initialises a library once, however many organisations it serves. */
const loaded = new Map<string, Promise<LoadedLibrary>>();

/**
 * Loads the library of a token's maker.
 *
 * @throws TokenError when the package that speaks PKCS#11 is not installed, or the library cannot be loaded.
 */
export async function loadLibrary(file: string): Promise<LoadedLibrary> {
  const present = loaded.get(file);
  if (present !== undefined) return present;
  const loading = load(file);
  loaded.set(file, loading);
  loading.catch(() => loaded.delete(file));
  return loading;
}

async function load(file: string): Promise<LoadedLibrary> {
  let names: typeof pkcs11js;
  try {
    // Optional: it is compiled where it is installed, and most gateways need none.
    names = (await import('pkcs11js')).default;
  } catch (cause) {
    throw new TokenError(
      'A token is configured, and the package pkcs11js is not built here: npm rebuild pkcs11js',
      { cause },
    );
  }
  const calls = new names.PKCS11();
  try {
    calls.load(file);
    // Signatures are made on other threads; a library that is not told so guards nothing against it, and crashes.
    calls.C_Initialize({ flags: names.CKF_OS_LOCKING_OK });
  } catch (cause) {
    throw new TokenError(`The library of the token cannot be loaded: ${file}`, { cause });
  }
  process.once('exit', () => {
    calls.C_Finalize();
    calls.close();
  });
  return { names, calls };
}
