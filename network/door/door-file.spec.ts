import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { readDoorFile } from './door-file.js';

const told = {
  address: '0.0.0.0:7019',
  certFile: 'server.crt',
  keyFile: 'server.key',
  caFile: 'ca.crt',
  orderer: 'orderer.tax.example:7013',
  channel: 'trade',
  maxEnvelopeBytes: 2_097_152,
  limits: { bytesPerSecond: 1, envelopesPerSecond: 1, streams: 1 },
  connection: 'connection.json',
  refusedFile: 'refused.json',
};

describe('the file of a door', () => {
  const file = join(temporaryFolder('door-file'), 'door.json');
  const reading = (said: object) => {
    writeFileSync(file, JSON.stringify(said));
    return readDoorFile(file);
  };

  it('says all that a door is told', () => {
    expect(reading(told)).toEqual(told);
  });

  it.each([
    ['limits', { ...told, limits: { ...told.limits, streams: 0 } }],
    ['orderer', { ...told, orderer: '' }],
    ['ordering', { ...told, ordering: 'orderer.tax.example:7013' }],
  ])('is refused for its %s', (field, said) => {
    expect(() => reading(said)).toThrow(field);
  });
});
