import { faultsByAxe } from './support/judge.js';
import { Visitor } from './support/visitor.js';

describe('by keyboard alone', () => {
  afterAll(() => Visitor.allLeave());

  it('somebody signs in, goes to the verification, asks, and reads the answer', async () => {
    const visitor = await Visitor.at('BankAMSP');
    try {
      const { page } = visitor;
      const { keyboard } = page;
      /** Goes on with the Tab key until something has the focus. */
      const tabTo = async (what: string, is: () => Promise<boolean>) => {
        for (let step = 0; step < 60; step++) {
          if (await is()) return;
          await keyboard.press('Tab');
        }
        throw new Error(`The Tab key does not lead to ${what}.`);
      };
      const focused = (selector: string) => () =>
        page.evaluate<boolean>(`document.activeElement?.matches(${JSON.stringify(selector)}) ?? false`);
      const focusedText = (text: string) => () =>
        page.evaluate<boolean>(`document.activeElement?.textContent?.trim() === ${JSON.stringify(text)}`);

      await tabTo('the officer', focusedText('Officer'));
      await keyboard.press('Enter');
      await page.locator('nav').waitFor();
      await visitor.settled();
      await tabTo('the verification', focusedText('Verify'));
      await keyboard.press('Enter');
      await page.waitForURL(/\/verify$/);
      await visitor.settled();
      await tabTo('the number', focused('[name="document.number"]'));
      await keyboard.type('221820260000000009');
      await tabTo('the firm', focused('[name="particulars.enterprise.id"]'));
      await keyboard.type('91330200MA2CKXQ85H');
      await tabTo('the amount', focused('[name="particulars.total.amount"]'));
      await keyboard.type('12.50');
      await keyboard.press('Enter');
      await page.getByText('No such document is on record.').waitFor();
      // The answer has the focus, so that a screen reader reads it.
      await page.locator('section:focus').getByRole('heading', { name: 'The registry says' }).waitFor();
      expect(await faultsByAxe(visitor)).toEqual([]);
    } finally {
      await visitor.leave();
    }
  });
});
