import { createGitRepository, type GitFixture } from './git-repository';

/** Twenty-odd lines of code without a fault. */
export const goodCode = Array.from(
  { length: 24 },
  (_nothing, index) => `export function price${index}(net) {\n  return net * ${index + 1};\n}\n`,
).join('\n');

/** The same with faults that the analysis finds: an unreachable line, a comparison with itself. */
export const badCode = `${goodCode}
export function total(items) {
  return items.length;
  items.sort();
}
export function isSame(a) {
  return a === a;
}
`;

/** A repository with one branch that is not merged, `feature/prices`, and so with one pull request. */
export function createShopRepository(code = badCode): GitFixture {
  return createGitRepository(
    {
      main: [{ message: 'Open the shop', files: { 'README.md': '# Shop\n', 'src/shop.js': '' } }],
      'feature/prices': {
        from: 'main',
        commits: [{ message: 'Add prices', files: { 'src/prices.js': code } }],
      },
    },
    { folderName: 'shop' },
  );
}
