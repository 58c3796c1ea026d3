import { setImmediate } from 'node:timers/promises';
import { only, own } from './own-elements.js';
import { readXml, textOf } from './xml-tree.js';

const read = (text: string) => readXml(Buffer.from(text));

describe('reading XML', () => {
  it('refuses megabytes of references before it expands one', async () => {
    const text = `<a>${'&amp;'.repeat(1_900_000)}</a>`;
    await expect(read(text)).rejects.toMatchObject({ code: 'INPUT_TOO_LARGE' });
  });

  it('lets others have their turn while it reads a long file', async () => {
    const state = { turns: 0, isReading: true };
    const others = (async () => {
      while (state.isReading) {
        await setImmediate();
        state.turns += 1;
      }
    })();
    const root = await read(`<a>${`<b>${'x'.repeat(60)}</b>`.repeat(20_000)}</a>`);
    state.isReading = false;
    await others;
    expect(root.children).toHaveLength(20_000);
    expect(state.turns).toBeGreaterThan(10);
  });

  it('refuses a bomb of entities, whose declaration alone is not allowed', async () => {
    const bomb = '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>';
    await expect(read(bomb)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });

  it('takes an attribute of another namespace for nobody’s', async () => {
    const root = await read('<a xmlns:x="urn:x" x:currencyID="USD" currencyID="EUR"/>');
    expect(root.attributes.get('currencyID')).toBe('EUR');
    expect((await read('<a xmlns:x="urn:x" x:currencyID="USD"/>')).attributes.has('currencyID')).toBe(false);
  });

  it('keeps a document’s own elements apart from those of others', async () => {
    const root = await read('<a xmlns="urn:a" xmlns:x="urn:x"><x:n>2</x:n><b><x:n>3</x:n><n>1</n></b></a>');
    const mine = own(root, (namespace) => namespace === 'urn:a');
    expect(textOf(mine, 'b', 'n')).toBe('1');
    expect(() => only(mine, 'n')).toThrow(/^DOCUMENT_AMBIGUOUS/);
    expect(only(mine, 'missing')).toBeUndefined();
  });
});
