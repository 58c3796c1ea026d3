import { status } from '@grpc/grpc-js';
import { askInTurn } from './ask-in-turn.js';
import { gatewayError } from './testing/gateway-error.js';

const down = () => Promise.reject(gatewayError(status.UNAVAILABLE, 'down'));

describe('peers that are asked in turn', () => {
  const noted: string[] = [];
  const connections = (...ledgers: readonly string[]) => ({
    ledgers: () => [...ledgers],
    failed: (entry: string) => noted.push(`${entry} failed`),
    answered: (entry: string) => noted.push(`${entry} answered`),
  });
  beforeEach(() => {
    noted.length = 0;
  });

  it('are passed where they are down, and the first that answers is the last', async () => {
    const ask = (entry: string) => (entry === 'A' ? down() : Promise.resolve(entry));
    expect(await askInTurn(connections('A', 'B', 'C'), ask)).toBe('B');
    expect(noted).toEqual(['A failed', 'B answered']);
  });

  it('are not asked on where one refuses', async () => {
    const refusal = gatewayError(status.PERMISSION_DENIED, 'no');
    const asked: string[] = [];
    const attempt = askInTurn(connections('A', 'B'), (entry) => {
      asked.push(entry);
      return Promise.reject(refusal);
    });
    await expect(attempt).rejects.toBe(refusal);
    expect([asked, noted]).toEqual([['A'], []]);
  });

  it('are all down where the last one is', async () => {
    await expect(askInTurn(connections('A', 'B'), down)).rejects.toThrow();
    expect(noted).toEqual(['A failed', 'B failed']);
  });
});
