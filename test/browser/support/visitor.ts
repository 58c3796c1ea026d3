import type { BrowserContext, Locator, Page } from 'playwright-core';
import { organisationOf } from '@pledgeonce/scripts/stack/description.js';
import { consortium } from '../../acceptance/support/consortium.js';
import { closeBrowser, openWindow } from './browser.js';

/** Somebody at the console of one organisation, and everything that their browser did. */
export class Visitor {
  readonly page: Page;
  readonly base: string;
  /** Addresses outside the gateway that a page asked for. */
  readonly strayed: string[] = [];
  /** What the policy of the page has held back, and errors that nobody caught. */
  readonly faults: string[] = [];
  readonly #context: BrowserContext;

  private constructor(context: BrowserContext, page: Page, base: string) {
    this.#context = context;
    this.page = page;
    this.base = base;
    context.on('request', (request) => {
      const address = new URL(request.url());
      if (!['blob:', 'data:'].includes(address.protocol) && address.origin !== base)
        this.strayed.push(request.url());
    });
    page.on('console', (message) => {
      if (/content security policy/i.test(message.text())) this.faults.push(message.text());
    });
    page.on('pageerror', (error) => this.faults.push(String(error)));
  }

  /** @param msp whose console is opened. */
  static at(msp: string, locale?: 'en-GB' | 'zh-CN'): Promise<Visitor> {
    return Visitor.atAddress(organisationOf(consortium(), msp).url, locale);
  }

  /** @param base of a gateway that is not one of the suite's own. */
  static async atAddress(base: string, locale?: 'en-GB' | 'zh-CN'): Promise<Visitor> {
    const context = await openWindow(locale);
    const visitor = new Visitor(context, await context.newPage(), base);
    await visitor.goTo('/');
    return visitor;
  }

  /** However a test ended, no browser is left running. */
  static async allLeave(): Promise<void> {
    await closeBrowser();
  }

  /** Signs in as one of the development people, by one click. */
  async signInAs(person: string): Promise<void> {
    await this.page.getByRole('button', { name: person, exact: true }).click();
    await this.page.locator('nav').waitFor();
  }

  /** Signs in by an id and its secret, as at a gateway that shows nobody's. */
  async enter(id: string, secret: string): Promise<void> {
    await this.page.locator('[name="username"]').fill(id);
    await this.page.locator('[name="password"]').fill(secret);
    await this.press('Sign in');
    await this.page.locator('nav').waitFor();
  }

  /** @throws Error when the page does not come, with what stands in its place. */
  async goTo(path: string): Promise<void> {
    await this.page.goto(this.base + path);
    try {
      await this.settled();
    } catch (error) {
      const shown = await this.page.locator('body').innerText();
      throw new Error(`${path} did not come: ${JSON.stringify({ shown, faults: this.faults })}`, {
        cause: error,
      });
    }
  }

  /** Waits until nothing on the page is loading. */
  async settled(): Promise<void> {
    await this.page.locator('h1').first().waitFor();
    await this.page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' });
  }

  /** What the keyboard acts on: the value of one of its attributes. */
  focus(attribute = 'name'): Promise<string | null> {
    return this.page.locator(':focus').first().getAttribute(attribute);
  }

  /** Turns the page into the other language where it stands; the person's own choice at the gateway stays as it is. */
  async readIn(language: 'en' | 'zh'): Promise<void> {
    const { page } = this;
    await page.route('**/sessions/current/language', (route) => route.abort());
    await this.press(language === 'zh' ? '中文' : 'English');
    const lang = language === 'zh' ? 'zh-CN' : 'en';
    await page.locator(`html[lang="${lang}"]`).waitFor({ state: 'attached' });
    await page.unroute('**/sessions/current/language');
  }

  async press(name: string, within: Page | Locator = this.page): Promise<void> {
    await within.getByRole('button', { name, exact: true }).first().click();
  }

  async fill(label: string, text: string, within: Page | Locator = this.page): Promise<void> {
    await within.getByLabel(label).first().fill(text);
  }

  /** The cookie goes, as it does when the gateway ends a session. */
  forgetSession(): Promise<void> {
    return this.#context.clearCookies();
  }

  setOffline(isOffline: boolean): Promise<void> {
    return this.#context.setOffline(isOffline);
  }

  leave(): Promise<void> {
    return this.#context.close();
  }
}
