import { ClassicLevel } from 'classic-level';
import type { Identity, IssuedCertificate } from './records.js';

type Row = Identity | IssuedCertificate | { readonly name: string };
/** One change of a batch. */
export type Change =
  | { readonly type: 'put'; readonly key: string; readonly value: Row }
  | { readonly type: 'del'; readonly key: string };

/** Identities, certificates and affiliations on disk. What `write` has acknowledged survives a crash. */
export class Store {
  readonly #db: ClassicLevel<string, Row>;

  private constructor(db: ClassicLevel<string, Row>) {
    this.#db = db;
  }

  static async open(folder: string): Promise<Store> {
    const db = new ClassicLevel<string, Row>(folder, { valueEncoding: 'json' });
    await db.open();
    return new Store(db);
  }

  async identity(id: string): Promise<Identity | undefined> {
    return (await this.#db.get(`identity\0${id}`)) as Identity | undefined;
  }

  async identities(): Promise<Identity[]> {
    return (await this.#all('identity')) as Identity[];
  }

  async certificate(serial: string, aki: string): Promise<IssuedCertificate | undefined> {
    return (await this.#db.get(`certificate\0${serial}\0${aki}`)) as IssuedCertificate | undefined;
  }

  /** The certificates of one owner, or of all. */
  async certificates(id?: string): Promise<IssuedCertificate[]> {
    if (id === undefined) return (await this.#all('certificate')) as IssuedCertificate[];
    const owned = (await this.#all(`owner\0${id}`)) as { name: string }[];
    const found = await this.#db.getMany(owned.map(({ name }) => `certificate\0${name}`));
    return found.filter((row) => row !== undefined) as IssuedCertificate[];
  }

  /** Names of all affiliations, sorted. */
  async affiliations(): Promise<string[]> {
    return ((await this.#all('affiliation')) as { name: string }[]).map(({ name }) => name);
  }

  async hasAffiliation(name: string): Promise<boolean> {
    return (await this.#db.get(`affiliation\0${name}`)) !== undefined;
  }

  /** Writes all of it or nothing, and returns when it is on disk. */
  async write(changes: readonly Change[]): Promise<void> {
    await this.#db.batch([...changes], { sync: true });
  }

  async close(): Promise<void> {
    await this.#db.close();
  }

  async #all(prefix: string): Promise<Row[]> {
    return this.#db.values({ gte: `${prefix}\0`, lt: `${prefix}\x01` }).all();
  }
}

/** Registers an identity, or replaces what is kept of it. */
export function putIdentity(identity: Identity): Change {
  return { type: 'put', key: `identity\0${identity.id}`, value: identity };
}

/** Forgets an identity; the certificates that it was issued stay. */
export function removeIdentity(id: string): Change {
  return { type: 'del', key: `identity\0${id}` };
}

/** Keeps a certificate under its serial number and authority, and lists it under its owner. */
export function putCertificate(certificate: IssuedCertificate): Change[] {
  const name = `${certificate.serial}\0${certificate.aki}`;
  return [
    { type: 'put', key: `certificate\0${name}`, value: certificate },
    { type: 'put', key: `owner\0${certificate.id}\0${name}`, value: { name } },
  ];
}

/** Makes an affiliation known, by its whole path with points. */
export function putAffiliation(name: string): Change {
  return { type: 'put', key: `affiliation\0${name}`, value: { name } };
}

/** Forgets one affiliation; those below it have keys of their own. */
export function removeAffiliation(name: string): Change {
  return { type: 'del', key: `affiliation\0${name}` };
}
