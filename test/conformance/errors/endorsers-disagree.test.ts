import { CUSTOMS, TAX } from '../definition.js';
import { failureOf } from '../harness/failure.js';
import { fresh } from '../harness/fresh.js';
import { customs } from '../harness/network.js';
import { endorse } from '../harness/perform.js';

describe('endorsers that answer differently', () => {
  it.each([
    ['named by the client', [CUSTOMS, TAX]],
    ['chosen by the peer', []],
  ])('make no transaction when %s', async (_case, peers) => {
    const failure = await failureOf(
      endorse(customs, [['put', fresh('key'), 'value'], ['random']], { peers }),
    );

    expect(failure.code).toBe('ABORTED');
    expect(failure.message).toBe(
      'failed to collect enough transaction endorsements, see attached details for more info',
    );
    expect(failure.details.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('ProposalResponsePayloads do not match'),
    );
  });
});
