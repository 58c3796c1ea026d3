import type { TakeOnLine } from '@pledgeonce/chaincode/take-on/api.js';
import { listAt, textAt } from '../rest/json.js';
import { Neighbour } from '../rest/neighbour.js';
import type { StackDescription } from '../stack/description.js';
import { percentOf } from './amounts.js';
import { loanOn, sendBook } from './books.js';
import type { Bank } from './cast.js';
import { daysFromNow } from './claims.js';
import type { SampleTrade } from './samples.js';
import { expectRefusal, expectStatus, expectThat, type Teller } from './teller.js';

/** Whether the banks of this network can still have a window: a bank has one in its life. */
export async function mayOpenWindow(teller: Teller, stack: StackDescription): Promise<boolean> {
  const officer = await Neighbour.signIn(stack, 'RegulatorMSP', 'officer');
  const known = listAt((await officer.get('/take-on/windows')).body, 'windows');
  if (known.some(({ state }) => state !== 'proposed')) {
    teller.note(
      'The banks of this network have had their take-on window. Begin a new network to see it again.',
    );
    return false;
  }
  return true;
}

export async function openWindow(
  teller: Teller,
  stack: StackDescription,
  banks: readonly string[],
): Promise<void> {
  const [officer, approver] = await Promise.all([
    Neighbour.signIn(stack, 'RegulatorMSP', 'officer'),
    Neighbour.signIn(stack, 'RegulatorMSP', 'approver'),
  ]);
  const terms = { cutOff: daysFromNow(0), until: daysFromNow(30), banks };
  await teller.step(
    'An officer of the regulator proposes a take-on window, an approver opens it',
    async () => {
      const { body } = expectStatus(await officer.post('/take-on/windows', terms), 201);
      const opened = await approver.post(`/take-on/windows/${String(body['number'])}/opening`, {});
      expectStatus(opened, 200);
      return [`open until ${terms.until}, for what was paid out before ${terms.cutOff}`, undefined];
    },
  );
}

/** The window closes, and what comes late is a correction; returns the loan that came so. */
export async function closeWindow(
  teller: Teller,
  stack: StackDescription,
  bank: Bank,
  { declaration }: SampleTrade,
): Promise<TakeOnLine> {
  const regulator = await Neighbour.signIn(stack, 'RegulatorMSP', 'approver');
  const forgotten = loanOn(declaration, percentOf(declaration.total, 1n));
  await teller.step('The regulator closes the window: what comes late is refused', async () => {
    expectStatus(await regulator.post('/take-on/windows/1/closing', {}), 200);
    const [refused] = await sendBook(bank.approver, '/take-on', [forgotten]);
    expectThat(refused?.['code'] === 'TAKE_ON_CLOSED', 'A loan came after the window.');
    return [String(refused?.['detail']), undefined];
  });
  await teller.step('and is a correction, which the bank proposes and the regulator approves', async () => {
    const correction = { line: forgotten, reason: 'It was in a branch’s own file.' };
    const { body } = expectStatus(await bank.officer.post('/take-on/corrections', correction), 201);
    const id = textAt(body, 'id');
    const own = await bank.approver.post(`/take-on/corrections/${id}/approval`, {});
    const told = expectRefusal(own, 403, 'WRONG_ORGANISATION');
    expectStatus(await regulator.post(`/take-on/corrections/${id}/approval`, {}), 200);
    return [
      `bank A by itself: ${told}\napproved by the regulator: a claim that names the correction`,
      undefined,
    ];
  });
  return forgotten;
}
