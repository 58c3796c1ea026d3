import { BANK_A, CUSTOMS, TAX } from '../definition.js';
import { failureOf } from '../harness/failure.js';
import { customs, profile } from '../harness/network.js';
import { endorse } from '../harness/perform.js';

describe('a chaincode that is not there', () => {
  const contract = customs.channel.getContract('nowhere');

  it('cannot be evaluated', async () => {
    expect(await failureOf(contract.evaluateTransaction('run'))).toEqual({
      code: 'FAILED_PRECONDITION',
      message: `no peers available to evaluate chaincode nowhere in channel ${profile.channel}`,
      details: [],
    });
  });

  it('cannot be endorsed by organisations that the client names', async () => {
    const proposal = contract.newProposal('run', { endorsingOrganizations: [CUSTOMS, TAX] });
    const failure = await failureOf(proposal.endorse());

    expect(failure.code).toBe('UNAVAILABLE');
    expect(failure.message).toMatch(/^failed to find any endorsing peers for org\(s\): /);
  });

  it('cannot be endorsed by organisations that the peer chooses', async () => {
    const failure = await failureOf(contract.newProposal('run').endorse());

    expect(failure.code).toBe('FAILED_PRECONDITION');
    expect(failure.message).toContain('nowhere');
  });
});

describe('a channel that is not there', () => {
  const contract = customs.gateway.getNetwork('nowhere').getContract('probe');

  it('cannot be evaluated on', async () => {
    expect((await failureOf(contract.evaluateTransaction('run', '[]'))).code).toBe('UNAVAILABLE');
  });

  it('cannot be endorsed on', async () => {
    const proposal = contract.newProposal('run', {
      arguments: ['[]'],
      endorsingOrganizations: [CUSTOMS, TAX],
    });

    expect((await failureOf(proposal.endorse())).code).toBe('UNAVAILABLE');
  });
});

describe('an organisation that is not there', () => {
  it('cannot endorse', async () => {
    expect(await failureOf(endorse(customs, [], { peers: [BANK_A, 'NowhereMSP'] }))).toEqual({
      code: 'UNAVAILABLE',
      message: 'failed to find any endorsing peers for org(s): NowhereMSP',
      details: [],
    });
  });
});
