import { chmodSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGitRepository, type GitFixture } from '../support/git-repository';

function lines(word: string, count: number) {
  const numbers = Array.from({ length: count }, (_, number) => number);
  return numbers.map((number) => `export const ${word}${number} = ${number};\n`).join('');
}

/**
 * A repository with one open pull request (`feature/cart` onto `main`) that holds every kind of change: added, changed,
 * removed, renamed, binary, executable, link, and a name with a space and umlauts.
 */
export function createShopRepository(): GitFixture {
  const repository = createGitRepository({
    main: [
      {
        files: {
          'README.md': '# Shop\n',
          'src/cart.js': lines('cart', 30),
          'src/old-name.js': lines('kept', 30),
          'src/removed.js': lines('removed', 5),
          'logo.png': Uint8Array.from([137, 80, 78, 71, 0, 1, 2, 3]),
        },
      },
    ],
    'feature/cart': {
      from: 'main',
      commits: [
        {
          files: {
            'src/cart.js': `${lines('cart', 30)}if (total == null) { debugger; }\n`,
            'src/old-name.js': null,
            'src/new-name.js': lines('kept', 30),
            'src/removed.js': null,
            'src/Ümläut und Leerzeichen.js': lines('added', 3),
            'logo.png': Uint8Array.from([137, 80, 78, 71, 0, 9, 9, 9]),
          },
        },
      ],
    },
  });
  repository.git('checkout', '--quiet', 'feature/cart');
  writeFileSync(join(repository.path, 'run.sh'), '#!/bin/sh\n');
  chmodSync(join(repository.path, 'run.sh'), 0o755);
  symlinkSync('README.md', join(repository.path, 'link.md'));
  repository.commit('feature/cart', { files: { 'src/more.js': lines('more', 2) } });
  repository.commit('main', { files: { 'docs/guide.md': 'Guide\n' } });
  return repository;
}
