import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { temporaryFolder } from '../../testing/temporary-folder.js';
import { packChaincode } from './pack-chaincode.js';
import { tar } from './tar.js';

function chaincode(): string {
  const dir = temporaryFolder('package-spec');
  mkdirSync(join(dir, 'dist'));
  writeFileSync(join(dir, 'package.json'), '{}');
  writeFileSync(join(dir, 'dist', 'index.js'), 'exports.contracts = [];');
  return dir;
}

describe('a chaincode package', () => {
  it('has the same id wherever and whenever it is packed', () => {
    const first = packChaincode('probe', '1.0', chaincode());
    const second = packChaincode('probe', '1.0', chaincode());
    expect(second.id).toBe(first.id);
    expect(first.id).toMatch(/^probe_1\.0:[0-9a-f]{64}$/);
  });

  it('has another id when the code differs, but not when a test does', () => {
    const dir = chaincode();
    const before = packChaincode('probe', '1.0', dir).id;
    writeFileSync(join(dir, 'dist', 'index.spec.js'), 'a test');
    mkdirSync(join(dir, 'dist', 'testing'));
    writeFileSync(join(dir, 'dist', 'testing', 'fake-ledger.js'), 'what helps a test');
    expect(packChaincode('probe', '1.0', dir).id).toBe(before);
    writeFileSync(join(dir, 'dist', 'index.js'), 'exports.contracts = [1];');
    expect(packChaincode('probe', '1.0', dir).id).not.toBe(before);
  });

  it('is of the type that our external builder detects', () => {
    const archive = gunzipSync(packChaincode('probe', '1.0', chaincode()).bytes).toString('latin1');
    expect(archive).toContain('"type":"pledgeonce-service","label":"probe_1.0"');
  });
});

describe('the archive', () => {
  it('is read by tar', () => {
    const archive = tar({ 'one.txt': 'first', 'two.bin': Buffer.alloc(1000, 7) });
    expect(execFileSync('tar', ['-tf', '-'], { input: archive }).toString()).toBe('one.txt\ntwo.bin\n');
    expect(execFileSync('tar', ['-xOf', '-', 'one.txt'], { input: archive }).toString()).toBe('first');
  });

  it('refuses a name that does not fit', () => {
    expect(() => tar({ ['n'.repeat(101)]: '' })).toThrow(RangeError);
  });
});
