import type { ImportContent } from '../../contracts/imports';

/** Everything that people ask about before an import: what comes along, and what does not and why. */
export const importContents: readonly ImportContent[] = [
  {
    what: 'Name',
    treatment: 'copied',
    field: 'name',
    how: 'The project is called like the repository.',
  },
  {
    what: 'Key',
    treatment: 'copied',
    field: 'projectKey',
    how: 'Made of the prefix and the slug; it stays when the repository is renamed.',
  },
  {
    what: 'Visibility',
    treatment: 'copied',
    field: 'visibility',
    how: 'A private repository gets a private project, always.',
  },
  {
    what: 'Main branch',
    treatment: 'copied',
    field: 'mainBranch',
    how: 'Its name, so that the first analysis of it counts.',
  },
  {
    what: 'Pull requests',
    treatment: 'linked',
    how: 'Each shows its quality gate as soon as its pipeline has analysed it.',
  },
  {
    what: 'Code and history',
    treatment: 'stays',
    how: 'Pipelines hand the code to the scanner; the import reads none.',
  },
  {
    what: 'Description, issues, wiki, milestones, labels and large files',
    treatment: 'stays',
    how: 'An analysis server has no place for them.',
  },
  {
    what: 'Approvals and approval rules',
    treatment: 'stays',
    how: 'They go on working as they do, beside the merge check.',
  },
  {
    what: 'First analysis',
    treatment: 'notAvailable',
    how: 'It needs a step in the pipeline of the repository, which its settings page writes for you.',
  },
];
