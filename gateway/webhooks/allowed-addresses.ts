import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** An address to which nothing is sent: it lies in a network that outsiders must not reach through the gateway. */
export class AddressNotAllowedError extends Error {
  override readonly name = 'AddressNotAllowedError';
}

/**
 * Where webhooks may be. Whoever may set one up chooses an address that the gateway calls from inside the organisation's
 * network: only public addresses, over TLS, unless the configuration names a network. Looked at where the connection is
 * made, for the very address that is called: a name may lead elsewhere every time it is asked for.
 */
export class AllowedAddresses {
  readonly #networks: readonly ReturnType<typeof ipaddr.parseCIDR>[];

  /** @param networks in CIDR notation. @throws Error when one is not. */
  constructor(networks: readonly string[]) {
    this.#networks = networks.map((network) => ipaddr.parseCIDR(network));
  }

  /**
   * Refuses what can be told from the address alone.
   *
   * @throws AddressNotAllowedError
   */
  assertUrl({ protocol, hostname, username, password, hash }: URL): void {
    if (protocol !== 'https:' && protocol !== 'http:')
      throw refusal('begins with neither https:// nor http://');
    if (username !== '' || password !== '') throw refusal('holds a user or a password');
    if (hash !== '') throw refusal('ends with a fragment');
    const literal = hostname.replace(/^\[(.*)\]$/, '$1');
    if (isIP(literal) !== 0) this.#assertAddress(literal, protocol);
    else if (protocol === 'http:' && this.#networks.length === 0) throw refusal('is not encrypted');
  }

  /** Finds the address of a name for a connection of this protocol, and refuses one that is not allowed. */
  lookupFor(protocol: string): LookupFunction {
    return (hostname, options, done) => {
      lookup(hostname, { ...options, all: true }, (error, found) => {
        if (error !== null) {
          done(error, '');
          return;
        }
        try {
          for (const { address } of found) this.#assertAddress(address, protocol);
        } catch (refused) {
          done(refused as NodeJS.ErrnoException, '');
          return;
        }
        const [first] = found;
        if (options.all === true) done(null, found);
        else done(null, first?.address ?? '', first?.family);
      });
    };
  }

  #assertAddress(text: string, protocol: string): void {
    const address = ipaddr.process(text);
    const isNamed = this.#networks.some(
      ([network, bits]) => network.kind() === address.kind() && address.match([network, bits] as never),
    );
    if (isNamed) return;
    if (address.range() !== 'unicast') throw refusal('is not a public address');
    if (protocol !== 'https:') throw refusal('is not encrypted');
  }
}

function refusal(why: string): AddressNotAllowedError {
  return new AddressNotAllowedError(`The webhook’s address ${why}.`);
}
