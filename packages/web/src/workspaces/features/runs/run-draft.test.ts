import { describe, expect, it } from 'vitest';
import {
  type CatalogueSet,
  readParameter,
  runOf,
  startingDraft,
  wrongParameters,
} from './run-draft.ts';

const catch22: CatalogueSet = {
  name: 'catch22',
  pipeline: 'catch22',
  kind: 'summary',
  version: 1,
  parameters: { catch24: true },
  parameterTexts: {},
  default: true,
  agreement: [],
  features: [],
};
const rolling: CatalogueSet = {
  ...catch22,
  name: 'rolling',
  pipeline: 'basic',
  kind: 'columns',
  parameters: { windows: [3, 7], ddof: 1 },
};
const draft = startingDraft([catch22, rolling], undefined);

describe('a run as the server takes it', () => {
  it('leaves the choice of sets and groups to the server unless somebody chose', () => {
    expect(runOf(draft)).toEqual({
      name: '',
      horizon: 28,
      lookahead: false,
      country: 'JP',
      fresh: false,
    });
    expect(runOf(startingDraft([], 'loto6')).datasets).toEqual(['loto6']);
    expect(runOf({ ...draft, gpu: 'require' }).gpu).toBe('require');
  });

  it('holds the chosen sets with windows where they describe a whole series', () => {
    const { sets } = runOf({ ...draft, everything: false });
    expect(sets).toEqual([
      {
        set: 'catch22',
        parameters: {},
        errors: 'warn',
        retries: 0,
        whole: true,
        windows: { points: 90, features: 'curated' },
      },
      { set: 'rolling', parameters: {}, errors: 'warn', retries: 0, whole: true },
    ]);
  });

  it('reads typed parameters as their defaults are, and tells those it cannot read', () => {
    const [first, second] = draft.sets;
    const typed = {
      ...draft,
      everything: false,
      sets: [first!, { ...second!, parameters: { windows: '5, 10', ddof: ' ' } }],
    };
    expect(runOf(typed).sets?.[1]?.parameters).toEqual({ windows: [5, 10] });
    expect(wrongParameters(typed)).toEqual([]);
    const wrong = { ...second!, parameters: { windows: '5, x', ddof: 'one' } };
    expect(wrongParameters({ ...typed, sets: [wrong] })).toEqual([
      'rolling.windows',
      'rolling.ddof',
    ]);
  });
});

it.each([
  ['true', false, true],
  ['yes', false, undefined],
  ['1.5', 2, 1.5],
  ['', 2, undefined],
  ['1、2', [3], [1, 2]],
  ['haar', 'mean', 'haar'],
] as const)('%s for a parameter of the kind of %s is %s', (text, usual, value) => {
  const like = typeof usual === 'object' ? [...usual] : usual;
  expect(readParameter(text, like)).toEqual(value);
});
