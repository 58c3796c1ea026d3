import { at, listAt } from '@pledgeonce/scripts/rest/json.js';
import { permissions } from '@pledgeonce/chaincode/permissions.js';
import { consortium } from './support/consortium.js';
import { LedgerClient } from './support/ledger-client.js';
import { readProfile } from './support/block-reader.js';

describe('the contract, asked by a tool of Fabric', () => {
  it('describes its functions', async () => {
    const client = await LedgerClient.open(consortium(), 'RegulatorMSP', 'auditor');
    try {
      const { chaincode } = await readProfile(consortium().discovery);
      const contract = client.member.channel.getContract(chaincode.name, 'org.hyperledger.fabric');
      const bytes = await contract.evaluateTransaction('GetMetadata');
      const metadata: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
      const transactions = listAt(at(metadata, 'contracts.PledgeOnce'), 'transactions');
      expect(transactions.map(({ name }) => name).sort()).toEqual(Object.keys(permissions).sort());
    } finally {
      client.close();
    }
  });
});
