import { AddressNotAllowedError, AllowedAddresses } from './allowed-addresses.js';

const outside = new AllowedAddresses([]);
const inside = new AllowedAddresses(['10.20.0.0/16', 'fd00:20::/32']);

describe('where webhooks may be', () => {
  it.each(['https://hooks.example.com/a', 'https://8.8.8.8/', 'https://[2606:4700::1111]/'])(
    'is at %s',
    (url) => {
      expect(() => {
        outside.assertUrl(new URL(url));
      }).not.toThrow();
    },
  );

  it.each([
    ['http://hooks.example.com/', 'is not encrypted'],
    ['http://8.8.8.8/', 'is not encrypted'],
    ['ftp://hooks.example.com/', 'begins with neither'],
    ['https://user:secret@hooks.example.com/', 'holds a user or a password'],
    ['https://hooks.example.com/#part', 'ends with a fragment'],
    ['https://127.0.0.1/', 'is not a public address'],
    ['https://2130706433/', 'is not a public address'],
    ['https://0x7f.1/', 'is not a public address'],
    ['https://10.20.1.1/', 'is not a public address'],
    ['https://169.254.169.254/latest', 'is not a public address'],
    ['https://100.64.0.1/', 'is not a public address'],
    ['https://0.0.0.0/', 'is not a public address'],
    ['https://[::1]/', 'is not a public address'],
    ['https://[::ffff:127.0.0.1]/', 'is not a public address'],
    ['https://[fe80::1]/', 'is not a public address'],
    ['https://[fd00:20::1]/', 'is not a public address'],
    ['https://[64:ff9b::7f00:1]/', 'is not a public address'],
    ['https://[2002:7f00:1::]/', 'is not a public address'],
  ])('is not at %s', (url, why) => {
    const attempt = () => {
      outside.assertUrl(new URL(url));
    };
    expect(attempt).toThrow(AddressNotAllowedError);
    expect(attempt).toThrow(why);
  });

  it('may be a network that the configuration names, also without TLS, and no other', () => {
    for (const url of ['http://10.20.1.1/', 'https://10.20.255.1/', 'http://[fd00:20::1]/']) {
      expect(() => {
        inside.assertUrl(new URL(url));
      }).not.toThrow();
    }
    for (const url of ['https://10.21.0.1/', 'http://127.0.0.1/', 'http://8.8.8.8/']) {
      expect(() => {
        inside.assertUrl(new URL(url));
      }).toThrow(AddressNotAllowedError);
    }
  });

  it('is looked at again for the address to which a name leads', async () => {
    const find = (allowed: AllowedAddresses, protocol: string) =>
      new Promise((resolve, reject) => {
        allowed.lookupFor(protocol)('localhost', { all: true }, (error, found) => {
          if (error === null) resolve(found);
          else reject(error);
        });
      });
    await expect(find(outside, 'https:')).rejects.toThrow('is not a public address');
    const here = new AllowedAddresses(['127.0.0.0/8', '::1/128']);
    expect(await find(here, 'http:')).toEqual(
      expect.arrayContaining([expect.objectContaining({ family: 4 })]),
    );
  });
});
