/**
 * Reads a description of an API and the rules that do not hold for it from standard input, and writes what spectral finds
 * by its own rules and OWASP's. A program: the linter takes no object of another realm, and Jest runs its tests in one.
 */
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';

interface Spectral {
  setRuleset(ruleset: object): void;
  run(document: object): Promise<readonly object[]>;
}

/** CommonJS, whose types this project's compiler does not take. */
const require = createRequire(import.meta.url);
const { Spectral } = require('@stoplight/spectral-core') as { readonly Spectral: new () => Spectral };
const { oas } = require('@stoplight/spectral-rulesets') as { readonly oas: object };
const owasp = require('@stoplight/spectral-owasp-ruleset') as object;

const { document, off } = JSON.parse(await text(process.stdin)) as {
  readonly document: object;
  readonly off: readonly string[];
};
const spectral = new Spectral();
spectral.setRuleset({
  extends: [
    [oas, 'all'],
    [owasp, 'all'],
  ],
  rules: Object.fromEntries(off.map((rule) => [rule, 'off'])),
});
process.stdout.write(JSON.stringify(await spectral.run(document)));
