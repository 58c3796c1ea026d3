import type { Context } from 'fabric-contract-api';
import { handle } from './handle.js';
import { logFault } from './log-fault.js';

describe('a function that fails where it should not', () => {
  const failing = {
    clientIdentity: {
      getIDBytes: () => {
        throw new Error('no such\nidentity');
      },
    },
    stub: { getTxID: () => 'ab12' },
  } as unknown as Context;

  it('tells its caller nothing, and the node’s log why, also where the shim is silent', async () => {
    const lines: string[] = [];
    const written = jest.spyOn(process.stderr, 'write').mockImplementation((line) => {
      lines.push(String(line));
      return true;
    });
    const told = await handle('readPolicy', failing).catch((error: unknown) => error);
    written.mockRestore();
    expect(told).toMatchObject({ code: 'INTERNAL' });
    expect(String(told)).not.toContain('identity');
    expect(lines).toHaveLength(1);
    expect(lines[0]?.trimEnd()).not.toContain('\n');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 50,
      service: 'chaincode',
      function: 'readPolicy',
      txId: 'ab12',
      err: { message: 'no such\nidentity' },
    });
  });

  it('is told of in a line also where what was thrown is no error', () => {
    const lines: string[] = [];
    logFault('readPolicy', 'ab12', 'text', (line) => lines.push(line));
    expect(JSON.parse(lines.join(''))).toMatchObject({ err: { message: 'text' } });
  });
});
