import type { FactInput } from '@pledgeonce/chaincode/api.js';
import type { Answer, Client, Json } from '../rest/client.js';
import { at, listAt, moneyAt, textAt } from '../rest/json.js';
import { Neighbour } from '../rest/neighbour.js';
import { show } from './amounts.js';
import { assemble, type Bank, type Cast, dismiss } from './cast.js';
import type { Chapter } from './chapter.js';
import { reserve } from './claims.js';
import { freshContainer } from './containers.js';
import { usd } from './payment-papers.js';
import { recordFact, short } from './record.js';
import {
  billNumber,
  billOfLading,
  containersOf,
  daysAgo,
  freshBill,
  freshWaybill,
  idOf,
} from './shipments.js';
import { expectRefusal, expectStatus, expectThat, type Teller } from './teller.js';
import { tellOfWarehouse } from './warehouse.js';

const freight = usd('2400.10');

/** Scenario S7: freight by train and ship, and goods in a warehouse, each pledged once. */
export const corridor: Chapter = {
  name: 'corridor',
  title: 'Corridor, rail and warehouse: one shipment under many papers',
  tell: async (teller, stack) => {
    const cast = await assemble(stack);
    const carrier = await Neighbour.signIn(stack, 'CarrierMSP', 'officer');
    try {
      const { bill, containers } = await importBill(teller, carrier);
      const claim = await lendOnFreight(teller, cast, bill);
      await sameContainers(teller, cast, carrier, { bill, containers, claim });
      await houseBills(teller, cast, carrier);
      await events(teller, cast, carrier);
      await tellOfWarehouse(teller, cast, carrier);
    } finally {
      dismiss(cast);
    }
  },
};

async function importBill(
  teller: Teller,
  carrier: Client,
): Promise<{ readonly bill: FactInput; readonly containers: string[] }> {
  const electronic = freshBill(freight);
  const [number, containers] = [billNumber(electronic), containersOf(electronic)];
  await teller.step('The carrier imports an electronic bill of lading (DCSA)', async () => {
    const response = await carrier.fetch('POST', '/facts/import', {
      body: JSON.stringify(electronic),
      headers: { 'content-type': 'application/json' },
    });
    const verdict = JSON.parse(await response.text()) as Json;
    expectThat(verdict['status'] === 'recorded', `The bill should be recorded: ${JSON.stringify(verdict)}`);
    return [`${number}, container ${containers.join()}: ${show(freight)} of freight to collect`, undefined];
  });
  return { bill: billOfLading({ number, total: freight }), containers };
}

async function lendOnFreight(teller: Teller, { bankA, bankB }: Cast, bill: FactInput): Promise<string> {
  const claim = await teller.step(
    'Bank A verifies the bill and lends the forwarder on its freight',
    async () => {
      const seen = await verify(bankA, bill);
      expectThat(seen['result'] === 'match', `The bill should match: ${JSON.stringify(seen)}`);
      const { body } = expectStatus(await claimFreight(bankA, bill, '2000.00'), 201);
      const id = textAt(body, 'id');
      return [`match, ${show(moneyAt(seen, 'remaining'))} left; claim ${short(id)} of USD 2,000.00`, id];
    },
  );
  await teller.step('Bank B asks for a cent more than is left', async () => {
    return [expectRefusal(await claimFreight(bankB, bill, '400.11'), 409, 'EXCEEDS_BALANCE'), undefined];
  });
  return claim;
}

