/** As much of a browser as a sign-in by a provider needs: it keeps cookies, follows redirects and fills in forms. */
export class Browser {
  readonly #cookies = new Map<string, Map<string, string>>();

  /** Follows redirects. @returns the last answer, and where it came from. */
  async open(url: string, form?: Readonly<Record<string, string>>): Promise<{ url: string; text: string }> {
    let at = new URL(url);
    let body = form;
    for (let hops = 0; hops < 20; hops++) {
      const response = await this.#ask(at, body);
      const next = response.headers.get('location');
      if (next === null) return { url: at.href, text: await response.text() };
      at = new URL(next, at);
      body = undefined;
    }
    throw new Error('redirected without end');
  }

  /** Signs in at a provider's pages, from the gateway's address on. @returns where the browser ends. */
  async signIn(gatewayUrl: string, login: string): Promise<string> {
    let page = await this.open(`${gatewayUrl}/sign-in/provider`);
    for (let steps = 0; steps < 4 && !page.url.startsWith(gatewayUrl); steps++) {
      const action = /<form[^>]* action="([^"]+)"/.exec(page.text)?.[1];
      const prompt = /name="prompt" value="([^"]+)"/.exec(page.text)?.[1];
      if (action === undefined || prompt === undefined)
        throw new Error(`no form at ${page.url}: ${page.text}`);
      page = await this.open(new URL(action, page.url).href, { prompt, login, password: 'any' });
    }
    return page.url;
  }

  /** Asks as a page of the gateway does. */
  async read(url: string): Promise<Response> {
    return this.#ask(new URL(url));
  }

  cookies(origin: string): ReadonlyMap<string, string> {
    return this.#cookies.get(origin) ?? new Map();
  }

  async #ask(url: URL, form?: Readonly<Record<string, string>>): Promise<Response> {
    const kept = this.#cookies.get(url.origin) ?? new Map<string, string>();
    this.#cookies.set(url.origin, kept);
    const response = await fetch(url, {
      redirect: 'manual',
      method: form === undefined ? 'GET' : 'POST',
      headers: {
        accept: 'text/html, application/json',
        cookie: [...kept].map(([name, value]) => `${name}=${value}`).join('; '),
      },
      ...(form !== undefined && { body: new URLSearchParams(form) }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) kept.delete(name);
      else kept.set(name, value);
    }
    return response;
  }
}
