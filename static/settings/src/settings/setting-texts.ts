import type { BranchTreatment, SettingLevel, SettingName } from '@contracts/settings';

/** Settings that are one word of a few; branch rules are apart. */
export type ChoiceName = Exclude<SettingName, 'branchRules'>;
type Options = readonly (readonly [value: string, text: string])[];

interface SettingText {
  readonly label: string;
  readonly options: Options;
}
interface SettingGroup {
  readonly title: string;
  readonly hint: string;
  readonly settings: readonly (readonly [name: ChoiceName, text: SettingText])[];
}

const cause: Options = [
  ['block', 'Block the merge'],
  ['pass', 'Let it pass'],
];
const family: Options = [
  ['block', 'Block the merge'],
  ['warn', 'Warn, and let it pass'],
  ['ignore', 'Ignore'],
];
const onOff: Options = [
  ['on', 'On'],
  ['off', 'Off'],
];

/** Everything that can be set, in the order of the page. */
export const settingGroups: readonly SettingGroup[] = [
  {
    title: 'When the merge check cannot say "passed"',
    hint: 'The merge check asks the server at the moment of the merge. No data is never a pass by itself.',
    settings: [
      ['whenFailed', { label: 'The gate failed', options: cause }],
      ['whenPending', { label: 'The analysis is still running', options: cause }],
      ['whenOutdated', { label: 'The newest analysis is of an older commit', options: cause }],
      ['whenNotAnalysed', { label: 'There is no analysis of the pull request', options: cause }],
      ['whenNotComputed', { label: 'The server computed no gate', options: cause }],
      ['whenUnreachable', { label: 'The server cannot be asked', options: cause }],
      [
        'whenNotSupported',
        { label: 'A fork, or an edition without pull requests', options: cause },
      ],
      ['whenUnbound', { label: 'The repository is not bound', options: cause }],
    ],
  },
  {
    title: 'Failed conditions',
    hint: 'What a failed gate does depends on the conditions that failed; the worst one decides.',
    settings: [
      ['securityConditions', { label: 'Security and hotspots', options: family }],
      ['reliabilityConditions', { label: 'Reliability', options: family }],
      ['maintainabilityConditions', { label: 'Maintainability', options: family }],
      ['issueConditions', { label: 'Number of issues', options: family }],
      ['coverageConditions', { label: 'Coverage', options: family }],
      ['duplicationConditions', { label: 'Duplication', options: family }],
      ['otherConditions', { label: 'Other conditions', options: family }],
    ],
  },
  {
    title: 'What pull requests show',
    hint: 'What is switched off shows one sentence that says so. A report that is switched off stays where it was written; annotations are taken away and a build status is closed.',
    settings: [
      ['card', { label: 'Card beside the pull request', options: onOff }],
      ['panel', { label: 'Panel on the overview', options: onOff }],
      ['report', { label: 'Report on the newest commit', options: onOff }],
      ['annotations', { label: 'Annotations of new issues', options: onOff }],
      [
        'buildStatus',
        {
          label: 'Build status',
          options: [
            ['off', 'Off'],
            ['verdict', 'What the merge check says'],
            ['reportOnly', 'Always successful, as a link only'],
          ],
        },
      ],
      [
        'insistOnCommit',
        {
          label: 'Insist that the server names the analysed commit',
          options: [
            ['off', 'No: an analysis after the push counts'],
            ['on', 'Yes: without it the verdict is outdated'],
          ],
        },
      ],
    ],
  },
];

export const treatmentTexts: readonly (readonly [value: BranchTreatment, text: string])[] = [
  ['gated', 'Gated: shown, written and checked'],
  ['decorated', 'Decorated: shown and written, never blocked'],
  ['ignored', 'Ignored: nothing written, never blocked'],
];

export const levelWords: Readonly<Record<SettingLevel, string>> = {
  default: 'the default',
  workspace: 'the workspace',
  project: 'the Bitbucket project',
  repository: 'this repository',
};

/** The words of a value. */
export function toOptionText(options: Options, value: unknown): string {
  return options.find(([each]) => each === value)?.[1] ?? String(value);
}