/** The container came by train, under a waybill of its own. */
async function sameContainers(
  teller: Teller,
  { bankA, bankB }: Cast,
  carrier: Client,
  { bill, containers, claim }: { bill: FactInput; containers: string[]; claim: string },
): Promise<void> {
  const train = freshWaybill(freight, containers);
  const fact = await teller.step('The carrier records the waybill of the train that brought it', async () => {
    const id = await recordFact(carrier, train);
    const alert = await bankA.alerts.find(
      (event) => at(event, 'content.alert') === 'same-containers' && JSON.stringify(event).includes(claim),
      30_000,
    );
    expectThat(alert !== undefined, 'Bank A was not told.');
    return [`${train.number}: same container, same days; Bank A received "same-containers"`, id];
  });
  await teller.step('Bank B is offered the freight of the train', async () => {
    const seen = await verify(bankB, train);
    const left = moneyAt(seen, 'remaining');
    expectThat(isWarned(seen), 'The verification should warn.');
    const refusal = expectRefusal(await claimFreight(bankB, train, '2000.00'), 409, 'EXCEEDS_BALANCE');
    return [`warning: same-containers; ${show(left)} left\n${refusal}`, undefined];
  });
  await teller.step('A person looks, and the carrier says how the two belong together', async () => {
    const change = { cites: [{ type: bill.type, number: bill.number }] };
    const request = { body: { changes: change, reason: 'On-carriage of the same consignment.' } };
    expectStatus(await carrier.request('PATCH', `/facts/${fact}`, request), 200);
    const seen = await verify(bankB, train);
    expectThat(!isWarned(seen), 'The warning should be gone.');
    return [
      `the waybill cites the bill: no warning any more, and still ${show(moneyAt(seen, 'remaining'))} left`,
      undefined,
    ];
  });
}

async function houseBills(teller: Teller, { bankA, bankB }: Cast, carrier: Client): Promise<void> {
  await teller.step('Two house bills restate a master bill: together they are not more than it', async () => {
    const transport = { containers: [freshContainer()] };
    const master = billOfLading({ total: usd('1000.00') }, transport);
    const cites = [{ type: master.type, number: master.number }];
    const [first, second] = [
      billOfLading({ total: usd('600.00'), cites }, transport),
      billOfLading({ total: usd('610.00'), cites }, transport),
    ];
    for (const bill of [master, first, second]) await recordFact(carrier, bill);
    expectStatus(await claimFreight(bankA, first, '600.00'), 201);
    const left = [await verify(bankB, second), await verify(bankB, master)].map((seen) =>
      show(moneyAt(seen, 'remaining')),
    );
    expectThat(left.join() === 'USD 400.00,USD 400.00', `400 should be left on both, not ${left.join()}.`);
    const refusal = expectRefusal(await claimFreight(bankB, second, '610.00'), 409, 'EXCEEDS_BALANCE');
    return [`Bank A has 600 on one; 400 are left on the other and on the master\n${refusal}`, undefined];
  });
}

async function events(teller: Teller, { customs, bankB }: Cast, carrier: Client): Promise<void> {
  await teller.step('The carrier records the events of a journey, and nobody else does', async () => {
    const bill = billOfLading({}, { containers: [freshContainer()] });
    const id = await recordFact(carrier, bill);
    const steps = [
      { event: 'loaded', at: `${daysAgo(10)}T08:00:00Z`, place: 'CNQZH' },
      { event: 'discharged', at: `${daysAgo(4)}T17:30:00Z`, place: 'SGSIN' },
    ];
    const body = { changes: { transport: { ...bill.transport, events: steps } }, reason: 'discharged' };
    const refusal = expectRefusal(
      await customs.request('PATCH', `/facts/${id}`, { body }),
      403,
      'WRONG_ORGANISATION',
    );
    const amended = expectStatus(await carrier.request('PATCH', `/facts/${id}`, { body }), 200).body;
    const seen = await verify(bankB, bill);
    expectThat(seen['result'] === 'match', 'The bill should still match.');
    const told = listAt(amended, 'transport.events').map(({ event }) => String(event));
    return [`version ${String(at(amended, 'version'))}: ${told.join(', ')}\nCustoms: ${refusal}`, undefined];
  });
}

function claimFreight(bank: Bank, fact: FactInput, amount: string): Promise<Answer> {
  const { type, number, seller } = fact;
  return reserve(bank, { document: { type, number }, enterprise: idOf(seller), amount: usd(amount) });
}

async function verify(bank: Bank, { type, number, seller, total }: FactInput): Promise<Json> {
  const particulars = { enterprise: idOf(seller), total };
  return expectStatus(
    await bank.officer.post('/verifications', { document: { type, number }, particulars }),
    200,
  ).body;
}

function isWarned(verification: Json): boolean {
  return listAt(verification, 'warnings').some(({ warning }) => warning === 'same-containers');
}
